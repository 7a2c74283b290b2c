"""Long clauses without marks, as speech gives them, in the parts that each say one thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon
from bot.understanding.questions import PLACES
from bot.understanding.text import Clause, Message

SHORTEST = 7
_SHORT_VERB = 5
_MOST = 20
"""A text that names more than this is a list."""
_SUBJECT = re.compile(r"(?<![给跟和与对为帮由让是属归投问替向找叫])(?:我们|咱们|我司|本公司|我公司|我单位)")
_JOINER = re.compile(r"然后|还有|另外(?!一)|而且|但是|同时|并且|接着|对了|再就是|后来")
_PART = re.compile(r"其中|包含|包括|里面|(?<![包不])含")
_TIME = re.compile(r"(?<![到自从比跟和同与较])(?:今年|去年|前年|现在|目前)")
_HEAD = re.compile(
    r"(?<![有是没不])[也还都又并就]*(?:没有|没|未|无|不是|并非|有(?!限)|是(?!否|不是))(?:被|受过?|什么|个)?"
)
_SEAT = re.compile(r"(?:公司|单位)?(?:注册地?址?|执照|办公地?址?)?(?<![办登记建放投])(?:在|位于)")
_THERE = re.compile(r"(?:区|那边|这边|这里|那里)?[也还都]*")
_CORRECTION = re.compile(
    r"(?:[啊哦噢呃哎诶嗯]|哎呀|哎哟)*(?:不对|说错了?|记错了?|搞错了?|写错了?|弄错了?|错了|口误|更正一下|更正|不不+)(?:了|啊|哈)*"
)
_NO_CORRECTION = re.compile(r"(?:没有?|是不是|不|有|对|别|会|我|刚才|刚刚|之前|前面)$")
_QUESTION = re.compile(
    r"请问|想问|问一?下|(?:能|可以|可)(?:够)?(?:拿|领|补|享受|申请|申报|报|给)(?:到)?(?:多少|什么|哪些|啥|几)|有(?:什么|哪些|啥)(?:补贴|政策|奖励|支持|钱)"
)
_REVIEW = re.compile(r"(?:专家)?(?:评审|验收)(?:会)?(?=[也都已经还就又刚]*(?:通过|过了|没|未|拿|下来|完))")
_LINKS = frozenset("的过经设场台施景间、和与及跟有是在被给没未")
"""What stands before a review that is named with the thing it is of: 设施评审, 经过评审."""
_OWN = re.compile(r"我们|咱|我司|本公司|我公司|[买花交投办做签登入]了|在[\u4e00-\u9fff]{2,3}$")
_AFTER_SUM = re.compile(r"(?:块钱|块|元|左右|上下|多|的样子|这样|吧|呢|了|钱|整)*")
_GOES_ON = re.compile(r"[的、/以到至~\-+＋加和或及跟与不啊哦噢,%％倍]|左右|上下|出头|打底|改成|应该|其实|实际")
_ANSWERED_AFTER = re.compile(r"(?:也|还|都|又|就)*(?:没有|有|不是|是|没)(?:的|了|过|呢)?")
_OWN_WORD = re.compile(r"[也还都]?(?:没|未|无|不|是|有|已|刚|首|第一|今年|去年)")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A word that a statement is about: a cue, a place, a title, a trade (`is_sum`: a figure)."""

    start: int
    end: int
    is_sum: bool = False
    is_place: bool = False
    is_cue: bool = False


def divide(message: Message, lexicon: Lexicon) -> Message:
    """The message with its long clauses in the parts that each say one thing."""
    clauses = [part for clause in message.clauses for part in _parts(clause, lexicon)]
    return message if len(clauses) == len(message.clauses) else replace(message, clauses=tuple(clauses))


