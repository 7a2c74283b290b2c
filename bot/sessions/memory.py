"""Conversations kept in memory, gone with the process: for one run of the command line and for tests."""

from dataclasses import dataclass, field

from bot.sessions.base import SessionConflict, SessionKey, StoredSession, StoreUnavailable, TurnRecord

KEPT_REPLIES = 200


@dataclass(slots=True)
class _Kept:
    version: int = 0
    state: bytes | None = None
    replies: dict[str, bytes] = field(default_factory=dict)
    unreadable: list[bytes] = field(default_factory=list)


class MemoryStore:
    """A SessionStore that writes nothing to a disk."""

    def __init__(self) -> None:
        self._kept: dict[SessionKey, _Kept] = {}
        self._is_open = False

    async def open(self) -> None:
        """Make the store ready."""
        self._is_open = True

    async def load(self, key: SessionKey) -> StoredSession:
        """What is kept of the conversation."""
        self._require_open()
        kept = self._kept.get(key, _Kept())
        return StoredSession(kept.state, kept.version)

    async def find_reply(self, key: SessionKey, message_id: str) -> bytes | None:
        """The reply that a message of this id got before, byte for byte."""
        self._require_open()
        return self._kept[key].replies.get(message_id) if key in self._kept else None

    async def commit(self, turn: TurnRecord) -> None:
        """Keep state and reply; SessionConflict when the version has moved on or the message is done."""
        self._require_open()
        kept = self._kept.get(turn.key, _Kept())
        if kept.version != turn.version or turn.message_id in kept.replies:
            raise SessionConflict(turn.key)
        self._kept[turn.key] = _after(kept, turn)

    async def check(self) -> None:
        """Return when the store is open."""
        self._require_open()

    async def close(self) -> None:
        """Forget everything."""
        self._is_open = False
        self._kept.clear()

    def _require_open(self) -> None:
        if not self._is_open:
            raise StoreUnavailable("it is not open")


def _after(kept: _Kept, turn: TurnRecord) -> _Kept:
    earlier = list(kept.replies.items())[1 - KEPT_REPLIES :] if turn.state is not None else []
    aside = kept.unreadable if turn.state is not None else []
    if turn.unreadable is not None and turn.state is not None:
        aside = [*aside, turn.unreadable]
    return _Kept(turn.version + 1, turn.state, {**dict(earlier), turn.message_id: turn.reply}, aside)
