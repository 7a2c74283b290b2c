"""Sums and counts that a text states of attributes: each goes to the cue that is nearest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import Mention, find_amounts, in_unit_of
from bot.understanding.answers import without_dates
from bot.understanding.figures import attribute_of, corrected, is_of_another, is_uncovered
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.numerals import parse_numeral
from bot.understanding.polarity import has_any, is_unknown
from bot.understanding.topics import Topic, attributes_in

_OTHER_YEAR = re.compile(r"去年|前年|往年|上年|明年")
_THIS_YEAR = re.compile(r"今年|当年|本年")
_YEARLY = re.compile(r"当年|年度")
_YEARS = re.compile(r"([一二两三四五六七八九十]|\d{1,2})[年次回]")
_CORRECTS = re.compile(r"一共|总共|合计|追加后|应该?是|改成|更正|实际|其实|准确|加起来")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a figure without a cue may be of: what was just spoken of, what just took one, the question that is open."""

    waiting: tuple[str, ...] = ()
    last: tuple[str, Mention] | None = None
    recent: tuple[str, ...] = ()
    pending: str = ""


def stated_sums(
    topics: Sequence[Topic], lexicon: Lexicon, today: date, recent: Sequence[str] = (), pending: str = ""
) -> Iterator[tuple[int, Fact]]:
    """Facts of sums and counts, each with its clause's number; a sum without a cue is that of the pending question."""
    standing = Standing(recent=tuple(recent), pending=pending)
    for i, topic in enumerate(topics):
        money = [name for _, name in attributes_in(topic, lexicon, AttributeType.YUAN)]
        told = [pair for pair in _in_clause(topic, standing, lexicon, today) if topic.is_stated]
        taken = {name for name, _ in told}
        for name, mention in told:
            standing = replace(standing, last=(name, mention))
            if mention.value is not None and not _is_of_another_year(topic, name, lexicon):
                yield i, Fact(name, mention.value, topic.text)
        left = tuple(name for name in money if name not in taken)
        standing = replace(standing, waiting=left or (() if taken else standing.waiting))
        yield from ((i, fact) for fact in _nothing_spent(topic, lexicon, taken))
        yield from ((i, fact) for fact in _counts(topic, lexicon))


def _in_clause(topic: Topic, standing: Standing, lexicon: Lexicon, today: date) -> Iterator[tuple[str, Mention]]:
    """Each sum of a clause at the cue nearest to it; without a cue the first is of what stands open."""
    text = topic.text
    mentions = corrected(text, find_amounts(without_dates(text, today)), lexicon)
    for i, mention in enumerate(mentions):
        if mention.is_denied:
            continue
        stop = mentions[i + 1].start if i + 1 < len(mentions) else len(text)
        within = (mentions[i - 1].end if i else 0, stop)
        name = attribute_of(text, mention, within, lexicon)
        if name is not None:
            yield name, mention
        elif not i and not is_uncovered(text, mention, within, lexicon):
            yield from _of_standing(topic, mention, standing, lexicon)


def _of_standing(topic: Topic, mention: Mention, standing: Standing, lexicon: Lexicon) -> Iterator[tuple[str, Mention]]:
    """The one figure of a clause without a cue of its own."""
    has_cue = bool(attributes_in(topic, lexicon, AttributeType.YUAN))
    corrects = _CORRECTS.search(topic.text) or has_any(topic.text[: mention.start], lexicon.words.correcting)
    if corrects and not has_cue and standing.last is not None and not standing.waiting:
        name, earlier = standing.last
        yield name, in_unit_of(mention, earlier)
    elif standing.waiting and not has_cue:
        yield standing.waiting[-1], mention
    elif standing.recent and _CORRECTS.search(topic.text) and not has_cue:
        yield standing.recent[-1], mention
    elif standing.pending and not is_of_another(topic.text, mention, (0, len(topic.text)), standing.pending, lexicon):
        yield standing.pending, mention


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
