"""Which of the sums that a message tells is the one that is asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import Mention
from bot.understanding.lexicon import Lexicon
from bot.understanding.questions import Question
from bot.understanding.text import Clause

TOTAL = re.compile(r"一共|总共|合计|总计|加起来|共计|总额|加一块|合起来|拢共|总的|全部加|统共|总数|全年")
FIRST_YEAR = re.compile(r"第[一1]年|首年|[头首]一?年|第一个?年头")
_OF_FIRST_YEAR = re.compile(r"^(?:块钱?|元)?(?:左右)?(?:的)?(?:是|算|归|属于?|在|做|给)?(?:第[一1]年|首年|头一?年)")
_ENDS_WITH_FIRST = re.compile(r"(?:第[一1]年|首年|头一?年)(?:的|度|嘛|呢|的话)*$")
_EACH_YEAR = re.compile(
    r"[每各]年|(?<![一二三四五六七八九十两今去前当全\d])年(?:服务费|费|付|租)|年均|一年(?!级)|逐年|平均"
)
_OTHER_YEARS = re.compile(r"次年|第[二三四五2-5]年|[后往]面?年|后[两三几]年|剩下|余下|其余|合同总|总合同")
_SEVERAL_YEARS = re.compile(
    r"[两二三四五六七八九十2-9]\s?年(?!级|前|以?后|[\d一二三四五六七八九十]{1,3}月)|分[两二三四五六七八九十2-9几][年期]|合同总|总标的|总合同|每年"
)
_THIS_YEAR = re.compile(r"今年|当年|本年|本年度")
_YEARLY = re.compile(r"今年|当年|本年|(?<![上一首个去前])年度")
_OTHER_YEAR = re.compile(r"去年|前年|上年|往年|明年|上一年")
_COMPARED = re.compile(r"(?:跟|和|同|与|比|较|照|按|像)着?(?:去年|前年|上年|往年|上一年)")
_YEAR_ALONE = re.compile(
    r"(?<!\d)(?P<full>20\d\d)年度?(?!\d{1,2}月|[一二三四五六七八九十]{1,3}月)|(?<!\d)(?P<short>[12]\d)年度?(?!\d{1,2}月|[一二三四五六七八九十]{1,3}月|期|的?(?:合同|项目))"
)
LISTED = re.compile(r"本来|原本|原价|原来|原定|按理|照理|标价|报价|定价|说是?要|市场价|平时要|正常要|正常是|正常收")
SETTLED = re.compile(
    r"实际|实付|实缴|实交|实收|最后|最终|末了|到头来|到今天|到现在|目前|截至|截止|决算|审计后|审定|核定|结算|到账|入账|落地|[核审批砍定谈]下来|[核审砍定压降]到|以[^,]{0,6}为准|真正"
    r"|(?:[审核]减|[审砍压扣退]|[打抹][完好]?[折零]|优惠)(?:价|掉)?(?:完|之?后|过)|折后|调(?:整)?[成为到后]"
    r"|折合|[合折按]人民币|换算[成后]"
)
AT_FIRST = re.compile(
    r"预算|计划|规划|概算|估算|合同|签|起初|当初|一开始|开始|最初|原来|原先|本来|申报|报的?|初步|去年|前年|打算|说好"
    r"|美[元金刀]|欧元|港[币元]|日[元币]|英镑"
)
_LOWERED = re.compile(r"折|优惠|减|便宜|砍|让利|谈到|后来|实际")
Found = list[tuple[Clause, Mention]]


def subject_of(question: Question, lexicon: Lexicon) -> Question:
    """The question of the attribute that a general prompt names by one cue alone; else the question itself."""
    if question.attribute is not None:
        return question
    names = lexicon.named_in(question.prompt)
    sums = [q for name in names if (q := lexicon.questions[name]).attribute_type is AttributeType.YUAN]
    return replace(sums[0], prompt=question.prompt) if len(sums) == 1 else question


def is_of_wrong_year(clause: Clause, question: Question, today: date) -> bool:
    """Whether the clause speaks of this year where another one is asked for, or the other way round."""
    label = question.prompt + question.label
    if _wants_first_year(question):
        return False
    is_now, is_other = _names_this_year(clause.text, today), _names_other_year(clause.text, today)
    if _OTHER_YEAR.search(label):
        return is_now and not is_other
    return bool(_YEARLY.search(label)) and is_other and not is_now


def _names_this_year(text: str, today: date) -> bool:
    return _THIS_YEAR.search(text) is not None or any(year == today.year for year in _years_in(text, today))


def _names_other_year(text: str, today: date) -> bool:
    if _OTHER_YEAR.search(_COMPARED.sub("", text)):
        return True
    return any(year != today.year for year in _years_in(text, today))


def _years_in(text: str, today: date) -> list[int]:
    """The years that stand alone, without a month."""
    return [
        int(m["full"]) if m["full"] else today.year // 100 * 100 + int(m["short"]) for m in _YEAR_ALONE.finditer(text)
    ]


def asked_of(found: Found, clauses: Sequence[Clause], question: Question) -> Found:
    """The sums that may be meant: those of the first year or of this year, else the total, else all."""
    if _wants_first_year(question):
        return _of_first_year(found, clauses)
    return _of_this_year(_marked(found, TOTAL) or found)


def _wants_first_year(question: Question) -> bool:
    return FIRST_YEAR.search(question.prompt + question.label) is not None


def _of_first_year(found: Found, clauses: Sequence[Clause]) -> Found:
    behind = [(c, m) for c, m in found if _OF_FIRST_YEAR.match(c.text[m.end :])]
    if first := (behind[:1] or _marked(found, FIRST_YEAR)):
        return first
    if any(FIRST_YEAR.search(clause.text) for clause in clauses):
        return [pair for pair in found if _stands_behind(pair[0], clauses)]
    if any(_SEVERAL_YEARS.search(clause.text) for clause in clauses):
        return _marked(found, _EACH_YEAR)
    return _marked(found, TOTAL) or found


def _stands_behind(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the clause before one ends with the first year: 今年是第一年，给了180万."""
    at = clauses.index(clause)
    return at > 0 and _ENDS_WITH_FIRST.search(clauses[at - 1].text) is not None


