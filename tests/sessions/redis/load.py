"""Turns that go on while Redis is in trouble, and what must be true of them afterwards."""

import asyncio
from dataclasses import dataclass, field

from bot.sessions.base import Parcel, SessionConflict, SessionKey, StoreUnavailable, TurnRecord
from bot.sessions.redis.store import RedisStore
from tests.waiting import until

PAUSE = 0.02


@dataclass(slots=True)
class Talk:
    """One conversation: its state is the number of its turns."""

    key: SessionKey
    acknowledged: int = 0
    failures: int = 0

    async def take_turn(self, store: RedisStore) -> None:
        """One turn as the bot takes it: tried again until it is kept."""
        message = f"m{self.acknowledged}"
        while not await self._try(store, message):  # noqa: ASYNC110 - Redis wakes nobody
            await asyncio.sleep(PAUSE)
        self.acknowledged += 1

    async def _try(self, store: RedisStore, message: str) -> bool:
        try:
            session = await store.load(self.key, message)
            if session.reply is not None:
                return True  # it was kept, only the answer was lost
            count = int(session.state or b"0") + 1
            parcel = Parcel(f"{self.key.conversation}:{message}", "wecom", self.key.conversation, b"x")
            turn = TurnRecord(self.key, message, session.version, str(count).encode(), b"ok", parcels=(parcel,))
            await store.commit(turn)
        except SessionConflict:
            return False
        except StoreUnavailable:
            self.failures += 1
            return False
        return True


@dataclass(slots=True)
class Load:
    """Some conversations side by side."""

    store: RedisStore
    talks: list[Talk] = field(default_factory=lambda: [Talk(SessionKey("web", f"c{n}")) for n in range(12)])
    is_over: bool = False

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for talk in self.talks:
                group.create_task(self._go_on(talk))

    async def _go_on(self, talk: Talk) -> None:
        while not self.is_over:
            await talk.take_turn(self.store)
            await asyncio.sleep(0.001)

    async def until(self, more: int) -> None:
        """Return when every conversation has so many turns more."""
        wanted = [talk.acknowledged + more for talk in self.talks]
        pairs = list(zip(self.talks, wanted, strict=True))
        await until(lambda: all(talk.acknowledged >= count for talk, count in pairs), 60)

    async def until_refused(self) -> None:
        """Return when a turn has met the trouble."""
        await until(lambda: any(talk.failures for talk in self.talks))

    async def lost_and_doubled(self) -> tuple[int, int]:
        """How many acknowledged turns are not in the store, and how many are in it twice."""
        lost = doubled = 0
        for talk in self.talks:
            session = await self.store.load(talk.key)
            count = int(session.state or b"0")
            lost += max(0, talk.acknowledged - count)
            doubled += max(0, count - talk.acknowledged)
        return lost, doubled

    async def parcels_missing(self) -> int:
        """How many of the parcels that the turns posted are not there."""
        waiting = {one.parcel.id for one in await self.store.outbox.waiting()}
        posted = {f"{talk.key.conversation}:m{n}" for talk in self.talks for n in range(talk.acknowledged)}
        return len(posted - waiting)
