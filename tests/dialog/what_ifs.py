"""Short ways to ask what would be if."""

from bot.dialog.machine import Transition
from bot.dialog.state import State
from bot.dialog.what_if_acts import WhatIf
from bot.policy.attributes import Value
from tests.dialog.talks import after, turn

HAIDIAN = "海淀，小巨人，保费26万"
ZONE = "亦庄，小巨人，保费26万，没有处罚，没有犯罪记录，没有失信"


def shown(done: Transition) -> WhatIf:
    """The what-if that a turn shows."""
    return next(act for act in done.acts if isinstance(act, WhatIf))


def supposed(act: WhatIf) -> dict[str, Value]:
    """What a what-if supposes, by attribute."""
    return {each.attribute.name: each.value for each in act.supposed}


def ask(text: str, *before: str) -> tuple[State, Transition]:
    """The state after some texts, and the turn that one more leads to."""
    state = after(*before)
    return state, turn(state, text)
