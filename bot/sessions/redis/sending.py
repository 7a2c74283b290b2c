"""The outbox and the board in Redis."""

import asyncio
import os
import socket
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import uuid4

from bot.observing import Depth
from bot.sessions.base import Allowance, Clock, Parcel, StoredParcel, StoreUnavailable
from bot.sessions.bell import Bell
from bot.sessions.redis import lanes, scripts
from bot.sessions.redis.calling import Argument, Caller, Row
from bot.sessions.redis.keys import ALL_SHARDS, Shard, note_key, shard_of_lane

TEN_YEARS = 315_360_000.0


def parcel_arguments(parcels: Iterable[Parcel]) -> tuple[Argument, ...]:
    """The parcels as a script takes them."""
    return tuple(part for one in parcels for part in (one.id, one.door, one.lane, one.content))


@dataclass(frozen=True, slots=True)
class _Claim:
    """A lane that this process has: its entry in the stream, and how often that was handed out, this time included."""

    shard: Shard
    entry: bytes
    deliveries: bytes
    door: str
    lane: str


class RedisOutbox:
    """What waits to be sent, handed out to each process by the consumer group of a stream for each shard and door."""

    def __init__(self, caller: Callable[[], Caller], clock: Clock) -> None:
        self._caller = caller
        self._clock = clock
        self._bell = Bell()
        self._claims: dict[str, _Claim] = {}
        self._first = 0
        self._name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"

    def ring(self) -> None:
        """Wake who waits."""
        self._bell.ring()

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels, those of a lane in one write; one whose id waits already is not kept twice."""
        shards: dict[Shard, list[Parcel]] = {}
        for one in parcels:
            shards.setdefault(shard_of_lane(one.door, one.lane), []).append(one)
        await asyncio.gather(*(self._post(shard, posted) for shard, posted in shards.items()))
        self.ring()

    async def _post(self, shard: Shard, parcels: Sequence[Parcel]) -> None:
        arguments = (self._clock(), *parcel_arguments(parcels))
        await self._caller().count_kept(lanes.POST, [shard.key("outbox")], arguments)

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        """The first parcel of each lane of these doors, where it is due; for so many seconds nobody else's."""
        claimed: list[StoredParcel] = []
        self._first += 1  # no shard is always the last
        for turn in range(len(ALL_SHARDS)):
            shard = ALL_SHARDS[(self._first + turn) % len(ALL_SHARDS)]
            try:
                claimed += await self._claim(shard, doors, limit - len(claimed), seconds)
            except StoreUnavailable:  # of one node of a cluster, perhaps: what was claimed elsewhere is sent
                if not claimed:
                    raise
                break
            if len(claimed) >= limit:
                break
        return tuple(claimed)

    async def _claim(self, shard: Shard, doors: Collection[str], limit: int, seconds: float) -> Sequence[StoredParcel]:
        age = self._age_of_a_claim()
        terms = (self._clock(), limit, age + int(seconds * 1000), age, self._name)
        claimed: list[StoredParcel] = []
        for *row, entry, deliveries in await self._rows(shard, lanes.CLAIM, *terms, *sorted(doors)):
            claimed.append(stored := _parcel(row))
            self._claims[stored.parcel.id] = _Claim(shard, entry, deliveries, stored.parcel.door, stored.parcel.lane)
        return claimed

    def _age_of_a_claim(self) -> int:
        """How old a new claim is said to be (milliseconds): 0, for Redis measures its age by its own clock.

        Where a test moves the clock, as much as Redis's is ahead of it, so that the test's is what counts. Ten years
        are added, for a claim can be old in Redis, but not of tomorrow.
        """
        return 0 if self._clock is time.time else int((TEN_YEARS + time.time() - self._clock()) * 1000)

    async def done(self, parcel_id: str) -> None:
        """Remove what was sent."""
        await self._settle("done", parcel_id)

    async def put_off(self, parcel_id: str, seconds: float, why: str) -> None:
        """Let it be tried again after so many seconds, and count the attempt."""
        await self._settle("put off", parcel_id, seconds, why)

    async def bury(self, parcel_id: str, why: str) -> None:
        """Keep it as dead: it is not tried again, and its lane goes on."""
        await self._settle("bury", parcel_id, why=why)

    async def waiting(self) -> tuple[StoredParcel, ...]:
        """All parcels, the dead ones too, the oldest first."""
        rows = [row for shard in ALL_SHARDS for row in await self._rows(shard, lanes.WAITING)]
        return tuple(_parcel(row) for row in sorted(rows, key=_age))

    async def depths(self) -> tuple[Depth, ...]:
        """How much waits and how much is dead, for each door that has any, by name."""
        rows = [row for shard in ALL_SHARDS for row in await self._rows(shard, lanes.DEPTHS)]
        return tuple(_depth(door, rows) for door in sorted({row[0] for row in rows}))

    async def retry(self, parcel_id: str) -> bool:
        """Let it be tried now, as if for the first time; False when there is none of this id."""
        return await self._settle_anywhere("retry", parcel_id)

    async def drop(self, parcel_id: str) -> bool:
        """Remove it unsent; False when there is none of this id."""
        return await self._settle_anywhere("done", parcel_id)

    async def wait(self, seconds: float) -> None:
        """Return when something was posted or settled here, or after so many seconds."""
        await self._bell.wait(seconds)

    async def remove_old(self, before: float) -> int:
        """Remove what was posted before; how many there were."""
        return sum([await self._count(shard, lanes.REMOVE_OLD, before) for shard in ALL_SHARDS])

    async def tidy(self, silent: float) -> int:
        """Remove who claims nothing and was silent for so many seconds, and mend what was deleted by hand."""
        return sum([await self._count(shard, lanes.TIDY, int(silent * 1000)) for shard in ALL_SHARDS])

    async def _settle(self, how: str, parcel_id: str, seconds: float = 0.0, why: str = "") -> None:
        """Settle what was claimed here; it counts for as long as nobody else has taken the lane over."""
        if (claim := self._claims.get(parcel_id)) is None:
            await self._settle_anywhere(how, parcel_id, seconds, why)
            return
        now = self._clock()
        ours = (self._name, claim.entry, claim.deliveries, claim.door, claim.lane)
        await self._count(claim.shard, lanes.SETTLE, how, parcel_id, now, now + seconds, why, *ours)
        if self._claims.get(parcel_id) is claim:
            del self._claims[parcel_id]
        self.ring()

    async def _settle_anywhere(self, how: str, parcel_id: str, seconds: float = 0.0, why: str = "") -> bool:
        """Settle what nobody has, or what is so whoever has it; False when there is none of this id."""
        now = self._clock()
        for shard in ALL_SHARDS:
            if await self._count(shard, lanes.SETTLE, how, parcel_id, now, now + seconds, why, *[""] * 5):
                self.ring()
                return True
        return False

    async def _count(self, shard: Shard, script: str, *arguments: Argument) -> int:
        return await self._caller().count(script, [shard.key("outbox")], arguments)

    async def _rows(self, shard: Shard, script: str, *arguments: Argument) -> Sequence[Row]:
        return await self._caller().rows(script, [shard.key("outbox")], arguments)


