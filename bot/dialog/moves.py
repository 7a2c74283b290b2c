"""What a move of the conversation is: a new state, what is said, and how the turn goes on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.dialog.acts import Act
from bot.dialog.flows import Guide
from bot.dialog.state import State
from bot.understanding.meaning import Understanding


class Then(StrEnum):
    """How a turn goes on after a move."""

    NEXT = "next"
    """Decide the next question and put it, or show the result when none is left."""
    REPEAT = "repeat"
    """Put the pending question again, if there is one."""
    ASK = "ask"
    """Put the pending question as a new one."""
    STOP = "stop"
    """Say nothing more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a handler sees besides the state: the text as understood, the content, the day of the result."""

    meaning: Understanding
    guide: Guide
    on: date


@dataclass(frozen=True, slots=True)
class Move:
    """What one handler decided. `forget` removes all that is kept of the conversation."""

    state: State
    acts: tuple[Act, ...] = ()
    then: Then = Then.NEXT
    forget: bool = False


Handler = Callable[[State, Moment], Move | None]
"""One reading of a text: the move that it leads to, or None."""


def first_of(handlers: Iterable[Handler], state: State, moment: Moment) -> Move | None:
    """The move of the first handler that makes one."""
    for handle in handlers:
        if (move := handle(state, moment)) is not None:
            return move
    return None


def some_of(*acts: Act | None) -> tuple[Act, ...]:
    """The acts that there are."""
    return tuple(act for act in acts if act is not None)
