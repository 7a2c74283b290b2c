"""What a date in a text is the date of: applying, obtaining, expiring, signing, paying."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.understanding.dates import DateMention

_EVENTS: Mapping[str, str] = {
    "expiry": (
        r"有效期?(?:限)?(?:[到至]|截止)|有效[到至]|到期|截止|失效|届满|过期|期限[到至]|续期|换证|年审|合同期|终止"
    ),
    "application": (
        r"申请|申报|提交|递交|递[的了]|[交报](?:的|了)?(?:材料|资料|申请|上去)|受理|报名|报的|送审|启动|立项"
        r"|开始(?:办|弄|准备)"
    ),
    "obtaining": (
        r"发证|颁发|核发|签发|拿到?(?:的|了|证|手)|拿的?证|取得|领到|领的|领证|到手|下来|下证|下的证|出证|批下来|批的|获批"
        r"|办下来|办好|发的|颁的|登记(?:日|时间|完)"
    ),
    "announcement": r"公示|公告|公布",
    "recognition": r"认定|发文|批复|红头|评上|入选|下文",
    "talks": r"[谈聊](?:的|妥|了|起|好)|洽谈|接触|意向|框架|招标|中标|报价|看的?货|试用",
    "signature": r"签[的了字约署完好]?|盖[的了]?章|落笔|成交",
    "payment": (
        r"付[的了]|付款|打[的了]?款|到账|到帐|开[的了]?票|收款|入账|打过来|回款|汇款|交[的了]?钱|结清|尾款|首付"
    ),
    "delivery": r"交付|交货|上线|部署|对接",
    "work": r"开工|动工|奠基|进场|封顶|竣工|完工|建成|验收",
    "use": r"投用|投产|启用|投入使用|开机|运行|跑起来|启动使用",
    "offence": r"违法|违规|出事|被查|立案|调查|下的?决定|处罚决定|罚的|查的|接到通知|通知书",
    "foundation": r"成立|注册|开业|设立",
}
_PATTERNS = {name: re.compile(words) for name, words in _EVENTS.items()}
_OF_PAPER = re.compile(r"罚|处分|警告|吊销|责令|没收|落款|日期|[写印]着|证|文件|公文|红头")
_AT = re.compile(r"(?=.)(?:日期|时间|日子|日|那天|的时候)?[是为在于到至:：约大概]*")
_ALIKE = (frozenset({"obtaining", "recognition"}), frozenset({"signature"}))


Told = Sequence[tuple[DateMention, str | None]]
"""Dates, each with the event that it is said to be of."""


def of_asked_event(found: Sequence[tuple[str, DateMention]], prompt: str) -> list[DateMention]:
    """The dates that may be those of what the prompt asks; none where every one is said to be of something else.

    Each date comes with the clause in which it stands.
    """
    told = [(mention, _event_of(text, mention, _around(found, at))) for at, (text, mention) in enumerate(found)]
    asked = _events_in(prompt)
    if not asked:
        return [mention for mention, event in told if event != "expiry"]
    likely = _of(told, asked) or _of(told, {None})
    if _is_mixed(told, asked):
        return likely
    return [] if not likely and _is_clearly_other(told, asked) else [mention for mention, _ in told]


def _of(told: Told, events: Collection[str | None]) -> list[DateMention]:
    return [mention for mention, event in told if event in events]


def _is_mixed(told: Told, asked: frozenset[str]) -> bool:
    """Whether the dates are of several events, some of what is asked and others of nothing said, or one of an end."""
    events = {event for _, event in told}
    return len(events - {None}) > 1 or "expiry" in events or (None in events and not events.isdisjoint(asked))


def _is_clearly_other(told: Told, asked: frozenset[str]) -> bool:
    """Whether the dates are of an earlier step: an application, talks; paying or announcing may be of the same day."""
    return bool(told) and all(event in ("application", "talks", "expiry") and event not in asked for _, event in told)


def _events_in(prompt: str) -> frozenset[str]:
    return frozenset(name for name, words in _PATTERNS.items() if words.search(prompt))


def _around(found: Sequence[tuple[str, DateMention]], at: int) -> tuple[int, int]:
    """Where the text about one date begins and ends: between its neighbours in the clause."""
    text = found[at][0]
    start = found[at - 1][1].end if at and found[at - 1][0] == text else 0
    after = found[at + 1 :]
    return start, after[0][1].start if after and after[0][0] == text else len(text)


def _event_of(text: str, mention: DateMention, within: tuple[int, int]) -> str | None:
    """The event that is named right before the date (发证日是…), else the first one behind it, else before it."""
    before, after = text[within[0] : mention.start], text[mention.end : within[1]]
    for name, words in _PATTERNS.items():
        if any(_AT.fullmatch(before, hit.end()) for hit in words.finditer(before)):
            return name
    behind = [(hit.start(), name) for name, words in _PATTERNS.items() if (hit := words.search(after))]
    if behind:
        return min(behind)[1]
    ahead = [(hit.start(), name) for name, words in _PATTERNS.items() for hit in words.finditer(before)]
    return max(ahead)[1] if ahead else None


def is_of_record(text: str) -> bool:
    """Whether a text names the event of a paper or an award: published, recognised, obtained, or of an offence."""
    return _OF_PAPER.search(text) is not None or any(
        _PATTERNS[name].search(text) for name in ("announcement", "recognition", "obtaining", "offence")
    )