class RedisBoard:
    """What the replicas share."""

    def __init__(self, caller: Callable[[], Caller], clock: Clock) -> None:
        self._caller = caller
        self._clock = clock

    async def read_note(self, name: str) -> bytes | None:
        """What was written under the name; None when there is nothing, or no longer."""
        kept = await self._caller().get(note_key(name))
        until, _, value = (kept or b"0 ").partition(b" ")
        return value if float(until) > self._clock() else None

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it under the name, for so many seconds."""
        until = repr(self._clock() + seconds).encode()
        await self._caller().put(note_key(name), until + b" " + value, seconds)

    async def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew what only one may hold; False while another one holds it."""
        now = self._clock()
        arguments = (now, now + seconds, holder, max(1, int(seconds * 1000)))
        return bool(await self._caller().count(scripts.TAKE_LEASE, [note_key(name)], arguments))

    async def drop_lease(self, name: str, holder: str) -> None:
        """Let go of it, if this holder has it."""
        await self._caller().count(scripts.DROP_LEASE, [note_key(name)], [holder])

    async def spend(self, name: str, allowances: Sequence[Allowance]) -> float:
        """Take one from a shared budget; 0.0 when it was there, else the seconds to wait for it."""
        longest = int(max((one.seconds for one in allowances), default=1.0) * 1000)
        each: tuple[Argument, ...] = tuple(chain.from_iterable((one.count, one.seconds) for one in allowances))
        arguments = (self._clock(), uuid4().hex, longest, *each)
        return await self._caller().count(scripts.SPEND, [note_key(name)], arguments) / 1000


def _parcel(row: Row) -> StoredParcel:
    name, door, lane, content, at, due, attempts, why, is_dead, _ = row
    parcel = Parcel(name.decode(), door.decode(), lane.decode(), content)
    return StoredParcel(parcel, float(at), float(due), int(attempts), why.decode(), is_dead == b"1")


def _depth(door: bytes, rows: Iterable[Row]) -> Depth:
    """What the shards have of a door, taken together."""
    of_door = [row for row in rows if row[0] == door]
    oldest = min((float(row[3]) for row in of_door if int(row[1])), default=0.0)
    return Depth(door.decode(), sum(int(row[1]) for row in of_door), sum(int(row[2]) for row in of_door), oldest)


def _age(row: Row) -> tuple[float, int]:
    """When it was posted, and as the how manieth of its shard."""
    return float(row[4]), int(row[9])
