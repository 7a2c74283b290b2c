"""Yes and no that a text states of attributes: the firsts, certificates, reviews, a clean record."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.policy.attributes import NEVER, AttributeType, DateSpan, Value
from bot.understanding.claims import claim_of, first_of
from bot.understanding.dates import find_dates
from bot.understanding.lexicon import Hit, Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.polarity import Polarity, has_any, is_unknown, polarity_of
from bot.understanding.questions import Question
from bot.understanding.text import Clause
from bot.understanding.topics import Topic, attributes_in

_LATELY = re.compile(r"今年|刚|这次|本次|上周|上个?月|昨天|本月|这个月|最近|今天")
_REVIEWED = re.compile(r"评审|认定|评上|通过|过审")
_RECOGNISED = re.compile(r"认定")
_NEEDS_REVIEW = re.compile(r"评审|认定")
_NEEDS_RECOGNITION = re.compile(r"获得认定|经经开区认定|已经经开区认定")
_PUBLISHED = re.compile(r"公示|处罚|罚的|认定|公布")
_OF_AWARDS = re.compile(r"奖|补贴|政策|措施|条款|支持|配套")
_ONLY_WISHED = re.compile(r"(?:我们|我司|公司|咱们?)?(?:在|正)?(?:想|打算|准备|计划|拟|考虑)")
_LISTED = re.compile(r"^[、和与及跟或还也有/\s]*(?:没有?|无)?$")
_OF_HARM = re.compile(r"失信|犯罪|处罚")
_HARM_HAPPENED = re.compile(r"有|被|过(?!期)|列入|上了|进了")
_WITHIN_YEARS = re.compile(r"(?:近|最近|这|过去)([一二两三四五]|\d)年")
_BEFORE_SURELY = re.compile(r"过(?!期|来|去|后)|以前|之前|早|曾|第[二三四五2-9]|再|追加|好几|多次|不是|并非")


def stated_claims(topics: Sequence[Topic], lexicon: Lexicon, today: date) -> Iterator[tuple[int, Fact]]:
    """Facts of yes and no, and of penalties, with the number of the clause that states each."""
    reviewed: str | None = None
    dated: str | None = None
    for i, topic in enumerate(topics):
        claims = attributes_in(topic, lexicon, AttributeType.BOOL)
        reviews = [name for _, name in claims if _is_review(lexicon.questions[name])]
        if topic.is_stated and not is_unknown(topic.text, lexicon):
            yield from ((i, fact) for fact in _of_clause(topic, claims, lexicon))
            yield from ((i, fact) for fact in _penalty(topic, lexicon, today))
            if dated is not None and not topic.cues and _PUBLISHED.search(topic.text):
                yield from ((i, fact) for fact in _dated(dated, topic, lexicon, today))
            if not reviews and reviewed is not None and not topic.cues and _REVIEWED.search(topic.text):
                yield from ((i, fact) for fact in _claim(reviewed, topic.text, topic, lexicon))
        reviewed = reviews[-1] if reviews else reviewed
        dated = next((name for _, name in attributes_in(topic, lexicon, AttributeType.DATE)), dated)


def _is_review(question: Question) -> bool:
    return bool(_NEEDS_REVIEW.search(question.prompt))


def _of_clause(topic: Topic, claims: Sequence[tuple[Hit[tuple[str, ...]], str]], lexicon: Lexicon) -> Iterator[Fact]:
    for hit, name in claims:
        question = lexicon.questions[name]
        part = _part(topic, hit)
        if question.asks_first:
            yield from _first(name, topic.text, topic, lexicon)
        elif not _is_review(question) or _says_review(question, part, lexicon):
            yield from _claim(name, part, topic, lexicon)


def _says_review(question: Question, part: str, lexicon: Lexicon) -> bool:
    if _NEEDS_RECOGNITION.search(question.prompt):
        return bool(_RECOGNISED.search(part)) or polarity_of(part, lexicon) is Polarity.NO
    return bool(_REVIEWED.search(part))


def _part(topic: Topic, hit: Hit[tuple[str, ...]]) -> str:
    """The part of the clause that speaks of this cue: all of it, unless other cues have words of their own."""
    starts = sorted({h.start for h in topic.cues if h.start > hit.start})
    if not starts:
        return topic.text if len(topic.cues) == 1 or _is_list(topic) else topic.text[hit.start :]
    return topic.text if _is_list(topic) else topic.text[hit.start if hit is not topic.cues[0] else 0 : starts[0]]


def _is_list(topic: Topic) -> bool:
    cues = topic.cues
    return all(_LISTED.match(topic.text[a.end : b.start]) for a, b in pairwise(cues))


def _first(name: str, text: str, topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    polarity = first_of(Clause(text), lexicon.questions[name], lexicon)
    if (
        polarity is Polarity.NO
        and (_LATELY.search(text) or not _BEFORE_SURELY.search(text))
        and not re.search(r"不是|并非|第[二三四五2-9]|再次|过好|好几", text)
    ):
        return
    if _OF_AWARDS.search(text) and not re.search(r"我们|我司|咱|过|了", text):
        return
    only_planned = (
        polarity is Polarity.YES
        and has_any(text, lexicon.words.planning)
        and not re.search(r"没|首|第一|头一|头回|未|初次", text)
    )
    if polarity in (Polarity.YES, Polarity.NO) and not only_planned:
        yield Fact(name, polarity is Polarity.YES, topic.text)


def _claim(name: str, part: str, topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    if _ONLY_WISHED.match(part):
        return
    question = lexicon.questions[name]
    is_harm = bool(_OF_HARM.search(question.prompt))
    polarity = claim_of(Clause(part), question, lexicon)
    if polarity is Polarity.SILENT and part != topic.text:
        polarity = claim_of(topic.clause, question, lexicon)
    if polarity is Polarity.YES and (is_harm and not _HARM_HAPPENED.search(part)):
        return
    if polarity in (Polarity.YES, Polarity.NO):
        yield Fact(name, polarity is Polarity.YES, topic.text)


def _penalty(topic: Topic, lexicon: Lexicon, today: date) -> Iterator[Fact]:
    for _, name in attributes_in(topic, lexicon, AttributeType.DATE):
        value = _date_value(lexicon.questions[name], topic.text, lexicon, today)
        if value is not None:
            yield Fact(name, value, topic.text)
            return


def _dated(name: str, topic: Topic, lexicon: Lexicon, today: date) -> Iterator[Fact]:
    """2025年6月12日公示的, after a clause that speaks of a penalty."""
    value = _date_value(lexicon.questions[name], topic.text, lexicon, today)
    if value is not None and value is not NEVER:
        yield Fact(name, value, topic.text)


def _date_value(question: Question, text: str, lexicon: Lexicon, today: date) -> Value | None:
    is_denied = polarity_of(text, lexicon) is Polarity.NO or has_any(text, (*question.no_words, *lexicon.words.clean))
    if is_denied:
        return _never(text, today) if _OF_HARM.search(question.prompt) else None
    dates = [m for m in find_dates(text, today) if m.value is not None]
    return (dates[-1].exact or dates[-1].value) if dates else None


def _never(text: str, today: date) -> Value:
    """Never, or, where only the last years are spoken of, some day before them or never."""
    years = _WITHIN_YEARS.search(text)
    if years is None or re.search(r"从来|从没|从未|一直", text):
        return NEVER
    count = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}.get(years[1], 3)
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return DateSpan(None, date(today.year - count, today.month, day))
