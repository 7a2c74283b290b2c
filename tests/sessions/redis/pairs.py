"""Two processes' stores on one Redis, whose clock is the only one, and what they claim."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.sessions.base import Parcel, StoredParcel
from bot.sessions.redis.keys import shard_of_lane
from bot.sessions.redis.store import RedisStore
from tests.redis_servers import Server
from tests.sessions.redis.looking import Look, looking_at

LANE = "zhangsan"
SHARD = shard_of_lane("wecom", LANE)
MINUTE = 60.0
SHORT = 0.05


def parcel(name: str, lane: str = LANE) -> Parcel:
    return Parcel(name, "wecom", lane, b"")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two, and a look into their Redis."""

    server: Server
    one: RedisStore
    other: RedisStore
    look: Look


@asynccontextmanager
async def paired(server: Server) -> AsyncIterator[Pair]:
    """A pair on an empty server."""
    server.ask("FLUSHALL")
    async with AsyncExitStack() as stack:
        stores = [RedisStore(server.address, keep_days=30) for _ in range(2)]
        for store in stores:
            await store.open()
            stack.push_async_callback(store.close)
        yield Pair(server, stores[0], stores[1], stack.enter_context(looking_at(server.address)))


async def claim(store: RedisStore, seconds: float = MINUTE) -> list[str]:
    return [one.parcel.id for one in await store.outbox.claim(["wecom"], 10, seconds)]


async def claim_late(store: RedisStore) -> tuple[StoredParcel, ...]:
    """What is claimed once the claims of others, of so short a time, are over."""
    await asyncio.sleep(SHORT + 0.02)
    return await store.outbox.claim(["wecom"], 10, SHORT)


async def attempts(store: RedisStore) -> list[tuple[str, int, bool]]:
    return [(one.parcel.id, one.attempts, one.is_dead) for one in await store.outbox.waiting()]
