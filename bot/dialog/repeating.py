"""An answer that is the one just given once more: 也没有, 同上."""

import re
from decimal import Decimal

from bot.dialog.asking import options_of
from bot.dialog.flows import Guide
from bot.dialog.state import PendingKind, State
from bot.policy.attributes import NEVER, AttributeType, Value
from bot.search.characters import normalised

_NOR = re.compile(
    r"(?:这个|这项|这些|那个|它)?(?:也|同样|一样|照样|还是|仍然)+(?:是|都)?(?:没有?|无|不是)(?:的|过|呢|啊|呀)*[。!~]*"
)
_SAME = re.compile(
    r"(?:[和跟同与](?:上面|前面|刚才|上题|上一[题个])(?:的)?)?(?:也|都)?(?:一样|同上|同前|同理)(?:的|啊|呀)*[。!~]*"
)
DENIAL, YES = "没有", "有"


def spelled_out(state: State, text: str, guide: Guide) -> str:
    """What the text stands for where it only says that the answer is the same as before; any other text as it is."""
    plain = normalised(text).strip()
    if state.pending is None:
        return text
    if _NOR.fullmatch(plain):
        return DENIAL
    values = _given_last(state) if _SAME.fullmatch(plain) else ()
    return _again(values, state, guide) or text


def _given_last(state: State) -> tuple[Value, ...]:
    """The values that the last answer recorded."""
    before = state.steps[-1].profile.values if state.steps else {}
    return tuple(value for name, value in state.profile.values.items() if before.get(name) != value)


def _again(values: tuple[Value, ...], state: State, guide: Guide) -> str:
    """The words that answer the pending question as the last was answered; empty where the types do not fit."""
    pending, first = state.pending, next(iter(values), None)
    if pending is None or first is None or any(value != first for value in values):
        return ""
    if first is False or first == NEVER or first == Decimal(0):
        return DENIAL
    attribute = guide.knowledge.attributes.get(pending.attribute)
    if pending.kind is not PendingKind.QUESTION or attribute is None:
        return ""
    if first is True and attribute.type is AttributeType.BOOL:
        return next((option.label for option in options_of(pending, guide) if option.value == "true"), YES)
    return f"{first:f}元" if isinstance(first, Decimal) and attribute.type is AttributeType.YUAN else ""