def _parts(clause: Clause, lexicon: Lexicon) -> list[Clause]:
    text = clause.text
    anchors = _anchors(text, lexicon) if len(text) >= SHORTEST else []
    if len(anchors) < 2 and not (anchors and _QUESTION.search(text)):
        return [clause]
    cuts = _cuts(text, anchors)
    pieces = [p for a, b in zip((0, *cuts), (*cuts, len(text)), strict=True) if (p := text[a:b].strip("、 "))]
    return [replace(clause, text=p, is_asked=clause.is_asked and n == len(pieces)) for n, p in enumerate(pieces, 1)]


def _anchors(text: str, lexicon: Lexicon) -> list[_Anchor]:
    found = _named(text, lexicon)
    sums = () if len(found) > _MOST else find_amounts(text)
    found += [_Anchor(mention.start, mention.end, is_sum=True) for mention in sums if mention.has_unit]
    return sorted(found, key=lambda anchor: anchor.start)


def _named(text: str, lexicon: Lexicon) -> list[_Anchor]:
    """The cues, places, titles and trades that a text names."""
    cues = (hit for hit in lexicon.cue_index.find(text) if len(hit.word) > 1 and PLACES.isdisjoint(hit.meaning))
    found = [_Anchor(hit.start, hit.end, is_cue=True) for hit in cues]
    found += [_Anchor(hit.start, hit.end, is_place=True) for hit in lexicon.place_index.find(text)]
    for name in ("specialized_tier", "sector"):
        question = lexicon.questions.get(name)
        hits = () if question is None else lexicon.choice_words(question).find(text)
        found += [_Anchor(h.start, h.end) for h in hits if len(h.word) > 1 and h.meaning not in ("none", "other")]
    return found


def _cuts(text: str, anchors: Sequence[_Anchor]) -> tuple[int, ...]:
    proposed = sorted({at for at in _proposed(text, anchors) if 0 < at < len(text)})
    kept: list[int] = []
    for at in proposed:
        last = kept[-1] if kept else 0
        if any(last <= a.start and a.end <= at for a in anchors) or _CORRECTION.fullmatch(text[last:at]):
            kept.append(at)
    return tuple(kept)


