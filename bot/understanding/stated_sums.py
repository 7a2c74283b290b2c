"""Sums and counts that a text states of attributes: each goes to the cue that is nearest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.asked_sums import SETTLED, is_of_wrong_year
from bot.understanding.counts import denied_in
from bot.understanding.figures import (
    attribute_of,
    corrected,
    is_called_by_part,
    is_in_parts,
    is_of_another,
    is_of_guest,
    is_uncovered,
)
from bot.understanding.kinds import (
    denies_kind,
    is_more_of_kind,
    is_of_other_kind,
    is_of_this_kind,
    is_other_kind,
    part_told,
    said_after,
    said_before,
)
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact, Unsettled
from bot.understanding.not_knowing import is_unknown
from bot.understanding.numerals import parse_numeral
from bot.understanding.parts import Told, joins, settle
from bot.understanding.polarity import has_any, masked
from bot.understanding.sums import PAID_UP, without_dates
from bot.understanding.text import Clause
from bot.understanding.topics import Topic, attributes_in
from bot.understanding.word_index import Hit

_YEARS = re.compile(r"([一二两三四五六七八九十]|\d{1,2})[年次回]")
_SAYS_YEAR = re.compile(r"[今去前明上当本]年|\d年|年[初底中]")
_CORRECTS = re.compile(r"一共|总共|合计|追加后|应该?是|改成|更正|实际|其实|准确|加起来|(?:追加|增加|涨|加|降|调|减)到")
_NONE_BEFORE = re.compile(r"(?:没|没有|未|尚未|无|不)(?:去|再|做|搞|办|上|参加|申请|享受)?过?$")
_NONE_BEHIND = re.compile(
    r"(?:没有?|未|不)(?:[买交投办做搞弄签领拿享申参建卖登入缴付花发上要]|采购|成交)|(?:没有?|无|零|不[买做搞办])[过了呢的啊呀]*$"
)
LISTED, _LISTING = "listing_amount", frozenset(("first_listing", "listing_amount"))
_BOOKED = re.compile(
    r"(?:确认|记|计|列|账面|资本化)(?:了|入|进|到|为|成|在|上|示|报|的?[资价金]?[产值额]|无形|存货|科目|账|是|一共|共)*$"
)
"""首次入表，确认了三百一十二万: what was booked is the sum of the listing, its cost is not."""
_LONGEST_ASIDE = 6
"""After a longer clause a sum without a name is no longer of what the turn before told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a figure without a cue may be of: what was just spoken of, what just took one, the question that is open.

    `recent` is what the turn before told last; `goes_on` took a figure without a cue in the sentence that is going on;
    `is_listed`: a listing was spoken of, of which the next words may tell what was booked.
    """

    waiting: str = ""
    last: str = ""
    recent: str = ""
    pending: str = ""
    goes_on: str = ""
    sentence: int = -1
    is_listed: bool = False


def stated_sums(
    topics: Sequence[Topic], lexicon: Lexicon, today: date, recent: Sequence[str] = (), pending: str = ""
) -> Iterator[tuple[int, Fact] | Unsettled]:
    """Facts of sums and counts, each with its clause's number, and what is told in parts only; a sum without a cue is
    that of the pending question."""
    standing = Standing(recent=recent[-1] if recent else "", pending=pending)
    every: list[Told] = []
    for i, topic in enumerate(topics):
        is_told = topic.is_stated and not is_of_guest(topic.text) and not _is_paid_up(topics[:i], topic, lexicon)
        told = tuple(_in_clause(topic, standing, lexicon, today)) if is_told else ()
        whole, rests = _without_parts(_of_this_kind(told, i, topics, lexicon, today), lexicon)
        every += whole
        yield from rests
        standing = _after(standing, topic, told, lexicon)
        nothing = () if told else _nothing_spent(topic, lexicon)
        yield from ((i, fact) for fact in (*nothing, *_counts(topic, lexicon)) if topic.is_stated)
    yield from settle(every)


def _is_paid_up(before: Sequence[Topic], topic: Topic, lexicon: Lexicon) -> bool:
    """Whether a clause goes on with a sum of no attribute: 注册资本三千万，实缴一千万."""
    is_open = bool(before) and not topic.cues and PAID_UP.match(topic.text) is not None
    return is_open and has_any(before[-1].text, lexicon.words.other_sums)


def _without_parts(told: Iterable[Told], lexicon: Lexicon) -> tuple[list[Told], list[Unsettled]]:
    """The sums without those of which a part is told by its kind, and what is left of these to be asked about.

    A part of the question's own kind is told by itself, unless the whole is of that kind too.
    """
    whole, rests = list[Told](), list[Unsettled]()
    for each in told:
        question = lexicon.questions[each.attribute]
        total = each.mention.value
        part = part_told(total, each.after, question)
        is_of_other = is_other_kind(each.after, question)
        if part is None or (not is_of_other and is_of_this_kind(each.before, question)):
            whole.append(each)
        elif is_of_other and isinstance(total, Decimal):
            rests.append(Unsettled(each.attribute, (total - part,)))
    return whole, rests


def _of_this_kind(
    told: Sequence[Told], at: int, topics: Sequence[Topic], lexicon: Lexicon, today: date
) -> Iterator[Told]:
    """The sums of a clause that are of its own kind and year, with what is said around it."""
    topic = topics[at]
    before, after = _around(topics, at, lexicon) if told else ("", "")
    for each in told:
        question = lexicon.questions[each.attribute]
        is_of_other = is_of_other_kind(topic.text, each.mention, before, question, after)
        is_of_other = is_of_other or denies_kind(_next(topics, at), question)
        if not is_of_other and not is_of_wrong_year(_dated(each, at, topics), question, today):
            corrects = each.corrects or _is_put_right(topics, at, lexicon)
            yield replace(each, clause=at, after=_next(topics, at), corrects=corrects)


def _dated(told: Told, at: int, topics: Sequence[Topic]) -> Clause:
    """The clause that says of which year a sum is: its own, or the one that named it where that says neither."""
    here = topics[at].clause
    if told.is_cued or _SAYS_YEAR.search(here.text):
        return here
    earlier = (topic.clause for topic in reversed(topics[:at]) if told.attribute in topic.names)
    return next(earlier, here)


def _next(topics: Sequence[Topic], at: int) -> str:
    """What the sentence says after a clause."""
    here = topics[at].clause.sentence
    return "".join(topic.text for topic in topics[at + 1 : at + 2] if topic.clause.sentence == here)


def _is_put_right(topics: Sequence[Topic], at: int, lexicon: Lexicon) -> bool:
    """Whether a clause, or the mere 不对 before it, takes back what went before."""
    words = lexicon.words.correcting
    if has_any(topics[at].text, words):
        return True
    return at > 0 and not topics[at - 1].cues and has_any(topics[at - 1].text, words)


def _around(topics: Sequence[Topic], at: int, lexicon: Lexicon) -> tuple[str, str]:
    clauses = [topic.clause for topic in topics]
    return said_before(clauses, at, lexicon), said_after(clauses, at)


def _after(standing: Standing, topic: Topic, told: Sequence[Told], lexicon: Lexicon) -> Standing:
    """What stands open after a clause: what it speaks of without a sum; what took the last one; what goes on."""
    is_aside = bool(topic.cues) or len(topic.text) > _LONGEST_ASIDE
    return replace(
        standing,
        waiting=_waiting(standing, topic, told, lexicon),
        last=told[-1].attribute if told else standing.last,
        recent="" if is_aside else standing.recent,
        goes_on=_going_on(standing, topic, told),
        sentence=topic.clause.sentence,
        is_listed=standing.is_listed or not topic.names.isdisjoint(_LISTING),
    )


def _waiting(standing: Standing, topic: Topic, told: Sequence[Told], lexicon: Lexicon) -> str:
    """What was spoken of last, without a sum so far; nothing once another thing is spoken of or took one."""
    taken = {each.attribute for each in told}
    spoken = [(hit, name) for hit, name in attributes_in(topic, lexicon, AttributeType.YUAN) if name not in taken]
    left = [name for hit, name in spoken if not _is_denied(topic.text, hit)]
    if left:
        return left[-1]
    is_next = bool(topic.cues) and topic.clause.sentence != standing.sentence
    return "" if taken or spoken or is_next else standing.waiting


def _going_on(standing: Standing, topic: Topic, told: Sequence[Told]) -> str:
    """What took a figure without a cue, as long as no cue comes."""
    if told and not told[-1].is_cued:
        return told[-1].attribute
    return "" if topic.cues else standing.goes_on


def _is_denied(text: str, hit: Hit[tuple[str, ...]]) -> bool:
    """Whether a clause says that there is nothing of what the cue names: 没入表, 保险没买, 登记费无."""
    return bool(_NONE_BEFORE.search(text[: hit.start]) or _NONE_BEHIND.search(masked(text[hit.end :])))


def _in_clause(topic: Topic, standing: Standing, lexicon: Lexicon, today: date) -> Iterator[Told]:
    """Each sum of a clause at the cue nearest to it; without a cue the first is of what stands open, and those that
    are only counted off after a sum are of the same."""
    text, last = topic.text, None
    mentions = corrected(text, find_amounts(without_dates(text, today)), lexicon)
    for i, mention in enumerate(mentions):
        if mention.is_denied:
            continue
        stop = mentions[i + 1].start if i + 1 < len(mentions) else len(text)
        within = (mentions[i - 1].end if i else 0, stop)
        name, is_cued = attribute_of(text, mention, within, lexicon), True
        if name is not None and is_called_by_part(text, within, standing.pending, lexicon):
            name = standing.pending
        elif name is None:
            name, is_cued = _uncued(topic, mention, (within, last), standing, lexicon), False
        if name is not None:
            last = Told(0, name, mention, text, is_cued, sentence=topic.clause.sentence)
            yield last


def _uncued(
    topic: Topic, mention: Mention, place: tuple[tuple[int, int], Told | None], standing: Standing, lexicon: Lexicon
) -> str | None:
    """The attribute of a figure without a cue of its own."""
    (start, stop), last = place
    if last is not None and joins(topic.text[last.mention.end : mention.start]):
        return last.attribute
    if is_uncovered(topic.text, mention, (start, stop), lexicon, standing.pending):
        return None
    earlier = _counted_off(topic, mention, (start, last), standing, lexicon)
    if earlier or start:
        return earlier
    return _of_standing(topic, mention, standing, lexicon)


def _counted_off(
    topic: Topic, mention: Mention, place: tuple[int, Told | None], standing: Standing, lexicon: Lexicon
) -> str | None:
    """What took the sum before, where a figure is of one more thing of its kind: 采购数据集二十万，接口十五万."""
    start, last = place
    goes_on = standing.last if standing.sentence == topic.clause.sentence and not start else ""
    name = last.attribute if last is not None else goes_on
    if not name or not is_more_of_kind(topic.text[start : mention.start].lstrip("、和与及跟"), lexicon.questions[name]):
        return None
    return name


def _of_standing(topic: Topic, mention: Mention, standing: Standing, lexicon: Lexicon) -> str | None:
    """What the first figure of a clause is of that has no cue of its own."""
    if standing.is_listed and _BOOKED.search(topic.text[: mention.start]):
        return LISTED
    if not attributes_in(topic, lexicon, AttributeType.YUAN):
        earlier = _spoken_of(topic, mention, standing, lexicon)
        if earlier is not None:
            return earlier
    whole = (0, len(topic.text))
    if standing.pending and not is_of_another(topic.text, mention, whole, standing.pending, lexicon):
        return standing.pending
    return None


def _spoken_of(topic: Topic, mention: Mention, standing: Standing, lexicon: Lexicon) -> str | None:
    """The attribute that was spoken of before: still without a sum, counted off, corrected now, of the turn before."""
    if standing.waiting:
        return standing.waiting
    if standing.goes_on and standing.sentence == topic.clause.sentence:
        return standing.goes_on
    head = topic.text[: mention.start]
    is_more = _CORRECTS.search(topic.text) is not None or is_in_parts(topic.text)
    if standing.last and (is_more or _is_put_for_it(topic, head, lexicon)):
        return standing.last
    return standing.recent or None if is_more else None


def _is_put_for_it(topic: Topic, head: str, lexicon: Lexicon) -> bool:
    """Whether a clause corrects the sum before, or tells without a name what was paid in the end: 实付三十六万."""
    is_settled = not topic.cues and SETTLED.search(head) is not None
    return is_settled or has_any(head, lexicon.words.correcting)


def _nothing_spent(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    """Nought, for what a clause without a sum says that nothing was spent on."""
    text = topic.text
    if not has_any(text, lexicon.nothing_spent_within) or "不是" in text:
        return
    if find_amounts(text) or is_unknown(text, lexicon):
        return
    for hit, name in attributes_in(topic, lexicon, AttributeType.YUAN, AttributeType.INT):
        if len(hit.meaning) == 1 and not is_other_kind(text, lexicon.questions[name]):
            yield Fact(name, Decimal(0), text)


def _counts(topic: Topic, lexicon: Lexicon) -> Iterator[Fact]:
    is_none = denied_in(topic.text)
    for hit, name in attributes_in(topic, lexicon, AttributeType.INT):
        if is_none is not None:
            yield from (Fact(name, Decimal(0), topic.text),) if is_none else ()
            continue
        written = _YEARS.search(topic.text, hit.end)
        number = None if written is None else parse_numeral(written[1])
        if number is not None:
            yield Fact(name, number, topic.text)
