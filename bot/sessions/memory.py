"""Conversations kept in memory, gone with the process: for one run of the command line and for tests."""

import time
from dataclasses import dataclass, field

from bot.sessions.base import (
    DAY,
    KEPT_REPLIES,
    Clock,
    SessionConflict,
    SessionKey,
    StoredHandOff,
    StoredSession,
    StoreUnavailable,
    TurnRecord,
)
from bot.sessions.memory_sending import MemoryBoard, MemoryOutbox


@dataclass(slots=True)
class _Kept:
    version: int = 0
    state: bytes | None = None
    replies: dict[str, bytes] = field(default_factory=dict)
    unreadable: list[bytes] = field(default_factory=list)
    hand_offs: dict[str, StoredHandOff] = field(default_factory=dict)
    touched: int = 0
    parcels: tuple[str, ...] = ()
    """The ids of those that were posted with its turns, sent ones too."""


class MemoryStore:
    """A SessionStore that writes nothing to a disk."""

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._kept: dict[SessionKey, _Kept] = {}
        self._is_open = False
        self.outbox = MemoryOutbox(clock)
        self.board = MemoryBoard(clock)

    async def open(self) -> None:
        """Make the store ready."""
        self._is_open = True

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept of the conversation, with the reply to a message of this id."""
        self._require_open()
        kept = self._kept.get(key, _Kept())
        return StoredSession(kept.state, kept.version, kept.replies.get(message_id))

    async def commit(self, turn: TurnRecord) -> None:
        """Keep state and reply; SessionConflict when the version has moved on or the message is done."""
        self._require_open()
        kept = self._kept.get(turn.key, _Kept())
        if kept.version != turn.version or turn.message_id in kept.replies:
            raise SessionConflict(turn.key)
        if turn.state is None:
            self.outbox.remove(kept.parcels)
        self.outbox.add(turn.parcels)
        self._kept[turn.key] = _after(kept, turn, int(self._clock()))

    async def hand_offs(self) -> tuple[StoredHandOff, ...]:
        """All that waits for a person, the oldest first."""
        self._require_open()
        every = (one for kept in self._kept.values() for one in kept.hand_offs.values())
        return tuple(sorted(every, key=lambda one: one.at))

    async def close_hand_off(self, number: str) -> bool:
        """Remove what was handed over under this number; False when there is nothing of it."""
        self._require_open()
        closed = [kept.hand_offs.pop(number, None) for kept in self._kept.values()]
        return any(one is not None for one in closed)

    async def purge(self, days: int) -> int:
        """Remove all that is kept of conversations without a turn for so many days; how many there were."""
        self._require_open()
        before = int(self._clock()) - days * DAY
        old = [key for key, kept in self._kept.items() if kept.touched < before]
        removed = [self._kept.pop(key) for key in old]
        self.outbox.remove(parcel for kept in removed for parcel in kept.parcels)
        return sum(kept.state is not None for kept in removed)

    async def count_since(self, moment: float) -> int:
        """How many conversations had a turn since then, removed ones too."""
        self._require_open()
        return sum(kept.touched >= int(moment) for kept in self._kept.values())

    async def check(self) -> None:
        """Return when the store is open."""
        self._require_open()

    async def close(self) -> None:
        """Forget everything."""
        self._is_open = False
        self._kept.clear()

    def _require_open(self) -> None:
        if not self._is_open:
            raise StoreUnavailable("没有打开")


def _after(kept: _Kept, turn: TurnRecord, now: int) -> _Kept:
    posted = tuple(one.id for one in turn.parcels)
    if turn.state is None:
        return _Kept(turn.version + 1, None, {turn.message_id: turn.reply}, touched=now, parcels=posted)
    earlier = list(kept.replies.items())[1 - KEPT_REPLIES :]
    aside = kept.unreadable if turn.unreadable is None else [*kept.unreadable, turn.unreadable]
    waiting = dict(kept.hand_offs)
    if (asked := turn.hand_off) is not None:
        waiting[asked.number] = StoredHandOff(asked.number, turn.key, now, asked.content)
    replies = {**dict(earlier), turn.message_id: turn.reply}
    return _Kept(turn.version + 1, turn.state, replies, aside, waiting, now, (*kept.parcels, *posted))
