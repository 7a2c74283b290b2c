"""Choices such as a venue that a text states of the user's own company, or denies."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.understanding.lexicon import Lexicon, once
from bot.understanding.meaning import Fact
from bot.understanding.options import hits_of
from bot.understanding.polarity import has_any
from bot.understanding.questions import AnswerType, Question
from bot.understanding.text import split_message
from bot.understanding.topics import Topic, topics_of

_IN_PART = re.compile(r"其中|一部分|大部分|小部分|部分在|有的|其余|剩下|另外的|一半")
_TAKEN = re.compile(r"走的|走了")
_SOLD, _BOUGHT = re.compile(r"卖|出售|上架|挂牌"), re.compile(r"买|采|购|进货")
"""在北数所卖数据接口 is no purchase."""


def stated_choices(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The choice that each clause states, with its number, in its own words or in those of the clause before."""
    for at, topic in enumerate(topics):
        if topic.is_stated and not _IN_PART.search(topic.text):
            yield from ((at, fact) for fact in _venues(topics[: at + 1], lexicon))


def _venues(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[Fact]:
    """Choices such as a venue: said with a cue of the same question in this clause, or in the one before."""
    text = topics[-1].text
    for question in lexicon.questions_that(_is_of_choice):
        values = {v for h, v in hits_of(text, question, lexicon) if v is not None and len(h.word) > 2}
        if len(values) == 1 and _is_talked_of(topics, question, lexicon):
            yield Fact(question.id, values.pop(), text)


def _is_talked_of(topics: Sequence[Topic], question: Question, lexicon: Lexicon) -> bool:
    """Whether the nearest clause that speaks of a venue at all speaks of this one's."""
    text = topics[-1].text
    if question.id == "purchase_venue" and _SOLD.search(text) and not _BOUGHT.search(text):
        return False
    words = {h.word for h, _ in hits_of(text, question, lexicon)}
    if words & set(question.cues) or (_TAKEN.search(text) and _is_only_choice(text, lexicon)):
        return True
    rivals = [q for q in lexicon.questions_that(_offers_one) if words & lexicon.option_words[q.id]]
    spoken_of = (_cued(topic.text, rivals, words) for topic in reversed(topics))
    return question.id in next(filter(None, spoken_of), ())


def _is_only_choice(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause names options of one such question alone."""
    return sum(bool(hits_of(text, q, lexicon)) for q in lexicon.questions_that(_is_of_choice)) == 1


def _cued(text: str, questions: Sequence[Question], words: Collection[str]) -> frozenset[str]:
    """Those of the questions that have a cue in the text, the words themselves aside."""
    for word in words:
        text = text.replace(word, "〓")
    return frozenset(q.id for q in questions if has_any(text, q.cues))


@once
def denied_choices(text: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """The options of venues and the like that a text denies, each with its question."""
    stated = [topic.text for topic in topics_of(split_message(text), lexicon) if topic.is_stated]
    asked = lexicon.questions_that(_is_of_choice)
    hits = [(q.id, hit, value) for each in stated for q in asked for hit, value in hits_of(each, q, lexicon)]
    denied = [(name, hit) for name, hit, value in hits if value is None and len(hit.word) > 2]
    named = [(name, hit) for name, hit in denied if has_any(text.replace(hit.word, ""), lexicon.questions[name].cues)]
    return tuple((name, hit.meaning) for name, hit in named or denied)


def _offers_one(question: Question) -> bool:
    return question.type in (AnswerType.CHOICE, AnswerType.ORDERED)


def _is_of_choice(question: Question) -> bool:
    return _offers_one(question) and question.id not in ("region", "specialized_tier")
