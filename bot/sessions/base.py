"""What the bot needs of a place that keeps conversations."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.errors import SessionError
from bot.observing import Depth

KEPT_REPLIES = 200
"""Of a conversation the last so many replies are kept."""
DAYS_OF_REPLIES = 7
"""A reply is kept for so long: no platform asks for it later."""
DAY = 86_400
Clock = Callable[[], float]
"""The seconds since 1970."""


@dataclass(frozen=True, slots=True)
class SessionKey:
    """One conversation of one person on one channel."""

    channel: str
    conversation: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.conversation}"


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is kept of a conversation: its state (None: nothing yet) and the version that the next commit must name.

    `reply` is the one that a message got before, byte for byte; None when it is new.
    """

    state: bytes | None
    version: int
    reply: bytes | None = None


@dataclass(frozen=True, slots=True)
class HandOffRecord:
    """What a turn leaves for a person who goes on: the number that the user was told, and all that is handed over."""

    number: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredHandOff:
    """What waits for a person: whose conversation it is of, and when it was asked for last (seconds)."""

    number: str
    key: SessionKey
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One call that is to be made, kept until it is made.

    `id` is worked out from what caused it, so that a repeated cause has the same. `door` names who makes the call.
    Parcels of one door and `lane` (whom it goes to) are made in the order in which they were posted. `content` is the
    door's own.
    """

    id: str
    door: str
    lane: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredParcel:
    """A parcel that waits: since when and until when (seconds), how often it was tried, and why it was not made."""

    parcel: Parcel
    at: float
    due: float
    attempts: int = 0
    why: str = ""
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many in any span of so many seconds."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What one turn leaves behind, written in one atomic step.

    `state` None removes all that is kept of the conversation, stored replies of earlier turns, hand-offs and what still
    waited to be sent included. `version` is the one that was loaded. `unreadable` is a stored state that the turn could
    not read: it is kept aside, not lost. `hand_off` takes the place of an earlier one of this conversation with the
    same number. `parcels` are to be sent after it.
    """

    key: SessionKey
    message_id: str
    version: int
    state: bytes | None
    reply: bytes
    unreadable: bytes | None = None
    hand_off: HandOffRecord | None = None
    parcels: tuple[Parcel, ...] = ()


class SessionStore(Protocol):
    """Keeps conversations; every method may raise StoreUnavailable."""

    async def open(self) -> None:
        """Make the store ready; raises StoreUnavailable when it can't be used."""

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept of the conversation, with the reply to a message of this id."""

    async def commit(self, turn: TurnRecord) -> None:
        """Keep state and reply in one atomic, durable write.

        SessionConflict when the version has moved on, or when the message id already has a reply.
        """

    async def hand_offs(self) -> tuple[StoredHandOff, ...]:
        """All that waits for a person, the oldest first."""

    async def close_hand_off(self, number: str) -> bool:
        """Remove what was handed over under this number; False when there is nothing of it."""

    async def purge(self, days: int) -> int:
        """Remove all that is kept of conversations without a turn for so many days; how many there were."""

    async def count_since(self, moment: float) -> int:
        """How many conversations had a turn since then (seconds), a week back at most, removed ones too."""

    async def check(self) -> None:
        """Return when the store can be read and written."""

    async def close(self) -> None:
        """Finish all writes and let go of the store."""


class Outbox(Protocol):
    """What waits to be sent, shared by all replicas; every method may raise StoreUnavailable."""

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels in one durable write; one whose id waits already is not kept twice."""

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        """So many parcels of these doors at most that are due, and for so many seconds nobody else's.

        Of each lane only the first that is not dead, so that nothing overtakes.
        """

    async def done(self, parcel_id: str) -> None:
        """Remove what was sent."""

    async def put_off(self, parcel_id: str, seconds: float, why: str) -> None:
        """Let it be tried again after so many seconds, and count the attempt."""

    async def bury(self, parcel_id: str, why: str) -> None:
        """Keep it as dead: it is not tried again, and its lane goes on."""

    async def waiting(self) -> tuple[StoredParcel, ...]:
        """All parcels, the dead ones too, in the order in which they were posted."""

    async def depths(self) -> tuple[Depth, ...]:
        """How much waits and how much is dead, for each door that has any, by name."""

    async def retry(self, parcel_id: str) -> bool:
        """Let it be tried now, as if for the first time; False when there is none of this id."""

    async def drop(self, parcel_id: str) -> bool:
        """Remove it unsent; False when there is none of this id."""

    async def wait(self, seconds: float) -> None:
        """Return when something was posted or settled here, or after so many seconds."""


class Board(Protocol):
    """Small facts that all replicas share, each for a time; every method may raise StoreUnavailable."""

    async def read_note(self, name: str) -> bytes | None:
        """What was written under the name; None when there is nothing, or no longer."""

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it under the name, for so many seconds."""

    async def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew what only one may hold; False while another one holds it."""

    async def drop_lease(self, name: str, holder: str) -> None:
        """Let go of it, if this holder has it."""

    async def spend(self, name: str, allowances: Sequence[Allowance]) -> float:
        """Take one from a shared budget; 0.0 when it was there, else nothing is taken: the seconds to wait for it."""


class Store(SessionStore, Protocol):
    """All that the program keeps in one place."""

    @property
    def outbox(self) -> Outbox:
        """What waits to be sent."""

    @property
    def board(self) -> Board:
        """What the replicas share."""


Change = Callable[[tuple[str, ...], bytes], bytes]
"""What is to be kept instead of a content, of which it is told the kind and the names of its place."""


class Rewritable(Protocol):
    """A place whose contents can be put into another form while others read and write them."""

    async def rewrite(self, change: Change) -> int:
        """Keep what `change` makes of each content, in small steps; how many are other now.

        What somebody else writes meanwhile stays. Versions, times and what they put an end to stay as well.
        """


class StoreUnavailable(SessionError):
    """Raised when the store is locked, full, read-only or gone; `what` says which, for who runs the program."""

    def __init__(self, what: str) -> None:
        super().__init__(f"保存对话的地方用不了：{what}")
        self.what = what


class SessionConflict(SessionError):
    """Raised when another turn of the same conversation was faster; load again and repeat the turn."""

    def __init__(self, key: SessionKey) -> None:
        super().__init__(f"session {key} was changed by another turn")
        self.key = key


class SessionUnreadable(SessionError):
    """Raised when a stored session can't be read."""

    def __init__(self, key: SessionKey, why: str) -> None:
        super().__init__(f"session {key} can't be read: {why}; remove it, or run the version that wrote it")
        self.key = key
        self.why = why


class SessionDamaged(SessionUnreadable):
    """Raised when a stored session is not what was written."""


class SessionNewer(SessionUnreadable):
    """Raised when a later version wrote the session, as during a rolling update: nothing is wrong with it."""
