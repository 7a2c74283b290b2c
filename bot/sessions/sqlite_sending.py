"""The outbox and the board in the file of the conversations, written together with the turns."""

from collections.abc import Awaitable, Collection, Sequence
from functools import partial
from typing import Protocol, TypeVar

from bot.observing import Depth
from bot.sessions import note_rows, parcel_rows
from bot.sessions.base import Allowance, Clock, Parcel, StoredParcel
from bot.sessions.bell import Bell
from bot.sessions.file import Job

T = TypeVar("T")


class Tables(Protocol):
    """The open file, as these two use it."""

    def read(self, query: Job[T]) -> Awaitable[T]:
        """What the query returns."""

    def survey(self, query: Job[T]) -> Awaitable[T]:
        """What a long query returns, made beside the event loop."""

    def write(self, job: Job[T]) -> Awaitable[T]:
        """What the job returns, once all that it wrote is durable."""


class SqliteOutbox:
    """What waits to be sent."""

    def __init__(self, tables: Tables, clock: Clock, bell: Bell) -> None:
        self._tables = tables
        self._clock = clock
        self._bell = bell

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels in one durable write; one whose id waits already is not kept twice."""
        await self._tables.write(partial(parcel_rows.post, parcels=tuple(parcels), now=self._clock()))
        self._bell.ring()

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        """The first parcel of each lane of these doors, where it is due; for so many seconds nobody else's."""
        if not await self._tables.read(partial(parcel_rows.has_due, now=self._clock())):
            return ()  # without a write, for this is asked every second
        claim = partial(parcel_rows.claim, doors=tuple(doors), limit=limit, seconds=seconds)
        return await self._tables.write(partial(claim, now=self._clock()))

    async def done(self, parcel_id: str) -> None:
        """Remove what was sent."""
        await self._settle(partial(parcel_rows.drop, parcel_id=parcel_id))

    async def put_off(self, parcel_id: str, seconds: float, why: str) -> None:
        """Let it be tried again after so many seconds, and count the attempt."""
        due = self._clock() + seconds
        await self._settle(partial(parcel_rows.put_off, parcel_id=parcel_id, due=due, why=why))

    async def bury(self, parcel_id: str, why: str) -> None:
        """Keep it as dead: it is not tried again, and its lane goes on."""
        await self._settle(partial(parcel_rows.bury, parcel_id=parcel_id, why=why))

    async def waiting(self) -> tuple[StoredParcel, ...]:
        """All parcels, the dead ones too, in the order in which they were posted."""
        return await self._tables.read(parcel_rows.waiting)

    async def depths(self) -> tuple[Depth, ...]:
        """How much waits and how much is dead, for each door that has any, by name."""
        return await self._tables.survey(parcel_rows.depths)

    async def retry(self, parcel_id: str) -> bool:
        """Let it be tried now, as if for the first time; False when there is none of this id."""
        return await self._settle(partial(parcel_rows.retry, parcel_id=parcel_id, now=self._clock()))

    async def drop(self, parcel_id: str) -> bool:
        """Remove it unsent; False when there is none of this id."""
        return await self._settle(partial(parcel_rows.drop, parcel_id=parcel_id))

    async def wait(self, seconds: float) -> None:
        """Return when something was posted or settled here, or after so many seconds."""
        await self._bell.wait(seconds)

    async def _settle(self, job: Job[T]) -> T:
        outcome = await self._tables.write(job)
        self._bell.ring()
        return outcome


class SqliteBoard:
    """What the replicas share."""

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    async def read_note(self, name: str) -> bytes | None:
        """What was written under the name; None when there is nothing, or no longer."""
        return await self._tables.read(partial(note_rows.read, name=name, now=self._clock()))

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it under the name, for so many seconds."""
        await self._tables.write(partial(note_rows.write, name=name, value=value, until=self._clock() + seconds))

    async def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew what only one may hold; False while another one holds it."""
        take = partial(note_rows.take_lease, name=name, holder=holder.encode(), seconds=seconds)
        return await self._tables.write(partial(take, now=self._clock()))

    async def drop_lease(self, name: str, holder: str) -> None:
        """Let go of it, if this holder has it."""
        await self._tables.write(partial(note_rows.drop_lease, name=name, holder=holder.encode()))

    async def spend(self, name: str, allowances: Sequence[Allowance]) -> float:
        """Take one from a shared budget; 0.0 when it was there, else the seconds to wait for it."""
        spend = partial(note_rows.spend, name=name, allowances=tuple(allowances))
        return await self._tables.write(partial(spend, now=self._clock()))
