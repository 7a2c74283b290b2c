"""Short ways to hold a conversation with the pure dialog."""

from datetime import UTC, datetime

from bot.dialog.machine import Transition, advance
from bot.dialog.state import State
from tests.content_fixture import shipped_bundle

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)


def turn(state: State, text: str, now: datetime = NOW) -> Transition:
    """The turn that a text leads to."""
    return advance(state, text, now, shipped_bundle().guide)


def after(*texts: str) -> State:
    """The state after these texts, said one after the other."""
    state = State()
    for text in texts:
        state = turn(state, text).state
    return state
