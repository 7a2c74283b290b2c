"""What becomes of the streams when processes die, somebody deletes by hand, or the server is full, gone or too old."""

import time
from collections.abc import Sequence
from contextlib import suppress

import pytest

from bot.redis_address import parse_address
from bot.sessions.base import StoreUnavailable
from bot.sessions.redis.calling import Argument, Caller, Row
from bot.sessions.redis.keys import ALL_SHARDS, shard_of_lane
from bot.sessions.redis.sending import RedisOutbox
from bot.sessions.redis.store import SCHEMA_KEY, RedisStore
from tests.redis_servers import Server
from tests.sessions.redis.looking import GROUP
from tests.sessions.redis.pairs import LANE, MINUTE, SHARD, SHORT, Pair, attempts, claim, claim_late, parcel

READY = SHARD.key("ready:wecom")


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
    pair.look.redis.delete(*(SHARD.key(f"{kind}:wecom") for kind in kinds))
    await pair.one.outbox.post([parcel("3")])

    await claim(pair.one)
    await pair.one.outbox.tidy(3_600.0)

    assert pair.look.misplaced() == []


class Limping(Caller):
    """A client to which one shard does not answer."""

    async def rows(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> Sequence[Row]:
        if keys[0].startswith(SHARD.key("")):
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

    assert claimed == {lane for lane in lanes if shard_of_lane("wecom", lane) != SHARD}
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
