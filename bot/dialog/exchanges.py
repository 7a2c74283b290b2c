"""The last exchanges of a conversation: kept so that a person can go on where the bot stops."""

from dataclasses import replace
from datetime import datetime

from bot.dialog.state import Exchange, State

KEPT = 10
"""So many of the last exchanges are kept, as long as their conversation."""
LONGEST_SAID, LONGEST_ANSWER = 300, 200


def with_exchange(state: State, said: str, answered: str, at: datetime) -> State:
    """The state with what was said and answered last; the oldest exchange gives way."""
    if not said.strip():
        return state
    last = Exchange(at, _cut(said, LONGEST_SAID), _cut(answered, LONGEST_ANSWER))
    return replace(state, exchanges=(*state.exchanges, last)[-KEPT:])


def _cut(text: str, longest: int) -> str:
    bare = text.strip()
    return bare if len(bare) <= longest else f"{bare[:longest]}……"
