"""Figures and what each is of: the cue that is nearest, or something that no attribute covers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.policy.attributes import AttributeType
from bot.understanding.amounts import Mention, in_unit_of
from bot.understanding.kinds import is_other_kind
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import has_any
from bot.understanding.word_index import Hit

_REACH = 8
_ROUGHLY = re.compile(
    r"大概|大约|差不多|总共|一共|合计|统共|拢共|约|将近|也就|就|才|总计|前前后后|前后|加起来|是|我们|咱们|公司|这块|那块|这边|那边|已经|陆续"
)
_BEHIND = re.compile(r"^(?:块钱?|元)?(?:左右|上下|多|的)*")
_OTHER_BEHIND = re.compile(r"^(?:块钱?|元)?(?:左右|上下|多)?的?")
_RIGHT_IS = re.compile(r"^[,，]?(?:而?是|应该?是|才是|改成)")

_COUNTING_IN = re.compile(r"(?:连[同带着]?|[算加合]上|(?<![附携])带上?|计入|包上)了?$")
_COUNTED_IN = re.compile(
    r"(?:部分|费用?|投资|投入|的钱|那块)?[也都全]*(?:[算包含加计统][在进到入上]?(?:了)?(?:一?起(?!来)|里[面头边]?|去|来|内|一块)+|在内|在里[面头边])"
)
_WITH_THE_REST = re.compile(r"[加和跟与、连]?(?:上|带)?(?:设备|硬件|机房|装修)")
_HOLDING = re.compile(r"(?<!不)(?:含|包括|包含)了?$")
_LEFT_OUT = re.compile(r"(?:[不未没](?:含|包[括含]|计|算)|除[去开掉]|剔除|刨[去除])了?$")
_IN_ALL = re.compile(r"[^\d,]{0,4}(?:一共|总共|合计|共|全部|加起来)")

Cues = Sequence[tuple[Hit[tuple[str, ...]], str]]


_APIECE = re.compile(
    r"(?:一|另一|还有一|两|[二三四五])(?:场|份|张|笔|家|次|单|套|期|台|个)[^,]{0,6}?"
    r"[\d一二两三四五六七八九十百千]+(?:\.\d+)?[万千百亿元块]"
)
ONE_MORE = re.compile(
    r"(?:又|再|还|额外|另外?)(?:去|给|接着|陆续)?(?:追加|增加|交|买|花|付|投|采购|签|拿|批|缴|补|续)(?!到)|追加了|还有(?:另外?)?[一两](?:张|笔|份|单)"
)
_BY_PRICE = re.compile(r"[按照]着?(?:报价|标价|开价)")
"""按报价交了四十万: that is what was paid."""
_AND = re.compile(r"[和与及跟、加]|还有|以及")
_SPENT, _SUM = re.compile(r"[费花用]"), re.compile(r"(?:金额|价值|[额数])$")
_TOGETHER = re.compile(r"一共|总共|合计|加起来|共计|一起")
_BESIDE = re.compile(r"协办|参展|参会|赞助|(?:参加|参与)(?:了|过|的)?[^,]{0,6}(?:展|会|论坛|活动)|参加的|参与的")


def is_in_parts(text: str) -> bool:
    """Whether the sums of a clause are parts or additions (一份8万一份5万, 又交了10万), or of somebody else's event."""
    return len(_APIECE.findall(text)) > 1 or bool(ONE_MORE.search(text)) or is_of_guest(text)


def is_of_guest(text: str) -> bool:
    """Whether a clause is of an event that somebody else holds: 协办, 参展."""
    return _BESIDE.search(text) is not None


