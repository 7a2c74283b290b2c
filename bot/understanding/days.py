"""Reading a message as a day."""

import re
from datetime import date

from bot.policy.attributes import AttributeType, Value
from bot.understanding.dates import DateMention, find_dates
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.owners import own_clauses
from bot.understanding.penalties import never_within
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Message

_BARE_DAY = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_SHORT = re.compile(r"(?:(?P<y>(?:19|20)\d\d)[ ./-])?(?P<m>0?[1-9]|1[0-2])[ /-](?P<d>\d{1,2})|(?P<only>(?:19|20)\d\d)")


def read_date(message: Message, question: Question, lexicon: Lexicon, today: date) -> Answer:
    """The day; a date known in part is a span for an attribute, text such as `2025-03` for a general question."""
    texts = [c.text for c in own_clauses(message.clauses, lexicon)]
    found: list[DateMention] = []
    for text in texts:
        here = [m for m in find_dates(text, today) if not re.search(r"(?:不是|并非)$", text[: m.start])]
        if here and has_any(text[: here[0].start], lexicon.words.correcting):
            found = []
        found += here
    if found:
        return ASK if any(_BARE_DAY.fullmatch(text) for text in texts) else _one_date(found, question)
    if (short := _short_date(message.plain, today)) is not None:
        return _one_date([short], question)
    attribute = question.attribute
    if attribute is not None and attribute.type is AttributeType.DATE and _never(texts, question, lexicon):
        return Answer(Outcome.VALUE, never_within(message.plain, today))
    return ASK


def _one_date(found: list[DateMention], question: Question) -> Answer:
    exact = [m for m in found if m.exact is not None]
    chosen = {m.iso: m for m in (exact or found)}
    if len(chosen) != 1 or any(m.value is None for m in found):
        return ASK
    mention = next(iter(chosen.values()))
    if any(not _agrees(other, mention) for other in found):
        return ASK
    value: Value | None = mention.exact
    if value is None:
        value = mention.iso if question.attribute is None else mention.value
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
    return any(polarity_of(t, lexicon) is Polarity.NO or has_any(t, clean) for t in texts)
