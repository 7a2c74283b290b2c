"""What a text supposes, without its being so: 如果搬到亦庄, 保费要是 20 万呢, 假如明年申请."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.dates import DateMention, find_dates
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.numerals import parse_numeral
from bot.understanding.polarity import SURE, is_question
from bot.understanding.questions import AnswerType, Question
from bot.understanding.reading import read
from bot.understanding.text import Clause, split_message

_MARK = re.compile(
    r"(?:那么?|换句话说|请问|问一下|另外|还有|咱|我们?|公司|企业|单位)*(?:如果|要是|假如|假设|假使|假定|万一|倘若|倘使|若是|比方说|打个比方)(?:说|是说)?"
    r"|^(?:那|我们?|公司)?若是?|的话(?=$|[,呢吗能可还会])"
)
_GOES_ON = re.compile(r"^(?:那么?|再|要不)(?!就)|再(?:加上?|算上)|^(?:同时|还有|加上|外加)")
_FOLLOWS = re.compile(
    r"^(?:那么?|要不|再|换成?|改成?|再?加上|外加|如果)?(?P<what>[^,]{1,20}?)(?:呢|怎么样|又?如何|的话呢?)$"
)
_OUTCOME = re.compile(
    r"(?<=.)(?:会|能|可以)(?:怎么?样|咋样|如何|多[拿领得]|少[拿领得]?多少|多多少|变)|(?<=.)差多少"
    r"|(?<=.)有(?:什么|啥|多大)(?:变化|影响|区别|差别|不同)"
)
_SUM_ASKED = re.compile(r"[^\d,]{2,}\d[\d.]*[万亿千百元块\d]*(?:块钱?|元)?呢$")
_SUM_LISTED = re.compile(r"\d[\d.]*[万亿千百元块]+(?:块钱?|元)?$")
_TOLD = re.compile(r"我|咱|俺|公司|单位|了|过|已|还|才|也|都|就|只|有|去年|今年|实际|一共|总共|花|交(?!易)|投")
"""What is told of what was paid, however it ends."""
_COMPARED = re.compile(r".[和跟与同比].{2,}")
"""经开区和通州的数据券差多少 compares two, and supposes neither."""
_TURNS = re.compile(
    r"^(?:那么?|要不)?(?:换|改|搬|迁|涨|升|评)[^,了]{1,16}(?:呢|怎么样|咋样|如何|好不好|行不行|划不划算|合不合算|值不值"
    r"|(?:有用|有好处|划算|合算|值得?)[吗么不])$"
)
_TELLS = re.compile(r"不|没|我|咱|你|您|这|还|都|就|谁|怎|为什么|结果|感觉|效果")
_ALSO = re.compile(r"^(?:那么?|或者|要么|要不)(?!就)(?P<what>[^,了吧吗]{2,16})$")
_WISH = re.compile(
    r"^(?:我们?|咱们?)?(?:就|再)?(?:想|要|请|麻烦|帮我?|帮忙)*"
    r"(?:看一?看|看一?下|知道|问一?下|问问|了解一?下|算一?下|算一?算|估一?下|一下)+"
)
_LEAD = re.compile(r"^(?:那么?|要不|再算上|再加上|再|加上|外加|同时|还有|换成?|改成?|变成)")
_ASKING = re.compile(
    r"(?:我们?|公司)?(?:还|就|又|也|都|那|总共|一共|大概|到底|岂)*(?:是不是|是否|会不会|能不能|可不可以|行不行|够不够|算不算|有没有|有什么|有啥|有哪些|有多少"
    r"|能|可以|可|会|怎么|怎样|咋|多拿|多领|少拿|多少|哪些|什么|啥|几|划算|差|影响|变化|行|好|值得|够|还有|结果|情况)"
)
_PARTICLES = re.compile(r"(?:的话|呢|吗|么|嘛|啊|呀|吧|了吗)+$")
_TO_CLAIM = re.compile(r"申[报请领]|报名|去?报$|再报|才报|提交|来?算$|办理?$|再说$|开始$|时候$|那时|到时")
_ONLY_DAY = re.compile(r"(?:是|到|等到?|拖到|推迟到|改到|换到|放到|按照?|以|在|的|这天|那天|那年|再|才|去|就)+")
_YEAR_END = re.compile(r"(?:(?P<year>20\d\d)年?|(?P<said>今|明|后)年?|)年?(?:年底|底|年末)")
_LATER = re.compile(
    r"(?:晚|过|推迟|推后|延后|等|拖|再过)(?:上)?(?P<n>半|两|\d{1,2}|[一二三四五六七八九十])(?P<unit>年|个月)"
    r"|(?P<m>半|两|\d{1,2}|[一二三四五六七八九十])(?P<measure>年|个月)(?:以|之)?后"
)
_DENIED = re.compile(r"没有?|不是|拿不到|评不上|评不了|丢了|没了|取消|撤销|落选|失去|不再|被摘")
LONGEST_FOLLOW_UP = 14


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A text that supposes something: `told` stands before it and is so, `supposed` is not, `asked` what it asks then.

    `goes_on`: it adds to what was supposed just before. `is_elliptic`: only what was supposed before makes it clear.
    `is_named`: it supposes nothing unless it names what it speaks of.
    """

    told: str
    supposed: tuple[str, ...]
    asked: str
    goes_on: bool = False
    is_elliptic: bool = False
    is_named: bool = False


