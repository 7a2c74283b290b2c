"""Reading a message as a day."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import find_amounts
from bot.understanding.dates import DateMention, find_dates
from bot.understanding.events import is_of_record, of_asked_event
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.owners import own_clauses
from bot.understanding.penalties import never_within
from bot.understanding.polarity import Polarity, has_any, polarity_of, strip_fillers
from bot.understanding.questions import Question
from bot.understanding.relevance import is_about
from bot.understanding.text import Message, blanked

YEAR_ALONE = 4
"""So long is a year by itself, as text."""
_DENIED = re.compile(r"(?:不是|并非|哪是|不在|才不是)(?:在|说)?$")
_CORRECTED_DAY = re.compile(
    r"(?:(?<![月\d一二三四五六七八九十])|^)(?P<day>\d{1,2}[日号]|[一二三四五六七八九十]{1,3}[日号])(?:[的吧啊呢才对]*)$"
)
_LAST_DAY = re.compile(r"(?<=月)(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_BARE_DAY = re.compile(r"(?:(?:应该)?是)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_SHORT = re.compile(r"(?:(?P<y>(?:19|20)\d\d)[ ./-])?(?P<m>0?[1-9]|1[0-2])[ /-](?P<d>\d{1,2})|(?P<only>(?:19|20)\d\d)")


def read_date(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The day; a date known in part is a span for an attribute, text such as `2025-03` for a general question."""
    own = [clause.text for clause in own_clauses(message.clauses, lexicon)]
    told = [text for text in own if _may_tell(_undated(text, today), question, lexicon)]
    texts = _with_days(told, lexicon)
    if found := _told(texts, lexicon, today):
        asked = of_asked_event(found, question.prompt)
        if not asked or any(_BARE_DAY.fullmatch(strip_fillers(text, lexicon)) for text in texts):
            return ASK
        return _one_date(asked, question)
    if (short := _short_date(message.plain, today)) is not None:
        return _one_date([short], question)
    if question.attribute_type is AttributeType.DATE and _never(texts, question, lexicon):
        return Answer(Outcome.VALUE, never_within(message.plain, today))
    return ASK


def _undated(text: str, today: date) -> str:
    """The text with its dates blanked out."""
    for mention in find_dates(text, today):
        text = blanked(text, mention.start, mention.end)
    return text


