"""What an operator is told: how turns end and how long they take, what waits to be sent; nothing of what was said."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter


class Ending(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    """The message had been answered before: the stored reply was given."""
    UNAVAILABLE = "unavailable"
    """The store could not be used, or holds what only a newer version reads."""
    FAILED = "failed"
    """Something that nobody expected."""
    CANCELLED = "cancelled"
    """Who waited for the answer has gone."""


class Stage(StrEnum):
    """What a turn's time goes into."""

    WAITING = "waiting"
    """Another turn of the same conversation is in work."""
    THINKING = "thinking"
    """Understanding, matching, planning and deciding: one pure call."""
    RENDERING = "rendering"
    STORE = "store"


class Mark(StrEnum):
    """What an answered turn came to, as its acts tell."""

    NOT_UNDERSTOOD = "not_understood"
    NOT_FOUND = "not_found"
    """A question to which the knowledge has no answer."""
    OUT_OF_SCOPE = "out_of_scope"
    RESULT = "result"
    HAND_OFF = "hand_off"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One turn in figures. `conversation` names a person: it is hashed before it is written anywhere."""

    channel: str
    conversation: str
    ending: Ending
    seconds: float
    stages: Mapping[Stage, float]
    marks: frozenset[Mark]
    content_version: str


@dataclass(frozen=True, slots=True)
class Depth:
    """Of one door how much waits to be sent, how much was given up, and since when the oldest waits (0.0: nothing)."""

    door: str
    waiting: int
    dead: int
    oldest: float


Observer = Callable[[TurnEvent], None]


def ignore(_: TurnEvent) -> None:
    """Take no note."""


class Course:
    """Takes note of a turn while it goes on."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._start = clock()
        self._stages: dict[Stage, float] = {}
        self.ending = Ending.CANCELLED
        self.marks: frozenset[Mark] = frozenset()
        self.content_version = ""

    def begin(self) -> None:
        """It is this turn's time: what was before is waiting."""
        self.add({Stage.WAITING: self._clock() - self._start})

    def add(self, stages: Mapping[Stage, float]) -> None:
        """So many more seconds went into these stages."""
        for stage, seconds in stages.items():
            self._stages[stage] = self._stages.get(stage, 0.0) + seconds

    @contextmanager
    def timing(self, stage: Stage) -> Iterator[None]:
        """Time the block as part of a stage, whether it succeeds or fails."""
        start = self._clock()
        try:
            yield
        finally:
            self.add({stage: self._clock() - start})

    def tell(self, channel: str, conversation: str) -> TurnEvent:
        """The turn in figures, now that it has ended."""
        seconds = self._clock() - self._start
        return TurnEvent(
            channel, conversation, self.ending, seconds, dict(self._stages), self.marks, self.content_version
        )
