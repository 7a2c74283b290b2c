"""What the bot needs of a place that keeps conversations."""

from dataclasses import dataclass
from typing import Protocol

from bot.errors import SessionError


@dataclass(frozen=True, slots=True)
class SessionKey:
    """One conversation of one person on one channel."""

    channel: str
    conversation: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.conversation}"


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is kept of a conversation: its state (None: nothing yet) and the version that the next commit must name."""

    state: bytes | None
    version: int


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
class TurnRecord:
    """What one turn leaves behind, written in one atomic step.

    `state` None removes all that is kept of the conversation, stored replies of earlier turns and hand-offs included.
    `version` is the one that was loaded. `unreadable` is a stored state that the turn could not read: it is kept aside,
    not lost. `hand_off` takes the place of an earlier one of this conversation with the same number.
    """

    key: SessionKey
    message_id: str
    version: int
    state: bytes | None
    reply: bytes
    unreadable: bytes | None = None
    hand_off: HandOffRecord | None = None


class SessionStore(Protocol):
    """Keeps conversations; every method may raise StoreUnavailable."""

    async def open(self) -> None:
        """Make the store ready; raises StoreUnavailable when it can't be used."""

    async def load(self, key: SessionKey) -> StoredSession:
        """What is kept of the conversation."""

    async def find_reply(self, key: SessionKey, message_id: str) -> bytes | None:
        """The reply that a message of this id got before, byte for byte."""

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

    async def check(self) -> None:
        """Return when the store can be read and written."""

    async def close(self) -> None:
        """Finish all writes and let go of the store."""


class StoreUnavailable(SessionError):
    """Raised when the store is locked, full, read-only or gone."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the session store can't be used: {what}")


class SessionConflict(SessionError):
    """Raised when another turn of the same conversation was faster; load again and repeat the turn."""

    def __init__(self, key: SessionKey) -> None:
        super().__init__(f"session {key} was changed by another turn")
        self.key = key


class SessionUnreadable(SessionError):
    """Raised when a stored session is damaged, or in a schema that this version does not read."""

    def __init__(self, key: SessionKey, why: str) -> None:
        super().__init__(f"session {key} can't be read: {why}; remove it, or run the version that wrote it")
        self.key = key
        self.why = why