def find_hypothesis(text: str, lexicon: Lexicon) -> Hypothesis | None:
    """What a text supposes by its words (如果, 要是, 的话); None when it supposes nothing."""
    clauses = split_message(text).clauses
    first = next((i for i, clause in enumerate(clauses) if _supposes(clause.text, clauses[:i])), None)
    if first is None:
        return None
    first = _first_of_list(first, clauses)
    told = [clause.text for clause in clauses[:first]]
    supposed: list[str] = []
    asked: list[str] = []
    for clause in clauses[first:]:
        is_same = clause.sentence == clauses[first].sentence
        if is_same or _supposes(clause.text, ()):
            supposed.append(_bare(clause))
        else:
            (asked if is_question(clause, lexicon) else told).append(clause.text)
    goes_on = _GOES_ON.search(clauses[first].text) is not None
    return Hypothesis("，".join(told), tuple(supposed), "，".join(asked), goes_on)


def find_follow_up(text: str) -> Hypothesis | None:
    """What a short text without such a word supposes after another one: 那20万呢, 换成通州呢, 再加上小巨人呢."""
    clauses = split_message(text).clauses
    if len(clauses) != 1 or len(clauses[0].text) > LONGEST_FOLLOW_UP:
        return None
    found = _FOLLOWS.fullmatch(clauses[0].text)
    if found is not None and (found.start("what") or not _TELLS.match(clauses[0].text)):
        return Hypothesis("", (_LEAD.sub("", found["what"]),), "", goes_on=True, is_elliptic=True)
    found = _ALSO.fullmatch(clauses[0].text)
    return None if found is None else Hypothesis("", (found["what"],), "", goes_on=True, is_named=True)


def _supposes(text: str, before: Sequence[Clause]) -> bool:
    plain = SURE.sub("", text)
    if _MARK.search(plain) or _TURNS.search(plain) or _asks_of_sum(plain):
        return True
    is_compared = any(_COMPARED.search(each) for each in (plain, *(clause.text for clause in before)))
    return _OUTCOME.search(plain) is not None and not is_compared


def _asks_of_sum(text: str) -> bool:
    """保费30万呢: what if; but 我们交了30万呢 tells."""
    return _SUM_ASKED.search(text) is not None and not _TOLD.search(text)


def _first_of_list(at: int, clauses: Sequence[Clause]) -> int:
    """Where a list of sums begins whose last one asks what if: 入表金额200万，服务费20万呢."""
    if not _asks_of_sum(clauses[at].text):
        return at
    while at and clauses[at - 1].sentence == clauses[at].sentence:
        if not _SUM_LISTED.search(clauses[at - 1].text) or _TOLD.search(clauses[at - 1].text):
            break
        at -= 1
    return at


def _bare(clause: Clause) -> str:
    """The clause without the words that suppose."""
    plain = _WISH.sub("", _PARTICLES.sub("", _MARK.sub("", clause.text)))
    return _LEAD.sub("", _PARTICLES.sub("", plain))


@dataclass(frozen=True, slots=True)
class Supposition:
    """What a hypothesis comes to: facts that may not be so, the day that is meant, and the words that ask."""

    facts: tuple[Fact, ...] = ()
    on: date | None = None
    asked: str = ""


def read_hypothesis(
    hypothesis: Hypothesis, questions: tuple[Question, ...], lexicon: Lexicon, today: date
) -> Supposition:
    """The facts and the day that are supposed; what names nothing answers the first question that it fits."""
    parts = [_parted(text, lexicon, today) for text in hypothesis.supposed]
    facts = _facts("，".join(said for said, _ in parts if said), lexicon, today)
    days = _days(parts, lexicon, today)
    is_bare = not facts and len(parts) == 1 and (not days or _asks_date(questions))
    if is_bare and (answered := _answered(_without_asked(hypothesis.supposed[0]), questions, lexicon, today)):
        return Supposition(answered, None, hypothesis.asked)
    asked = (*_asked_besides(parts, facts, lexicon, today), hypothesis.asked)
    return Supposition(facts, days[-1] if days else None, "，".join(filter(None, asked)))


def _without_asked(text: str) -> str:
    """What a clause supposes before it asks: 是市级 of 是市级能拿多少."""
    found = _ASKING.search(text)
    return text[: found.start()] if found is not None and found.start() else text


def _days(parts: Sequence[tuple[str, str]], lexicon: Lexicon, today: date) -> list[date]:
    """The days that are supposed, by clauses that tell nothing else."""
    return [day for said, _ in parts if not _facts(said, lexicon, today) and (day := day_supposed(said, today))]