def corrected(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The figures of a clause without those that are taken back in it; the new one stands at the old one's place."""
    found: list[Mention] = []
    for mention in mentions:
        if found and _takes_back(text[found[-1].end : mention.start], found[-1], lexicon):
            earlier = found.pop()
            mention = replace(in_unit_of(mention, earlier), start=earlier.start, is_denied=False)  # noqa: PLW2901
        found.append(mention)
    return tuple(found)


def _takes_back(between: str, earlier: Mention, lexicon: Lexicon) -> bool:
    if earlier.is_denied and _RIGHT_IS.search(between):
        return True
    return has_any(between, lexicon.words.correcting)


def attribute_of(text: str, mention: Mention, within: tuple[int, int], lexicon: Lexicon) -> str | None:
    """The attribute that the clause says the figure is of; None where it says none that is known."""
    if is_uncovered(text, mention, within, lexicon):
        return None
    cues = _cues_of_sums(text, lexicon)
    before = [(hit, name) for hit, name in cues if within[0] <= hit.start and hit.end <= mention.start]
    if before:
        return None if _is_of_both(text, before, mention) else _only(before, _governing(before, lexicon).start)
    after = [(hit, name) for hit, name in cues if _follows(text, mention.end, hit.start, within[1])]
    return _only(after, after[0][0].start) if after else _around(text, mention, within, lexicon)


def _governing(before: Cues, lexicon: Lexicon) -> Hit[tuple[str, ...]]:
    """The nearest cue; where that may be a mere deed, the sum that is named before it: 入表金额审计调成了280万."""
    last, name = before[-1]
    is_deed = last.word in lexicon.questions[name].vague_cues and not _SPENT.search(last.word)
    named = [hit for hit, _ in before if _SUM.search(hit.word)]
    return named[-1] if is_deed and named else last


def _is_of_both(text: str, before: Cues, mention: Mention) -> bool:
    """保费和采购一共50万: one sum of two things; 评估加审计一共5万 is of one."""
    last = before[-1][0]
    if _TOGETHER.search(text, last.end, mention.start) is None:
        return False
    at, meant = last.start, {name for hit, name in before if hit is last}
    for hit, name in reversed(before):
        if hit.end > at:
            continue
        if _AND.fullmatch(text, hit.end, at) is None:
            return False
        if name not in meant:
            return True
        at = hit.start
    return False


def is_uncovered(text: str, mention: Mention, within: tuple[int, int], lexicon: Lexicon, asked: str = "") -> bool:
    """Whether the figure is of something that no attribute covers: 融资, 保额; 营收 too, unless it is asked for."""
    head = _BY_PRICE.sub("〇", text[within[0] : mention.start])
    own = _kind_of(asked, lexicon)
    others = tuple(word for word in lexicon.words.other_sums if word not in own)
    other = max((head.rfind(word) + len(word) for word in others if word in head), default=0)
    cue = max((_reach_of(hit, name, lexicon) for hit, name in _cues_of_sums(head, lexicon)), default=0)
    if (other and other >= cue) or has_any(head, (*lexicon.words.planning, "预算")):
        return True
    tail = _OTHER_BEHIND.sub("", text[mention.end : within[1]], count=1)
    return tail.startswith(others)


def _kind_of(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    question = lexicon.questions.get(name)
    return () if question is None else question.this_kind


def _reach_of(hit: Hit[tuple[str, ...]], name: str, lexicon: Lexicon) -> int:
    """Where the cue ends; one further where its attribute is itself such a sum: 营业收入."""
    return hit.end + lexicon.questions[name].label.endswith(lexicon.words.other_sums)


def _cues_of_sums(text: str, lexicon: Lexicon) -> Cues:
    return [
        (hit, name)
        for hit in lexicon.cue_index.find(text)
        for name in hit.meaning
        if lexicon.questions[name].attribute_type is AttributeType.YUAN and not _is_counted_in(text, hit)
    ]


def _is_counted_in(text: str, hit: Hit[tuple[str, ...]]) -> bool:
    """连土建3650万, 土建也算进去, 1800万不含土建: what is counted in, or left out, has no sum of its own."""
    before = text[: hit.start]
    if hit.end == len(text) and _LEFT_OUT.search(before):
        return True
    if _COUNTING_IN.search(before) or _COUNTED_IN.match(text, hit.end) or _WITH_THE_REST.match(text, hit.end):
        return True
    return _HOLDING.search(before) is not None and _IN_ALL.match(text, hit.end) is not None


def _around(text: str, mention: Mention, within: tuple[int, int], lexicon: Lexicon) -> str | None:
    """The attribute of a cue in whose middle the figure stands (买了八十万数据), or that 大概 divides."""
    head = _ROUGHLY.sub("", text[within[0] : mention.start])
    tail = _BEHIND.sub("", text[mention.end : within[1]], count=1)
    spanning = [(hit, name) for hit, name in _cues_of_sums(head + tail, lexicon) if hit.start < len(head) <= hit.end]
    name = _only(spanning, spanning[-1][0].start) if spanning else None
    return None if name is not None and _is_asked_within(text, name, lexicon) else name


def _follows(text: str, end: int, start: int, stop: int) -> bool:
    """Whether a cue is near behind the sum, and not rather before the next one (七万四的登记费; 2680万含土建430万)."""
    if start < end or start >= stop:
        return False
    return text[end:start] in ("", "的") or (stop == len(text) and start <= end + _REACH)


def _only(cues: Cues, start: int) -> str | None:
    names = {name for hit, name in cues if hit.start == start}
    return names.pop() if len(names) == 1 else None


def is_of_another(text: str, mention: Mention, within: tuple[int, int], asked: str, lexicon: Lexicon) -> bool:
    """Whether the clause says that the figure is of something else than what is asked."""
    if is_uncovered(text, mention, within, lexicon, asked) or _is_asked_within(text, asked, lexicon):
        return True
    if is_called_by_part(text, within, asked, lexicon):
        return False
    named = {name for _, name in _cues_of_sums(text[within[0] : within[1]], lexicon)}
    name = attribute_of(text, mention, within, lexicon)
    return name not in (None, asked) or (bool(named) and asked not in named)


def _is_asked_within(text: str, asked: str, lexicon: Lexicon) -> bool:
    """Whether a clause only says that what is asked is counted in."""
    hits = [hit for hit in lexicon.cue_index.find(text) if asked in hit.meaning]
    return bool(hits) and all(_is_counted_in(text, hit) for hit in hits)


def is_called_by_part(text: str, within: tuple[int, int], asked: str, lexicon: Lexicon) -> bool:
    """Whether a figure is called by a part of what is asked: 固定资产投资, asked for 数据中心固定资产投资."""
    question = lexicon.questions.get(asked)
    words = [hit.word for hit, _ in _cues_of_sums(text[within[0] : within[1]], lexicon)]
    if question is None or not words or is_other_kind(text, question):
        return False
    return all(any(word in cue for cue in question.cues) for word in words)
