"""Reading a message as a day."""

import re
from datetime import date

from bot.policy.attributes import AttributeType, Value
from bot.understanding.claims import own_clauses
from bot.understanding.dates import DateMention, find_dates
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, Answer, Outcome
from bot.understanding.penalties import never_within
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Message


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
        return _one_date(found, question)
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
    value: Value | None = mention.exact
    if value is None:
        value = mention.iso if question.attribute is None else mention.value
    return ASK if value is None else Answer(Outcome.VALUE, value)


def _never(texts: list[str], question: Question, lexicon: Lexicon) -> bool:
    clean = (*question.no_words, *lexicon.words.clean)
    return any(polarity_of(t, lexicon) is Polarity.NO or has_any(t, clean) for t in texts)
