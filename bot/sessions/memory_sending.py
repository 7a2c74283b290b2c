"""The outbox and the board in memory, gone with the process."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.observing import Depth
from bot.sessions.allowing import take
from bot.sessions.base import Allowance, Clock, Parcel, StoredParcel
from bot.sessions.bell import Bell


class MemoryOutbox:
    """What waits to be sent."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bell = Bell()
        self._kept: dict[str, StoredParcel] = {}

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels; one whose id waits already is not kept twice."""
        self.add(parcels)

    def add(self, parcels: Iterable[Parcel]) -> None:
        """Keep the parcels, within the step that a turn takes."""
        now = self._clock()
        for one in parcels:
            self._kept.setdefault(one.id, StoredParcel(one, now, now))
        self._bell.ring()

    def remove(self, ids: Iterable[str]) -> None:
        """Remove parcels, within the step that a turn takes."""
        for one in ids:
            self._kept.pop(one, None)

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        """The first parcel of each lane of these doors, where it is due; for so many seconds nobody else's."""
        now = self._clock()
        first: dict[tuple[str, str], StoredParcel] = {}
        for one in self._kept.values():
            if not one.is_dead:
                first.setdefault((one.parcel.door, one.parcel.lane), one)
        due = [one for one in first.values() if one.due <= now and one.parcel.door in doors][:limit]
        for one in due:
            self._kept[one.parcel.id] = replace(one, due=now + seconds)
        return tuple(due)

    async def done(self, parcel_id: str) -> None:
        """Remove what was sent."""
        await self.drop(parcel_id)

    async def put_off(self, parcel_id: str, seconds: float, why: str) -> None:
        """Let it be tried again after so many seconds, and count the attempt."""
        if (one := self._kept.get(parcel_id)) is not None:
            self._change(replace(one, due=self._clock() + seconds, attempts=one.attempts + 1, why=why))

    async def bury(self, parcel_id: str, why: str) -> None:
        """Keep it as dead: it is not tried again, and its lane goes on."""
        if (one := self._kept.get(parcel_id)) is not None:
            self._change(replace(one, is_dead=True, attempts=one.attempts + 1, why=why))

    async def waiting(self) -> tuple[StoredParcel, ...]:
        """All parcels, the dead ones too, in the order in which they were posted."""
        return tuple(self._kept.values())

    async def depths(self) -> tuple[Depth, ...]:
        """How much waits and how much is dead, for each door that has any, by name."""
        return tuple(self._depth(door) for door in sorted({one.parcel.door for one in self._kept.values()}))

    def _depth(self, door: str) -> Depth:
        kept = [one for one in self._kept.values() if one.parcel.door == door]
        waiting = [one.at for one in kept if not one.is_dead]
        return Depth(door, len(waiting), len(kept) - len(waiting), min(waiting, default=0.0))

    async def retry(self, parcel_id: str) -> bool:
        """Let it be tried now, as if for the first time; False when there is none of this id."""
        if (one := self._kept.get(parcel_id)) is None:
            return False
        now = self._clock()
        self._change(StoredParcel(one.parcel, now, now))
        return True

    async def drop(self, parcel_id: str) -> bool:
        """Remove it unsent; False when there is none of this id."""
        is_there = self._kept.pop(parcel_id, None) is not None
        self._bell.ring()
        return is_there

    async def wait(self, seconds: float) -> None:
        """Return when something was posted or settled here, or after so many seconds."""
        await self._bell.wait(seconds)

    def _change(self, one: StoredParcel) -> None:
        self._kept[one.parcel.id] = one
        self._bell.ring()


class MemoryBoard:
    """What would be shared by replicas, if there were any."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._notes: dict[str, tuple[bytes, float]] = {}

    async def read_note(self, name: str) -> bytes | None:
        """What was written under the name; None when there is nothing, or no longer."""
        return self._read(name)

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it under the name, for so many seconds."""
        self._write(name, value, seconds)

    async def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew what only one may hold; False while another one holds it."""
        if self._read(name) not in (None, holder.encode()):
            return False
        self._write(name, holder.encode(), seconds)
        return True

    async def drop_lease(self, name: str, holder: str) -> None:
        """Let go of it, if this holder has it."""
        if self._read(name) == holder.encode():
            del self._notes[name]

    async def spend(self, name: str, allowances: Sequence[Allowance]) -> float:
        """Take one from a budget; 0.0 when it was there, else the seconds to wait for it."""
        kept, wait = take(self._read(name) or b"", allowances, self._clock())
        if not wait:
            self._write(name, kept, max((one.seconds for one in allowances), default=0.0))
        return wait

    def _read(self, name: str) -> bytes | None:
        value, until = self._notes.get(name, (b"", 0.0))
        return value if until > self._clock() else None

    def _write(self, name: str, value: bytes, seconds: float) -> None:
        self._notes[name] = (value, self._clock() + seconds)
