"""What waits is handed out by the consumer group of a stream; time is Redis's own here, as it is in earnest."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.redis_address import parse_address
from bot.sessions.base import Parcel, StoredParcel, StoreUnavailable
from bot.sessions.redis.calling import Argument, Caller, Row
from bot.sessions.redis.keys import ALL_SHARDS, shard_of
from bot.sessions.redis.sending import RedisOutbox
from bot.sessions.redis.store import SCHEMA_KEY, RedisStore
from tests.redis_servers import Server
from tests.sessions.redis.looking import GROUP, Look, looking_at

LANE = "zhangsan"
READY = shard_of(LANE).key("ready:wecom")
MINUTE = 60.0
SHORT = 0.05


def parcel(name: str, lane: str = LANE) -> Parcel:
    return Parcel(name, "wecom", lane, b"")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two processes' stores on one Redis, and a look into it."""

    server: Server
    one: RedisStore
    other: RedisStore
    look: Look


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(["--appendonly", "no"]).start()
    yield server
    server.remove()


@pytest_asyncio.fixture
async def pair(server: Server) -> AsyncIterator[Pair]:
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


async def test_a_lane_is_one_entry_that_is_pending_while_a_process_has_it_and_then_deleted(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    assert pair.look.entries(LANE) == [LANE]

    await claim(pair.one)
    assert list(pair.look.pending(LANE).values()) == [1]
    await pair.one.outbox.done("1")

    assert pair.look.entries(LANE) == [LANE], "for the next parcel"
    assert list(pair.look.pending(LANE).values()) == [0]
    await claim(pair.one)
    await pair.one.outbox.done("2")
    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_a_lane_without_parcels_is_in_the_stream_only_until_somebody_asks(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await pair.one.outbox.drop("1")

    assert await claim(pair.one) == []
    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_what_is_put_off_without_a_claim_leaves_the_stream(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])

    await pair.one.outbox.put_off("1", 30.0, "busy")

    assert pair.look.entries(LANE) == []
    assert pair.look.misplaced() == []


async def test_two_processes_get_different_lanes(pair: Pair) -> None:
    await pair.one.outbox.post([parcel(f"p{n}", f"user{n}") for n in range(30)])

    claimed = [set(await claim(store)) for store in (pair.one, pair.other) * 2]

    assert [len(one) for one in claimed] == [10, 10, 10, 0]
    assert len(set.union(*claimed)) == 30


async def test_what_waits_for_its_time_is_not_in_the_stream(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one)

    await pair.one.outbox.put_off("1", SHORT, "busy")

    assert pair.look.entries(LANE) == []
    assert await claim(pair.other) == []
    await asyncio.sleep(SHORT + 0.02)
    assert await claim(pair.other) == ["1"]


async def test_what_a_dead_process_had_is_taken_over_by_redis_own_clock(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    assert await claim(pair.one, SHORT) == ["1"]
    assert await claim(pair.other) == []

    (taken,) = await claim_late(pair.other)

    assert taken.parcel.id == "1"
    assert sorted(pair.look.pending(LANE).values()) == [0, 1]
    await pair.other.outbox.done("1")
    assert await claim(pair.other) == ["2"]


async def test_what_a_dead_process_had_is_found_behind_all_that_others_have(pair: Pair) -> None:
    lanes = [name for name in (f"user{n}" for n in range(2_000)) if shard_of(name) == shard_of(LANE)][:60]
    await pair.one.outbox.post([parcel(lane, lane) for lane in lanes])
    seconds = 4 * SHORT
    await pair.one.outbox.claim(["wecom"], 60, seconds)
    await asyncio.sleep(seconds + 0.02)
    first = await pair.other.outbox.claim(["wecom"], 40, seconds)

    then = await pair.other.outbox.claim(["wecom"], 2, seconds)

    assert [one.parcel.lane for one in (*first, *then)] == lanes[:42]


@pytest.mark.parametrize("how", ["put off", "bury"])
async def test_who_lost_its_claim_settles_nothing(pair: Pair, how: str) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one, SHORT)
    await claim_late(pair.other)

    await (pair.one.outbox.put_off("1", 0.0, "busy") if how == "put off" else pair.one.outbox.bury("1", "refused"))

    assert await attempts(pair.one) == [("1", 0, False), ("2", 0, False)]
    assert await claim(pair.one) == []
    await pair.other.outbox.done("1")
    assert await claim(pair.one) == ["2"]


async def test_that_it_was_sent_counts_whoever_says_it_but_the_lane_stays_with_who_has_it(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one, SHORT)
    await claim_late(pair.other)

    await pair.one.outbox.done("1")

    assert await attempts(pair.one) == [("2", 0, False)]
    assert await claim(pair.one) == [], "the other one may still be sending"
    await pair.other.outbox.put_off("1", 30.0, "busy")
    assert await claim(pair.one) == ["2"]


async def test_a_process_that_took_over_from_itself_holds_the_second_claim_only(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    first = pair.one.outbox
    await first.claim(["wecom"], 10, SHORT)
    assert await first.drop("1") is True
    assert [one.parcel.id for one in await claim_late(pair.one)] == ["2"]

    await first.done("1")

    assert await claim(pair.other) == [], "the second parcel is under way"
    await first.done("2")
    assert pair.look.entries(LANE) == []


async def test_what_is_dropped_while_it_is_sent_lets_its_lane_go_on_when_that_has_ended(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one)

    assert await pair.other.outbox.drop("1") is True

    assert await claim(pair.other) == []
    await pair.one.outbox.done("1")
    assert await claim(pair.other) == ["2"]


async def test_a_lane_that_was_emptied_while_it_was_sent_and_filled_again_stays_in_one_hand(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one)
    await pair.other.outbox.drop("1")

    await pair.other.outbox.post([parcel("2")])

    assert await claim(pair.other) == []
    await pair.one.outbox.done("1")
    assert await claim(pair.other) == ["2"]
    assert pair.look.misplaced() == []


async def test_trying_again_by_hand_disturbs_nobody_who_has_the_lane(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    await claim(pair.one)
    await pair.one.outbox.bury("1", "refused")
    await claim(pair.one)

    assert await pair.other.outbox.retry("1") is True

    assert await claim(pair.other) == []
    await pair.one.outbox.done("2")
    assert await claim(pair.other) == ["1"]


async def test_consumers_of_dead_processes_go_once_they_claim_nothing(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one, SHORT)
    assert await pair.other.outbox.tidy(0.0) == 0, "it may be alive"
    await claim_late(pair.other)

    assert await pair.other.outbox.tidy(3_600.0) == 0, "it was there a moment ago"
    assert await pair.other.outbox.tidy(0.0) == 1

    assert list(pair.look.pending(LANE).values()) == [1]
    await pair.other.outbox.done("1")
    await pair.other.outbox.tidy(0.0)
    await pair.other.outbox.post([parcel("2")])
    assert await claim(pair.other) == ["2"], "who was removed and lives comes back"


async def test_a_group_that_was_deleted_by_hand_is_made_again(pair: Pair) -> None:
    await pair.one.outbox.post([parcel("1")])
    await claim(pair.one)

    pair.look.redis.xgroup_destroy(READY, GROUP)

    assert await claim(pair.other) == ["1"]
    await pair.one.outbox.put_off("1", 30.0, "busy")
    assert await attempts(pair.one) == [("1", 0, False)]
    await pair.other.outbox.done("1")
    assert pair.look.misplaced() == []


@pytest.mark.parametrize("kinds", [["ready"], ["entries"], ["ready", "entries"]], ids="+".join)
async def test_what_was_deleted_by_hand_is_mended(pair: Pair, kinds: list[str]) -> None:
    await pair.one.outbox.post([parcel("1"), parcel("2")])
    pair.look.redis.delete(*(shard_of(LANE).key(f"{kind}:wecom") for kind in kinds))
    await pair.one.outbox.post([parcel("3")])

    await claim(pair.one)
    await pair.one.outbox.tidy(3_600.0)

    assert pair.look.misplaced() == []


class Limping(Caller):
    """A client to which one shard does not answer."""

    async def rows(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> Sequence[Row]:
        if keys[0].startswith(shard_of(LANE).key("")):
            raise StoreUnavailable("gone")
        return await super().rows(script, keys, arguments)


async def test_what_was_claimed_before_a_shard_fails_is_sent(pair: Pair) -> None:
    lanes = [f"user{n}" for n in range(200)]
    await pair.one.outbox.post([parcel(lane, lane) for lane in lanes])
    caller = Limping(parse_address(pair.server.address))
    outbox, claimed = RedisOutbox(lambda: caller, time.time), set[str]()

    for _ in ALL_SHARDS:
        with suppress(StoreUnavailable):
            claimed |= {one.parcel.lane for one in await outbox.claim(["wecom"], 200, MINUTE)}

    assert claimed == {lane for lane in lanes if shard_of(lane) != shard_of(LANE)}
    await caller.close()


async def test_a_full_memory_is_emptied_by_sending(pair: Pair) -> None:
    await pair.one.outbox.post([parcel(f"p{n}", f"user{n}") for n in range(20)])
    await claim(pair.one)  # so that the group is there
    pair.server.ask("CONFIG", "SET", "maxmemory", "1mb")
    try:
        with pytest.raises(StoreUnavailable, match="内存满了"):
            await pair.one.outbox.post([parcel("more")])

        taken = await claim_late(pair.other)
        for one in taken:
            await pair.other.outbox.done(one.parcel.id)
    finally:
        pair.server.ask("CONFIG", "SET", "maxmemory", "0")

    assert len(taken) == 10
    assert len(await pair.one.outbox.waiting()) == 10
    assert pair.look.misplaced() == []


async def test_who_has_what_is_known_after_a_restart() -> None:
    server = Server(["--appendonly", "yes", "--appendfsync", "always"]).start()
    stores = [RedisStore(server.address, keep_days=30) for _ in range(2)]
    for store in stores:
        await store.open()
    await stores[0].outbox.post([parcel("1"), parcel("2")])
    await claim(stores[0])

    server.kill()
    server.start()

    assert await claim(stores[1]) == []
    await stores[0].outbox.done("1")
    assert await claim(stores[1]) == ["2"]
    for store in stores:
        await store.close()
    server.remove()


async def test_a_server_that_is_too_old_is_told_before_anything_is_written() -> None:
    server = Server(["--rename-command", "XAUTOCLAIM", ""]).start()  # as one before 6.2, which has no such command
    store = RedisStore(server.address, keep_days=30)

    with pytest.raises(StoreUnavailable, match=r"Redis 太旧，没有 XAUTOCLAIM 命令；请用 6\.2 或更新的版本"):
        await store.open()

    assert server.ask("EXISTS", SCHEMA_KEY) == "0"
    server.remove()
