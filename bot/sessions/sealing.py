"""A store that keeps nothing readable of what was said: it seals contents on their way into another store.

Sealed are conversations, replies, hand-offs, the contents of parcels and notes. Names of conversations, message ids,
lanes and times stay as they are, for the store finds and orders by them. What has no content is the other store's own.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.sessions.base import (
    DAY,
    Board,
    Outbox,
    Parcel,
    SessionKey,
    Store,
    StoredHandOff,
    StoredParcel,
    StoredSession,
    TurnRecord,
)
from bot.sessions.key_ring import Damaged, KeyMissing, KeyRing, row_of

CANARY = "sealing"
CANARY_SECONDS = 400.0 * DAY
KEY_MISSING = "sealed with a key that is not set"
RETRY_SECONDS = 60.0


def open_state(ring: KeyRing, key: SessionKey, kept: bytes) -> bytes:
    """What is kept of a conversation; the sealed bytes themselves where they are damaged. Raises KeyMissing."""
    return _open(ring, _row("state", key), kept)


class SealedStore:
    """A Store over another one; without a key it reads what was never sealed and refuses what was."""

    def __init__(self, store: Store, ring: KeyRing) -> None:
        self._store = store
        self._ring = ring
        self.outbox = SealedOutbox(store.outbox, ring)
        self.board = SealedBoard(store.board, ring)
        self.close_hand_off = store.close_hand_off
        self.purge, self.check, self.close = store.purge, store.check, store.close
        self.count_since = store.count_since

    async def open(self) -> None:
        """Make the store ready; raises KeyMissing when it was sealed with a key that is not set."""
        await self._store.open()
        try:
            await self._compare_keys()
        except BaseException:
            await self._store.close()
            raise

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept of the conversation, with the reply to a message of this id."""
        kept = await self._store.load(key, message_id)
        state = None if kept.state is None else open_state(self._ring, key, kept.state)
        reply = None if kept.reply is None else _open(self._ring, _row("reply", key, message_id), kept.reply)
        return StoredSession(state, kept.version, reply)

    async def commit(self, turn: TurnRecord) -> None:
        """Keep state and reply, sealed, in one atomic, durable write."""
        await self._store.commit(self._sealed(turn) if self._ring else turn)

    async def hand_offs(self) -> tuple[StoredHandOff, ...]:
        """All that waits for a person, the oldest first."""
        return tuple(
            replace(one, content=_open(self._ring, _row("hand-off", one.key, one.number), one.content))
            for one in await self._store.hand_offs()
        )

    async def _compare_keys(self) -> None:
        """A wrong key is told at the start, before anything is sealed with it."""
        kept = await self._store.board.read_note(CANARY)
        if kept is not None:
            self._ring.open(row_of("note", CANARY), kept)
        if self._ring and (kept is None or not self._ring.is_of_first(kept)):
            await self.board.write_note(CANARY, b"policybot", CANARY_SECONDS)

    def _sealed(self, turn: TurnRecord) -> TurnRecord:
        seal, key, asked = self._ring.seal, turn.key, turn.hand_off
        state = None if turn.state is None else seal(_row("state", key), turn.state)
        aside = None if turn.unreadable is None else seal(_row("state", key), turn.unreadable)
        if asked is not None:
            asked = replace(asked, content=seal(_row("hand-off", key, asked.number), asked.content))
        return replace(
            turn,
            state=state,
            reply=seal(_row("reply", key, turn.message_id), turn.reply),
            unreadable=aside,
            hand_off=asked,
            parcels=_seal_parcels(self._ring, turn.parcels),
        )


class SealedOutbox:
    """An Outbox over another one."""

    def __init__(self, outbox: Outbox, ring: KeyRing) -> None:
        self._outbox = outbox
        self._ring = ring
        self.done, self.put_off, self.bury = outbox.done, outbox.put_off, outbox.bury
        self.retry, self.drop = outbox.retry, outbox.drop
        self.depths, self.wait = outbox.depths, outbox.wait

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels, sealed, in one durable write."""
        await self._outbox.post(_seal_parcels(self._ring, parcels))

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        """So many parcels that are due; one whose key is not set waits, and the others go on."""
        claimed: list[StoredParcel] = []
        for stored in await self._outbox.claim(doors, limit, seconds):
            try:
                claimed.append(self._opened(stored))
            except KeyMissing:
                await self._outbox.put_off(stored.parcel.id, RETRY_SECONDS, KEY_MISSING)
        return tuple(claimed)

    async def waiting(self) -> tuple[StoredParcel, ...]:
        """All parcels, the dead ones too, in the order in which they were posted; raises KeyMissing."""
        return tuple(self._opened(stored) for stored in await self._outbox.waiting())

    def _opened(self, stored: StoredParcel) -> StoredParcel:
        parcel = stored.parcel
        return replace(stored, parcel=replace(parcel, content=_open(self._ring, _parcel_row(parcel), parcel.content)))


class SealedBoard:
    """A Board over another one: notes hold tokens and what was said, so they are sealed too."""

    def __init__(self, board: Board, ring: KeyRing) -> None:
        self._board = board
        self._ring = ring
        self.take_lease, self.drop_lease, self.spend = board.take_lease, board.drop_lease, board.spend

    async def read_note(self, name: str) -> bytes | None:
        """What was written under the name; a damaged note is none, for every note can be made again."""
        kept = await self._board.read_note(name)
        try:
            return None if kept is None else self._ring.open(row_of("note", name), kept)
        except Damaged:
            return None

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it under the name, sealed, for so many seconds."""
        await self._board.write_note(name, self._ring.seal(row_of("note", name), value), seconds)


def _open(ring: KeyRing, row: bytes, kept: bytes) -> bytes:
    """The content; of a damaged one the bytes as they are, which their reader then calls damaged and sets aside."""
    try:
        return ring.open(row, kept)
    except Damaged:
        return kept


def _row(kind: str, key: SessionKey, *names: str) -> bytes:
    return row_of(kind, key.channel, key.conversation, *names)


def _parcel_row(parcel: Parcel) -> bytes:
    return row_of("parcel", parcel.id, parcel.door, parcel.lane)


def _seal_parcels(ring: KeyRing, parcels: Sequence[Parcel]) -> tuple[Parcel, ...]:
    return tuple(replace(one, content=ring.seal(_parcel_row(one), one.content)) for one in parcels)