def _may_tell(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause speaks of what is asked, or of nothing but a day; 昨天开过会 tells no day of a penalty."""
    return question.attribute is None or is_about(text, question, lexicon) or is_of_record(text)


def _told(texts: list[str], lexicon: Lexicon, today: date) -> list[tuple[str, DateMention]]:
    """The dates that are told, each with its clause: without what is denied or taken back, in the years said."""
    found: list[tuple[str, DateMention]] = []
    year: int | None = None
    is_taken_back = False
    for text in texts:
        mentions = find_dates(text, today)
        if mentions and (is_taken_back or has_any(text[: mentions[0].start], lexicon.words.correcting)):
            found = []
        is_taken_back = not mentions and strip_fillers(text, lexicon) in (*lexicon.words.correcting, "不", "不是")
        for mention in mentions:
            year = _year_of(mention) if mention.has_year else year
            if not _DENIED.search(text[: mention.start]):
                found.append((text, _in_known_year(mention, text, year, today)))
    return _in_year_told_behind(found, today)


def _in_known_year(mention: DateMention, text: str, year: int | None, today: date) -> DateMention:
    """The date, in the year told last where it is told without one."""
    return mention if mention.has_year or year is None else in_year(mention, text, year, today)


def _year_of(mention: DateMention) -> int | None:
    first = None if mention.value is None else mention.value.first
    return None if first is None else first.year


def _in_year_told_behind(found: list[tuple[str, DateMention]], today: date) -> list[tuple[str, DateMention]]:
    """5月18号，去年的: a year alone is the year of the days told without one, and no date of its own beside them."""
    years = {_year_of(mention) for _, mention in found if _is_year_alone(mention)}
    rest = [(text, mention) for text, mention in found if not _is_year_alone(mention)]
    year = next(iter(years), None)
    if year is None or len(years) > 1 or not rest or not all(_may_be_in(year, mention) for _, mention in rest):
        return found
    return [(text, m if m.has_year else in_year(m, text, year, today)) for text, m in rest]


def _is_year_alone(mention: DateMention) -> bool:
    return mention.has_year and len(mention.iso) == YEAR_ALONE


def _may_be_in(year: int, mention: DateMention) -> bool:
    return mention.value is not None and (not mention.has_year or _year_of(mention) == year)


def in_year(mention: DateMention, text: str, year: int, today: date) -> DateMention:
    """A date told without its year, in that year."""
    said = f"{year}年{text[mention.start : mention.end]}"
    put = next(iter(find_dates(said, today)), None)
    if put is None or mention.value is None:
        return mention
    return replace(put, start=mention.start, end=mention.end)


def _with_days(texts: list[str], lexicon: Lexicon) -> list[str]:
    """The clauses, with a day that is put right alone (不对，是19号) set into the date before it."""
    put: list[str] = []
    for text in texts:
        corrected = _day_put_right(text, put[-1:], lexicon)
        here = "" if corrected is None else text[: corrected.start()]
        dated = [at for at, before in enumerate(put) if _LAST_DAY.search(before)]
        if corrected is not None and _LAST_DAY.search(here):
            put.append(_LAST_DAY.sub(corrected["day"], here, count=1))
        elif corrected is not None and dated:
            put[dated[-1] :] = [_LAST_DAY.sub(corrected["day"], put[dated[-1]], count=1)]
        else:
            put.append(text)
    return put


def _day_put_right(text: str, before: Sequence[str], lexicon: Lexicon) -> re.Match[str] | None:
    """The day alone that a clause puts in place of one told before, by its own words or by the clause before it."""
    corrected = _CORRECTED_DAY.search(text)
    said = () if corrected is None else (text[: corrected.start("day")], *before)
    return corrected if any(has_any(each, lexicon.words.correcting) for each in said) else None


def _one_date(found: list[DateMention], question: Question) -> Answer:
    chosen = {mention.iso: mention for mention in found if mention.exact is not None}
    chosen = chosen or {mention.iso: mention for mention in found}
    mention = next(iter(chosen.values()))
    if len(chosen) != 1 or not all(_agrees(other, mention) for other in found):
        return ASK
    in_part = mention.iso if question.attribute is None else mention.value
    value = in_part if mention.exact is None else mention.exact
    return ASK if value is None else Answer(Outcome.VALUE, value)


def _agrees(other: DateMention, chosen: DateMention) -> bool:
    """Whether the day or span that was chosen lies within another that is said (去年本月十日 does not agree)."""
    whole, part = other.value, chosen.value
    if whole is None or part is None or whole.first is None or part.first is None:
        return False
    return whole.last is None or part.last is None or (whole.first <= part.first and part.last <= whole.last)


def _short_date(plain: str, today: date) -> DateMention | None:
    """A date that is the whole message, written as no text would: 12/1, 09-01, 2018, 2022 11 23, 1994.01-19."""
    written = _SHORT.fullmatch(plain.strip(" .="))
    if written is None:
        return None
    year, month, day = written["y"] or written["only"], written["m"], written["d"]
    said = f"{year}年" if year else ""
    said += f"{int(month)}月{int(day)}日" if month else ""
    return next(iter(find_dates(said, today)), None)


def _never(texts: list[str], question: Question, lexicon: Lexicon) -> bool:
    clean = (*question.no_words, *lexicon.words.clean)
    said = [text for text in texts if not find_amounts(text)]  # 不到一千万 answers another question
    return any(polarity_of(t, lexicon) is Polarity.NO or has_any(t, clean) for t in said)
