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
class Part:
    """A span of a turn that belongs to a stage: so many seconds after the turn began, for so many."""

    stage: Stage
    begin: float
    seconds: float


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One turn in figures. `conversation` and `posted` name a person: they are hashed, or not written anywhere.

    `posted` are the ids of what is to be sent for it.
    """

    channel: str
    conversation: str
    ending: Ending
    seconds: float
    parts: tuple[Part, ...]
    marks: frozenset[Mark]
    content_version: str
    posted: tuple[str, ...] = ()

    @property
    def stages(self) -> Mapping[Stage, float]:
        """How many seconds went into each stage."""
        seconds: dict[Stage, float] = {}
        for part in self.parts:
            seconds[part.stage] = seconds.get(part.stage, 0.0) + part.seconds
        return seconds


@dataclass(frozen=True, slots=True)
class Sending:
    """One attempt to send something through a door, after so many others: how it ended, and how long it took.

    `parcel` is the id of what was to be sent; it may name a person.
    """

    parcel: str
    door: str
    outcome: str
    attempt: int
    seconds: float


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
        self._parts: list[Part] = []
        self.ending = Ending.CANCELLED
        self.marks: frozenset[Mark] = frozenset()
        self.content_version = ""
        self.posted: tuple[str, ...] = ()

    def begin(self) -> None:
        """It is this turn's time: what was before is waiting."""
        self._note(Stage.WAITING, self._start)

    def add(self, stages: Mapping[Stage, float]) -> None:
        """So many seconds went into these stages just now, one behind the other."""
        begin = self._clock() - self._start - sum(stages.values())
        for stage, seconds in stages.items():
            self._parts.append(Part(stage, begin, seconds))
            begin += seconds

    @contextmanager
    def timing(self, stage: Stage) -> Iterator[None]:
        """Time the block as part of a stage, whether it succeeds or fails."""
        start = self._clock()
        try:
            yield
        finally:
            self._note(stage, start)

    def _note(self, stage: Stage, start: float) -> None:
        self._parts.append(Part(stage, start - self._start, self._clock() - start))

    def tell(self, channel: str, conversation: str) -> TurnEvent:
        """The turn in figures, now that it has ended."""
        seconds = self._clock() - self._start
        return TurnEvent(
            channel,
            conversation,
            self.ending,
            seconds,
            tuple(self._parts),
            self.marks,
            self.content_version,
            self.posted,
        )