def _proposed(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    yield from _at_corrections(text, anchors)
    yield from (m.start() for m in _JOINER.finditer(text) if _any_after(anchors, m.end()))
    yield from (m.start() for m in _SUBJECT.finditer(text) if _goes_further(anchors, m.start()))
    yield from (
        m.start() for m in _PART.finditer(text) if _any_after(anchors, m.end()) and _sum_before(anchors, m.start())
    )
    yield from _at_times(text, anchors)
    yield from _after_done(text, anchors)
    yield from (m.start() for m in _QUESTION.finditer(text) if _OWN.search(text[: m.start()]))
    yield from (m.start() for m in _REVIEW.finditer(text) if text[m.start() - 1 : m.start()] not in _LINKS)
    yield from _after_sums(text, anchors)
    yield from _at_verbs(text, anchors)
    yield from _in_list(text, anchors)


def _any_after(anchors: Sequence[_Anchor], at: int) -> bool:
    return any(anchor.start >= at for anchor in anchors)


def _goes_further(anchors: Sequence[_Anchor], at: int) -> bool:
    """Whether something is named after a place, or a sum stands on both sides of it."""
    after = [anchor for anchor in anchors if anchor.start >= at]
    return any(not anchor.is_sum for anchor in after) or (bool(after) and _sum_before(anchors, at))


def _at_times(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    times = list(_TIME.finditer(text))
    for n, found in enumerate(times):
        is_other = any(found[0] != earlier[0] for earlier in times[:n])
        if _names_after(found.end(), anchors, is_other_time=is_other):
            yield found.start()


def _after_done(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    """专精特新到期了高新还在: after 了 with a new thing behind it."""
    cues = [a for a in anchors if a.is_cue]
    for cue in cues[1:]:
        before = [a.end for a in cues if a.end < cue.start - 1]
        if before and text[cue.start - 1] == "了" and cue.start - before[-1] <= _SHORT_VERB:
            yield cue.start


def _sum_before(anchors: Sequence[_Anchor], at: int) -> bool:
    return any(anchor.is_sum and anchor.end <= at for anchor in anchors)


def _names_after(at: int, anchors: Sequence[_Anchor], *, is_other_time: bool) -> bool:
    """Whether something is named after a word of time, or a sum stands on both sides of it."""
    after = [a for a in anchors if a.start >= at]
    if after and is_other_time:
        return True
    if any(not a.is_sum for a in after):
        return after[0].is_sum is False
    return bool(after) and _sum_before(anchors, at) and after[0].start - at <= 6


def _at_corrections(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    """Around 啊不对; not between two sums, of which the second is read as put for the first."""
    for found in _CORRECTION.finditer(text):
        before = [a for a in anchors if a.end <= found.start()]
        after = [a for a in anchors if a.start >= found.end()]
        if not before or not after or _NO_CORRECTION.search(text[: found.start()]):
            continue
        if not (before[-1].is_sum and after[0].is_sum):
            yield found.start()
            yield found.end()


def _after_sums(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    """After a sum whose name stands before it, where something else follows."""
    for n, anchor in enumerate(anchors):
        tail = _AFTER_SUM.match(text, anchor.end)
        end = anchor.end if tail is None else tail.end()
        is_named = anchor.is_sum and any(not a.is_sum for a in anchors[:n])
        goes_on = _GOES_ON.match(text, end) is not None
        if is_named and not goes_on and any(not a.is_sum for a in anchors[n + 1 :]):
            yield end


def _at_verbs(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    """Before 没有 or 是 with a new thing; after them where they stand behind each thing (高新有专精特新没有)."""
    if _is_answered_behind(text, anchors):
        yield from _behind_verbs(text, anchors)
        return
    starts = {a.start for a in anchors if not a.is_sum and not a.is_place}
    for head in _HEAD.finditer(text):
        if any(head.end() + skip in starts for skip in range(3)) and not _belongs_before(text, head, anchors):
            yield head.start()
    yield from _at_seats(text, [a for a in anchors if a.is_place])


def _at_seats(text: str, places: Sequence[_Anchor]) -> Iterator[int]:
    """Before 在 and the first place that is named."""
    starts = {place.start for place in places}
    for seat in _SEAT.finditer(text):
        if seat.end() in starts and not any(place.end <= seat.start() for place in places):
            yield seat.start()


def _behind_verbs(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    starts = {a.start for a in anchors if not a.is_sum}
    for anchor in anchors:
        verb = _ANSWERED_AFTER.match(text, anchor.end)
        if anchor.is_cue and verb is not None and verb.end() in starts:
            yield verb.end()


def _belongs_before(text: str, head: re.Match[str], anchors: Sequence[_Anchor]) -> bool:
    """Whether the verb belongs to what stands before it: 专精特新是市级, 在通州有个数据中心."""
    if head[0].startswith("是") and any(a.is_cue and a.end == head.start() for a in anchors):
        return True
    is_there = any(a.is_place and _THERE.fullmatch(text, a.end, head.start()) for a in anchors)
    return is_there and "有" in head[0]


def _is_answered_behind(text: str, anchors: Sequence[_Anchor]) -> bool:
    cues = [a for a in anchors if a.is_cue]
    if len(cues) < 2:
        return False
    is_first = cues[0].start <= 2 and _ANSWERED_AFTER.match(text, cues[0].end) is not None
    last = _ANSWERED_AFTER.match(text, cues[-1].end)
    return is_first and last is not None


def _in_list(text: str, anchors: Sequence[_Anchor]) -> Iterator[int]:
    """In a list with 、 before a thing that has a verb, a place or a sum of its own."""
    for mark in re.finditer("、", text):
        end = text.find("、", mark.end())
        part = text[mark.end() : end if end >= 0 else len(text)]
        here = [a for a in anchors if mark.end() <= a.start and a.end <= mark.end() + len(part)]
        has_own = _OWN_WORD.match(part) and not re.search(r"[都均全]", part)
        if here and (has_own or any(a.is_sum for a in here)):
            yield mark.end()
