"""Reading a message as a sum in yuan or a count."""

import re
from datetime import date
from decimal import Decimal

from bot.policy.money import Interval
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.dates import find_dates
from bot.understanding.figures import corrected, is_in_parts, is_of_another
from bot.understanding.kinds import is_of_other_kind
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.numerals import parse_numeral
from bot.understanding.owners import own_clauses
from bot.understanding.polarity import Polarity, has_any, is_question, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.text import Clause, Message

_TOTAL = re.compile(r"一共|总共|合计|总计|加起来|共计|总额|加一块|合起来|拢共|总的|全部加")
_FIRST_YEAR = re.compile(r"第一年|首年")
_THIS_YEAR = re.compile(r"今年|当年|本年|本年度")
_YEARLY = re.compile(r"当年|(?<!上)年度")
_OTHER_YEAR = re.compile(r"去年|前年|上年|往年|明年")
_NOT_A_FEN = re.compile(r"一(?:分|毛|角|块)钱?(?:都|也|还)?(?:没|未|不用)|分文")
_FIRMLY_NOTHING = re.compile(r"[分毛花]|^(?:免费|为零|是零)$")
_ZEROS = frozenset({"零", "0", "0元", "零元", "0块"})
_DECIMAL = re.compile(r"\d+\.\d+")
_TOO_SMALL = 1_000
_UNIT_OF_MONEY = re.compile(r" *[万亿千百元块w]")
_COUNT = re.compile(r"(?<!第)(\d+|[零一二两三四五六七八九十]+)(?:年|次|回|个|期|轮)?")


def amounts_of(
    clauses: list[Clause], question: Question, lexicon: Lexicon, today: date
) -> list[tuple[Clause, Mention]]:
    """The sums in the clauses that may be what is asked: dates aside, and what the clause says is of something else."""
    found: list[tuple[Clause, Mention]] = []
    for clause in clauses:
        mentions = corrected(clause.text, find_amounts(without_dates(clause.text, today)), lexicon)
        for i, mention in enumerate(mentions):
            stop = mentions[i + 1].start if i + 1 < len(mentions) else len(clause.text)
            within = (mentions[i - 1].end if i else 0, stop)
            if is_of_other_kind(clause.text, mention, "", question) or _is_of_wrong_year(clause, question):
                continue
            if question.attribute is None or not is_of_another(clause.text, mention, within, question.id, lexicon):
                found.append((clause, mention))
    return found


def _is_of_wrong_year(clause: Clause, question: Question) -> bool:
    """Whether the clause speaks of this year where another one is asked for, or the other way round."""
    label = "" if question.attribute is None else question.attribute.label
    is_now, is_other = _THIS_YEAR.search(clause.text), _OTHER_YEAR.search(clause.text)
    if _OTHER_YEAR.search(label):
        return bool(is_now and not is_other)
    return bool(_YEARLY.search(label) and is_other and not is_now)


def without_dates(text: str, today: date) -> str:
    """The text with its dates blanked out, so that no year is taken for a sum; 2019.5万 is a sum."""
    for mention in find_dates(text, today):
        said = text[mention.start : mention.end]
        if said.isdigit() or (_DECIMAL.fullmatch(said) and _UNIT_OF_MONEY.match(text, mention.end)):
            continue
        text = text[: mention.start] + "〓" * (mention.end - mention.start) + text[mention.end :]
    return text