def _asked_besides(
    parts: Sequence[tuple[str, str]], facts: Sequence[Fact], lexicon: Lexicon, today: date
) -> Iterator[str]:
    """What each clause asks; all of one that by itself supposes nothing, unless the clauses do together."""
    alone = {fact.attribute for said, _ in parts for fact in _facts(said, lexicon, today)}
    is_joint = any(fact.attribute not in alone for fact in facts)
    for said, rest in parts:
        yield rest if is_joint or _tells(said, lexicon, today) else said + rest


def _tells(said: str, lexicon: Lexicon, today: date) -> bool:
    """Whether words by themselves state a fact or name a day."""
    return bool(_facts(said, lexicon, today)) or day_supposed(said, today) is not None


def _parted(text: str, lexicon: Lexicon, today: date) -> tuple[str, str]:
    """What a clause supposes, and what it asks besides: 评上小巨人 | 能多拿多少."""
    cuts = [len(text), *(found.start() for found in _ASKING.finditer(text))]
    told = {cut: len(_facts(text[:cut], lexicon, today)) or int(bool(day_supposed(text[:cut], today))) for cut in cuts}
    best = max(told.values())
    if not best:
        return text, ""
    cut = max(cut for cut in cuts if told[cut] == best)
    shorter = [c for c in cuts if told[c] == best and is_question(Clause(text[c:]), lexicon)]
    cut = max(shorter, default=cut)
    return text[:cut], text[cut:]


def _facts(text: str, lexicon: Lexicon, today: date) -> tuple[Fact, ...]:
    """What the text would tell of the enterprise if it were so."""
    if not text:
        return ()
    facts = read(text, None, lexicon, today).facts
    return facts or _titles_denied(text, lexicon, today)


def _titles_denied(text: str, lexicon: Lexicon, today: date) -> tuple[Fact, ...]:
    """The title that the text denies (没有小巨人, 小巨人没了), as a fact whose words deny it."""
    affirmed = _DENIED.sub("", text)
    found = read(affirmed, None, lexicon, today).facts if affirmed not in ("", text) else ()
    titles = (fact for fact in found if lexicon.questions[fact.attribute].type is AnswerType.ORDERED)
    return tuple(Fact(fact.attribute, fact.value, text) for fact in titles)


def _asks_date(questions: tuple[Question, ...]) -> bool:
    return bool(questions) and questions[0].type is AnswerType.DATE


def _answered(text: str, questions: tuple[Question, ...], lexicon: Lexicon, today: date) -> tuple[Fact, ...]:
    """The text as the answer to one of the questions; none where it asks something of its own."""
    for question in () if _ASKING.search(text) else questions:
        answer = read(text, question, lexicon, today).answer if text and question.attribute is not None else None
        if answer is not None and answer.value is not None and question.attribute is not None:
            return (Fact(question.attribute.name, answer.value, text),)
    return ()


def denies_title(fact: Fact, question: Question) -> bool:
    """Whether a title is supposed not to be had (如果拿不到小巨人)."""
    return question.type is AnswerType.ORDERED and _DENIED.search(fact.said) is not None


def day_supposed(text: str, today: date) -> date | None:
    """The day for which something is asked (明年申请, 2027年12月31号才申报, 过一年再报); None when it names none.

    Of a year it is the same day, of a month the first.
    """
    mentions = [mention for mention in find_dates(text, today) if mention.value is not None]
    later, end = _LATER.search(text), _YEAR_END.search(text)
    rest = _beside(text, mentions, later, end)
    if not (_TO_CLAIM.search(rest) or _ONLY_DAY.fullmatch(rest) or not rest):
        return None
    if end is not None:
        return _year_end(end, today)
    if later is not None:
        return _moved(later, today)
    return None if len(mentions) != 1 else _first_day(mentions[0].iso, today, has_year=mentions[0].has_year)


def _beside(text: str, mentions: Sequence[DateMention], *found: re.Match[str] | None) -> str:
    """What a text says beside the one day that it names, or else beside the last of what is found."""
    if len(mentions) == 1:
        return text[: mentions[0].start] + text[mentions[0].end :]
    said = [each[0] for each in found if each is not None and not mentions]
    return text.replace(said[-1], "") if said else text


def _first_day(iso: str, today: date, *, has_year: bool) -> date | None:
    year, month, day = (int(part) if part else None for part in (*iso.split("-"), "", "")[:3])
    if year is None:
        return None
    if month is None:
        return _in_year(today, year)
    found = date(year, month, day or 1)
    return found if has_year or found >= today else _in_year(found, found.year + 1)


def _year_end(end: re.Match[str], today: date) -> date:
    year = int(end["year"]) if end["year"] else today.year + {"明": 1, "后": 2}.get(end["said"] or "", 0)
    return date(year, 12, 31)


def _moved(later: re.Match[str], today: date) -> date | None:
    said, unit = later["n"] or later["m"], later["unit"] or later["measure"]
    count = {"半": 6 if unit == "年" else 0, "两": 2}.get(said) or parse_numeral(said)
    if count is None:
        return None
    months = int(count) * (12 if unit == "年" and said != "半" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