def _of_this_year(found: Found) -> Found:
    """Where this year is spoken of, the sums of another year don't count."""
    if not any(_THIS_YEAR.search(clause.text) for clause, _ in found):
        return found
    return [pair for pair in found if not _OTHER_YEAR.search(pair[0].text)] or found


def _marked(found: Found, words: re.Pattern[str]) -> Found:
    """The last sum that has one of the words before it, and no other sum or other year between."""
    marked: Found = []
    for at, (clause, mention) in enumerate(found):
        word = next(reversed(list(words.finditer(clause.text, _start(found, at), mention.start))), None)
        if word is not None and not _OTHER_YEARS.search(clause.text, word.end(), mention.start):
            marked.append((clause, mention))
    return marked[-1:]


def paid_of(found: Found) -> Found:
    """The sums without those that were only asked at first (原价, 本来要), or planned and settled otherwise since."""
    paid = [pair for at, pair in enumerate(found) if not LISTED.search(pair[0].text, _start(found, at), pair[1].start)]
    settled = _marked(paid, SETTLED)
    rest = [pair for pair in paid if pair not in settled]
    is_of_one = settled and rest and all(AT_FIRST.search(clause.text) for clause, _ in rest)
    return settled if is_of_one else paid


def _start(found: Found, at: int) -> int:
    """Where the words before a sum begin: at the sum before it in the clause, else at the clause."""
    return found[at - 1][1].end if at and found[at - 1][0] is found[at][0] else 0


def is_only_listed(found: Found, clauses: Sequence[Clause]) -> bool:
    """Whether all that is told is a price that something was taken off."""
    return bool(found) and not paid_of(found) and any(_LOWERED.search(clause.text) for clause in clauses)
