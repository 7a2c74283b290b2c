"""Failover while what waits is sent by two processes: all of it goes out, in the order of each receiver."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.metrics import Metrics
from bot.outbox import CLAIM_SECONDS, Dispatcher, Outcome, Sent
from bot.sessions.base import Parcel
from bot.sessions.redis.store import RedisStore
from tests.redis_servers import Server
from tests.sessions.redis.groups import Cluster, Watched
from tests.sessions.redis.load import Load
from tests.waiting import until

# redis-py drops its sockets to a server that died without closing them
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@dataclass(slots=True)
class Platform:
    """What it got, for each receiver in the order in which it came first, and a clock for all."""

    got: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ahead: float = 0.0

    def clock(self) -> float:
        return time.time() + self.ahead

    async def has(self, lane: str, count: int) -> None:
        """Return when it got so many of a receiver's."""
        await until(lambda: len(self.got[lane]) >= count)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        assert attempt == 0, "it refuses nothing"
        await asyncio.sleep(0.001)
        if parcel.id not in self.got[parcel.lane]:
            self.got[parcel.lane].append(parcel.id)
        return Sent()


@asynccontextmanager
async def sending(address: str, platform: Platform) -> AsyncIterator[RedisStore]:
    """Two processes that send, as far as it matters."""
    async with AsyncExitStack() as stack:
        stores = [RedisStore(address, keep_days=30, clock=platform.clock) for _ in range(2)]
        for store in stores:
            await store.open()
            stack.push_async_callback(store.close)
            dispatcher = Dispatcher(store.outbox, {"wecom": platform}, Metrics(), platform.clock, poll=0.1)
            task = asyncio.create_task(dispatcher.run())
            stack.push_async_callback(asyncio.wait, [task])
            stack.callback(task.cancel)
        yield stores[0]


async def run_through(store: RedisStore, primary: Server, repair: Callable[[], None] | None = None) -> Load:
    """Turns, in the middle of which the primary loses its power."""
    load = Load(store)
    task = asyncio.create_task(load.run())
    await load.until(10)
    primary.kill()
    if repair is not None:
        await asyncio.to_thread(repair)
    await load.until(10)
    load.is_over = True
    await task
    return load


async def is_all_sent(load: Load, platform: Platform) -> None:
    platform.ahead += CLAIM_SECONDS + 1  # that something was settled may be lost: then the claim must end
    for talk in load.talks:
        lane = talk.key.conversation
        await platform.has(lane, talk.acknowledged)
        assert platform.got[lane] == [f"{lane}:m{number}" for number in range(talk.acknowledged)]


async def test_sentinels_put_a_replica_in_the_place_of_the_primary(watched: Watched) -> None:
    platform = Platform()
    async with sending(watched.address + "?wait=1", platform) as store:
        load = await run_through(store, watched.primary)

        await is_all_sent(load, platform)


async def test_a_node_of_a_cluster_fails(cluster: Cluster) -> None:
    platform, primary = Platform(), cluster.a_primary()
    async with sending(cluster.address + "?wait=1", platform) as store:
        load = await run_through(store, primary, lambda: cluster.bring_back(primary))

        await is_all_sent(load, platform)


async def test_what_a_dead_process_had_is_taken_over_in_a_cluster(cluster: Cluster) -> None:
    platform = Platform()
    dead, living = (RedisStore(cluster.address, keep_days=30, clock=platform.clock) for _ in range(2))
    await dead.open()
    await living.open()
    await dead.outbox.post([Parcel(f"p{n}", "wecom", f"user{n}", b"") for n in range(40)])
    assert len(await dead.outbox.claim(["wecom"], 64, 60.0)) == 40
    await dead.close()

    assert await living.outbox.claim(["wecom"], 64, 60.0) == ()
    platform.ahead += 61
    assert len(await living.outbox.claim(["wecom"], 64, 60.0)) == 40

    await living.outbox.tidy(0.0)
    await living.close()
