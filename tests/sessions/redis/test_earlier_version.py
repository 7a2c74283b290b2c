"""What the version before the streams left in Redis is taken up, and its processes can run beside ours for a time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from bot.sessions.base import Parcel, SessionKey
from bot.sessions.redis.keys import ALL_SHARDS
from bot.sessions.redis.store import SCHEMA, SCHEMA_KEY, RedisStore
from tests.contracts.stores import Clock
from tests.deploy.reading import DEPLOY
from tests.redis_servers import database_for
from tests.sessions.redis.earlier import EarlierOutbox, restore
from tests.sessions.redis.looking import looking_at

STORED = Path(__file__).parent / "stored" / "schema-1.json"
DOWNWARDS = DEPLOY / "redis-to-schema-1.lua"
LANE = "zhangsan"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return database_for(tmp_path)


@pytest_asyncio.fixture
async def earlier(address: str, clock: Clock) -> AsyncIterator[EarlierOutbox]:
    outbox = EarlierOutbox(address, clock)
    yield outbox
    await outbox.close()


@pytest_asyncio.fixture
async def store(address: str, clock: Clock) -> AsyncIterator[RedisStore]:
    store = RedisStore(address, keep_days=30, clock=clock)
    await store.open()
    yield store
    await store.close()


def parcel(name: str) -> Parcel:
    return Parcel(name, "wecom", LANE, b"")


def misplaced(address: str) -> list[str]:
    with looking_at(address) as look:
        return look.misplaced()


async def claim(store: RedisStore) -> set[str]:
    return {one.parcel.id for one in await store.outbox.claim(["wecom"], 10, 60.0)}


async def test_what_it_left_is_taken_up_when_its_time_has_come(address: str, clock: Clock) -> None:
    restore(address, STORED)
    store = RedisStore(address, keep_days=30, clock=clock)
    await store.open()

    assert (await store.load(SessionKey("web", "c1"), "m0")).reply == b"reply to m0"
    assert {one.parcel.id for one in await store.outbox.waiting() if one.is_dead} == {"dead"}
    assert await claim(store) == {"farewell", "after dead"}
    clock.now += 31
    assert await claim(store) == {"late"}
    clock.now += 28
    assert await claim(store) == set(), "its claim is not over"
    clock.now += 2
    assert "claimed" in await claim(store)
    await store.outbox.done("claimed")
    assert await claim(store) == {"after claimed"}
    assert misplaced(address) == []
    await store.close()


async def test_its_keys_are_of_the_present_schema_from_then_on(address: str) -> None:
    restore(address, STORED)
    store = RedisStore(address, keep_days=30)

    await store.open()

    with Redis.from_url(address) as plain:
        assert plain.get(SCHEMA_KEY) == SCHEMA
    await store.close()


async def test_neither_takes_what_the_other_one_has(earlier: EarlierOutbox, store: RedisStore) -> None:
    await earlier.post("lisi", "theirs")
    assert await earlier.claim(10, 60.0) == [("lisi", "theirs")]
    await store.outbox.post([parcel("ours")])

    assert await claim(store) == {"ours"}
    assert await earlier.claim(10, 60.0) == []


async def test_a_lane_that_both_post_to_is_in_one_hand_at_a_time_and_keeps_its_order(
    earlier: EarlierOutbox, store: RedisStore, address: str
) -> None:
    await earlier.post(LANE, "1")
    await store.outbox.post([parcel("2")])
    await earlier.post(LANE, "3")
    assert await earlier.claim(10, 60.0) == [(LANE, "1")]

    assert await claim(store) == set()
    await earlier.settle("done", LANE, "1")
    assert await claim(store) == {"2"}
    assert await earlier.claim(10, 60.0) == []
    await store.outbox.put_off("2", 5.0, "busy")
    assert await earlier.claim(10, 60.0) == []
    await store.outbox.retry("2")
    assert await claim(store) == {"2"}
    await store.outbox.done("2")
    assert await claim(store) == {"3"}
    assert misplaced(address) == []


async def test_what_either_put_off_is_sent_by_whoever_comes_first(
    earlier: EarlierOutbox, store: RedisStore, clock: Clock
) -> None:
    await store.outbox.post([parcel("1")])
    await claim(store)
    await store.outbox.put_off("1", 5.0, "busy")
    clock.now += 6

    assert await earlier.claim(10, 60.0) == [(LANE, "1")]
    await earlier.settle("put off", LANE, "1", 5.0, "busy")
    clock.now += 6

    assert await claim(store) == {"1"}


async def test_its_dead_processes_claims_are_taken_over(
    earlier: EarlierOutbox, store: RedisStore, clock: Clock
) -> None:
    await earlier.post(LANE, "1")
    await earlier.claim(10, 60.0)

    clock.now += 61

    assert await claim(store) == {"1"}


async def test_one_of_its_processes_that_settles_too_late_gives_nobody_the_lane(
    earlier: EarlierOutbox, store: RedisStore, clock: Clock, address: str
) -> None:
    await earlier.post(LANE, "1")
    await earlier.post(LANE, "2")
    await earlier.claim(10, 60.0)
    clock.now += 61
    await claim(store)

    await earlier.settle("done", LANE, "1")  # it puts the lane into the sorted set, though we have it

    assert await claim(store) == set()
    assert misplaced(address) == []
    await store.outbox.done("1")
    assert await claim(store) == {"2"}


async def test_back_to_it_with_all_that_waits(
    earlier: EarlierOutbox, store: RedisStore, clock: Clock, address: str
) -> None:
    lanes = [f"user{n}" for n in range(20)]
    await store.outbox.post([Parcel(f"{lane}/{n}", "wecom", lane, b"") for n in range(2) for lane in lanes])
    held = [one.parcel for one in await store.outbox.claim(["wecom"], 12, 60.0)]
    await store.outbox.put_off(held[0].id, 30.0, "busy")
    await store.outbox.bury(held[1].id, "refused")
    await store.outbox.done(held[2].id)

    with looking_at(address) as look:
        for shard in ALL_SHARDS:
            look.redis.eval(DOWNWARDS.read_text(encoding="utf-8"), 1, shard.key(""))

    second = {one.lane for one in held[1:3]}
    expected = {(lane, f"{lane}/{int(lane in second)}") for lane in lanes if lane != held[0].lane}
    assert set(await earlier.claim(40, 60.0)) == expected
    clock.now += 31
    assert await earlier.claim(40, 60.0) == [(held[0].lane, held[0].id)]
    for lane, name in expected:
        await earlier.settle("done", lane, name)
    assert len(await earlier.claim(40, 60.0)) == 20 - 3


async def test_forth_again_after_that(earlier: EarlierOutbox, store: RedisStore, address: str) -> None:
    await store.outbox.post([parcel("1")])
    await claim(store)
    with looking_at(address) as look:
        for shard in ALL_SHARDS:
            look.redis.eval(DOWNWARDS.read_text(encoding="utf-8"), 1, shard.key(""))
    await earlier.claim(10, 60.0)
    await earlier.settle("done", LANE, "1")
    await earlier.post(LANE, "2")

    assert await claim(store) == {"2"}
    assert misplaced(address) == []
