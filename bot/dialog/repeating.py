"""An answer that is the one just given once more: 也没有, 同上."""

import re
from decimal import Decimal

from bot.dialog.asking import options_of, question_of
from bot.dialog.flows import Guide
from bot.dialog.state import Pending, State
from bot.policy.attributes import NEVER, AttributeType, Value
from bot.search.characters import normalised
from bot.understanding.questions import AnswerType, Question

_NOR = re.compile(
    r"(?:这个|这项|这些|那个|它)?(?:也|同样|一样|照样|还是|仍然)+(?:是|都)?(?:没有?|无|不是)(?:的|过|呢|啊|呀)*[。!~]*"
)
_SAME = re.compile(
    r"(?:[和跟同与](?:上面|前面|刚才|上题|上一[题个])(?:的)?)?(?:也|都)?(?:一样|同上|同前|同理)(?:的|啊|呀)*[。!~]*"
)
DENIAL, YES = "没有", "有"
_NOTHING = frozenset({False, NEVER, Decimal(0)})


def spelled_out(state: State, text: str, guide: Guide) -> str:
    """What the text stands for where it only says that the answer is the same as before; any other text as it is."""
    plain = normalised(text).strip()
    if state.pending is None:
        return text
    if _NOR.fullmatch(plain):
        again = _again(_given_last(state), state, guide) if _asks_alike(state, guide) else ""
        return again or DENIAL
    values = _given_last(state) if _SAME.fullmatch(plain) else ()
    return _again(values, state, guide) or text


def _asks_alike(state: State, guide: Guide) -> bool:
    """Whether the question answered last and the open one both ask for a first time."""
    before = state.steps[-1].pending if state.steps else None
    last, now = question_of(before, guide), question_of(state.pending, guide)
    if last is None or now is None or not _given_last(state):
        return False
    return last.type is now.type is AnswerType.YES_NO and is_first(last) and is_first(now)


def is_first(question: Question) -> bool:
    """Whether a question asks for a first time: to have done nothing so far is a yes."""
    return any("还没" in choice.label for choice in question.choices)


def _given_last(state: State) -> tuple[Value, ...]:
    """The values that the last answer recorded."""
    before = state.steps[-1].profile.values if state.steps else {}
    return tuple(value for name, value in state.profile.values.items() if before.get(name) != value)


def _again(values: tuple[Value, ...], state: State, guide: Guide) -> str:
    """The words that answer the pending question as the last was answered; empty where the types do not fit."""
    pending, given = state.pending, frozenset(values)
    if pending is None or len(given) != 1:
        return ""
    if given <= _NOTHING:
        return DENIAL
    attribute = guide.knowledge.attributes.get(pending.attribute)
    if question_of(pending, guide) is None or attribute is None:
        return ""
    if values[0] is True and attribute.type is AttributeType.BOOL:
        return _yes_to(pending, guide)
    return f"{values[0]:f}元" if isinstance(values[0], Decimal) and attribute.type is AttributeType.YUAN else ""


def _yes_to(pending: Pending, guide: Guide) -> str:
    return next((option.label for option in options_of(pending, guide) if option.value == "true"), YES)