def read_amount(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The sum in yuan; INTERVAL for a bound or a range; ASK where the unit or the sum is not told."""
    clauses = own_clauses([c for c in message.clauses if not is_question(c, lexicon)], lexicon)
    if any(_NOT_A_FEN.search(c.text) for c in clauses):
        return Answer(Outcome.VALUE, Decimal(0))
    if any(is_in_parts(c.text) for c in clauses):
        return ASK
    found = amounts_of(_since_correction(clauses, lexicon), question, lexicon, today)
    found = [(c, m) for c, m in _after_correction(found, lexicon) if not m.is_denied]
    if not found:
        return _nothing(clauses, question, lexicon)
    if len(found) == 1 and (units := _in_either_unit(found[0][1])):
        return Answer(Outcome.ASK, candidates=units)
    values = {m.value for _, m in _of_this_year(_only(found, _FIRST_YEAR) or _only(found, _TOTAL) or found)}
    return _sum_answer(values.pop()) if len(values) == 1 else ASK


def _in_either_unit(mention: Mention) -> tuple[str, ...]:
    """50 without a unit may be 500,000 or 50 yuan."""
    if mention.has_unit or mention.value is not None or not mention.number or not 0 < mention.number < _TOO_SMALL:
        return ()
    return (f"{mention.number * 10_000:f}", f"{mention.number:f}")


def _of_this_year(found: list[tuple[Clause, Mention]]) -> list[tuple[Clause, Mention]]:
    """Where this year is spoken of, the sums of another year don't count."""
    if not any(_THIS_YEAR.search(clause.text) for clause, _ in found):
        return found
    return [pair for pair in found if not _OTHER_YEAR.search(pair[0].text)] or found


def _since_correction(clauses: list[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses after one that only takes back what went before (不对)."""
    for i in range(len(clauses) - 2, 0, -1):
        if strip_fillers(clauses[i].text, lexicon) in lexicon.words.correcting:
            return clauses[i + 1 :]
    return clauses


def _only(found: list[tuple[Clause, Mention]], words: re.Pattern[str]) -> list[tuple[Clause, Mention]]:
    marked = [(c, m) for c, m in found if words.search(c.text[: m.start])]
    return marked[-1:]


def _sum_answer(value: Decimal | Interval | None) -> Answer:
    if value is None:
        return ASK
    return Answer(Outcome.INTERVAL if isinstance(value, Interval) else Outcome.VALUE, value)


def _after_correction(found: list[tuple[Clause, Mention]], lexicon: Lexicon) -> list[tuple[Clause, Mention]]:
    """After 不对 or 应该是 only what follows counts."""
    for i in range(len(found) - 1, 0, -1):
        clause, mention = found[i]
        same = found[i - 1][0] is clause
        before = clause.text[found[i - 1][1].end if same else 0 : mention.start]
        if has_any(before, lexicon.words.correcting):
            return found[i:]
    return found


def _nothing(clauses: list[Clause], question: Question, lexicon: Lexicon) -> Answer:
    """0 for 一分没花; a bare 没有 counts where the question is about one thing that may not be."""
    texts = [strip_fillers(c.text, lexicon) for c in clauses]
    if any(_is_zero(text, lexicon) for text in texts):
        return Answer(Outcome.VALUE, Decimal(0))
    is_none = question.attribute is not None and any(_is_none(text, lexicon) for text in texts)
    return Answer(Outcome.VALUE, Decimal(0)) if is_none and not any("不是" in t for t in texts) else ASK


def _is_zero(text: str, lexicon: Lexicon) -> bool:
    firm = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1 and _FIRMLY_NOTHING.search(w))
    return text in _ZEROS or has_any(text, firm)


def _is_none(text: str, lexicon: Lexicon) -> bool:
    endings = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1)
    return text in lexicon.words.nothing_spent or text in lexicon.words.no or text.endswith(endings)


def read_count(message: Message, lexicon: Lexicon) -> Answer:
    """The count; 0 where there was none, or this is the first."""
    found = [n for c in message.clauses for m in _COUNT.finditer(c.text) if (n := parse_numeral(m[1])) is not None]
    if len(set(found)) == 1:
        return Answer(Outcome.VALUE, found[0])
    is_none = any(
        has_any(c.text, lexicon.words.nothing_spent) or polarity_of(c.text, lexicon) is Polarity.NO
        or has_any(c.text, lexicon.words.first) for c in message.clauses
    )  # fmt: skip
    return Answer(Outcome.VALUE, Decimal(0)) if is_none and not found else ASK
