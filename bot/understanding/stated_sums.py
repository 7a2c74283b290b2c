"""Sums and counts that a text states of attributes: each goes to the cue that is nearest."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.answers import without_dates
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.numerals import parse_numeral
from bot.understanding.polarity import has_any, is_unknown
from bot.understanding.topics import Topic, attributes_in

_REACH = 8
_OTHER_YEAR = re.compile(r"去年|前年|往年|上年|明年")
_THIS_YEAR = re.compile(r"今年|当年|本年")
_YEARLY = re.compile(r"当年|年度")
_YEARS = re.compile(r"([一二两三四五六七八九十]|\d{1,2})[年次回]")
_CORRECTS = re.compile(r"一共|总共|合计|追加后|应该?是|改成|更正|实际|其实|准确|加起来")


def stated_sums(
    topics: Sequence[Topic], lexicon: Lexicon, today: date, recent: Sequence[str] = (), pending: str = ""
) -> Iterator[tuple[int, Fact]]:
    """Facts of sums and counts, each with its clause's number; a sum without a cue is that of the pending question."""
    waiting: list[str] = []
    for i, topic in enumerate(topics):
        money = attributes_in(topic, lexicon, AttributeType.YUAN)
        taken: set[str] = set()
        earlier = () if money else (waiting or tuple(recent) * bool(_CORRECTS.search(topic.text)))
        for fact in _in_clause(topic, earlier or (pending,) * bool(pending), lexicon, today):
            taken.add(fact.attribute)
            yield i, fact
        waiting = [name for _, name in money if name not in taken] or ([] if taken else waiting)
        yield from ((i, fact) for fact in _nothing_spent(topic, lexicon, taken))
        yield from ((i, fact) for fact in _counts(topic, lexicon))


def _in_clause(topic: Topic, earlier: Sequence[str], lexicon: Lexicon, today: date) -> Iterator[Fact]:
    """Each sum of a clause at the cue nearest to it; without a cue the first goes to what was spoken of earlier."""
    if not topic.is_stated:
        return
    mentions = find_amounts(without_dates(topic.text, today))
    for i, mention in enumerate(mentions):
        if mention.is_denied or mention.value is None:
            continue
        start = mentions[i - 1].end if i else 0
        stop = mentions[i + 1].start if i + 1 < len(mentions) else len(topic.text)
        name = _nearest(topic, mention, (start, stop), lexicon)
        if name is None and not i and earlier:
            name = earlier[-1]
        if name is not None and not _is_of_another_year(topic, name, lexicon):
            yield Fact(name, mention.value, topic.text)


def _nearest(topic: Topic, mention: Mention, within: tuple[int, int], lexicon: Lexicon) -> str | None:
    """The attribute of the last cue before the sum, else of the first one shortly after it."""
    cues = attributes_in(topic, lexicon, AttributeType.YUAN)
    before = [(hit, name) for hit, name in cues if within[0] <= hit.start and hit.end <= mention.start]
    after = [(hit, name) for hit, name in cues if _follows(topic.text, mention.end, hit.start, within[1])]
    if before:
        return _only(before, before[-1][0].start)
    return _only(after, after[0][0].start) if after else None


def _follows(text: str, end: int, start: int, stop: int) -> bool:
    """Whether a cue is near behind the sum, and not rather before the next one (七万四的登记费; 2680万含土建430万)."""
    if start < end or start >= stop:
        return False
    return text[end:start] in ("", "的") or (stop == len(text) and start <= end + _REACH)


def _only(cues: Sequence[tuple[object, str]], start: int) -> str | None:
    names = {name for hit, name in cues if getattr(hit, "start", None) == start}
    return names.pop() if len(names) == 1 else None


def _is_of_another_year(topic: Topic, name: str, lexicon: Lexicon) -> bool:
    attribute = lexicon.questions[name].attribute
    is_yearly = attribute is not None and _YEARLY.search(attribute.label)
    return bool(is_yearly and _OTHER_YEAR.search(topic.text) and not _THIS_YEAR.search(topic.text))


def _nothing_spent(topic: Topic, lexicon: Lexicon, taken: set[str]) -> Iterator[Fact]:
    words = tuple(w for w in lexicon.words.nothing_spent if len(w) > 1)
    if not topic.is_stated or taken or find_amounts(topic.text) or is_unknown(topic.text, lexicon):
        return
    if not has_any(topic.text, words) or "不是" in topic.text:
        return
    for hit in topic.cues:
        types = {_type_of(name, lexicon) for name in hit.meaning}
        if types <= {AttributeType.YUAN, AttributeType.INT} and len(hit.meaning) == 1:
            yield Fact(hit.meaning[0], Decimal(0), topic.text)


def _type_of(name: str, lexicon: Lexicon) -> AttributeType | None:
    attribute = lexicon.questions[name].attribute
    return None if attribute is None else attribute.type


def _counts(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    for hit, name in attributes_in(topic, lexicon, AttributeType.INT) if topic.is_stated else ():
        written = _YEARS.search(topic.text, hit.end)
        number = None if written is None else parse_numeral(written[1])
        if number is not None:
            yield Fact(name, number, topic.text)
