"""A single Redis in trouble: what is told, that nothing acknowledged is lost, and that it goes on by itself."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from bot.redis_address import parse_address
from bot.sessions.base import SessionKey, StoreUnavailable
from bot.sessions.redis.calling import Caller
from bot.sessions.redis.store import SCHEMA_KEY, RedisStore
from tests.contracts.stores import turn
from tests.redis_servers import Server
from tests.sessions.redis.load import Load

KEY = SessionKey("web", "c1")


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(["--appendonly", "yes", "--appendfsync", "always"]).start()
    yield server
    server.remove()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[RedisStore]:
    store = RedisStore(address, keep_days=30)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def refusal(address: str) -> str:
    store = RedisStore(address, keep_days=30)
    with pytest.raises(StoreUnavailable) as caught:
        await store.open()
    return str(caught.value)


@asynccontextmanager
async def under_load(store: RedisStore) -> AsyncIterator[Load]:
    load = Load(store)
    task = asyncio.create_task(load.run())
    try:
        yield load
    finally:
        load.is_over = True
        await task


async def test_a_server_that_loses_its_power_in_mid_load_has_every_acknowledged_turn_when_it_is_back(
    server: Server,
) -> None:
    async with opened(server.address) as store:
        async with under_load(store) as load:
            await load.until(10)
            server.kill()
            await load.until_refused()
            server.start()
            await load.until(10)

        assert await load.lost_and_doubled() == (0, 0)
        assert await load.parcels_missing() == 0


async def test_a_server_that_hangs_is_told_in_time_and_nothing_is_doubled_when_it_goes_on(server: Server) -> None:
    async with opened(server.address) as store:
        async with under_load(store) as load:
            await load.until(5)
            assert server.process is not None
            os.kill(server.process.pid, signal.SIGSTOP)  # as a network that is cut: nothing is refused, nothing comes
            async with asyncio.timeout(20):
                with pytest.raises(StoreUnavailable):
                    await store.load(KEY)
            os.kill(server.process.pid, signal.SIGCONT)
            await load.until(5)

        assert await load.lost_and_doubled() == (0, 0)


async def test_a_slow_script_of_another_program_only_delays(server: Server) -> None:
    slow = "local n = 0 while n < 20000000 do n = n + 1 end return n"
    async with opened(server.address) as store:
        async with under_load(store) as load:
            await load.until(5)
            asking = asyncio.create_task(asyncio.to_thread(server.ask, "EVAL", slow, "0"))
            await load.until(5)
            await asking

        assert await load.lost_and_doubled() == (0, 0)


async def test_a_full_memory_is_told_and_what_is_there_stays_readable(server: Server) -> None:
    async with opened(server.address) as store:
        await store.commit(turn(0, key=KEY))
        server.ask("CONFIG", "SET", "maxmemory", "1mb")

        with pytest.raises(StoreUnavailable, match="内存满了") as caught:
            await store.commit(replace(turn(1, key=KEY), state=b"x" * 100_000))

        assert "POLICYBOT_RETENTION_DAYS" in str(caught.value)
        assert (await store.load(KEY)).state == b"state"
        server.ask("CONFIG", "SET", "maxmemory", "0")
        await store.commit(turn(1, key=KEY, state=b"later"))
        assert (await store.load(KEY)).state == b"later"


async def test_a_full_memory_is_told_where_only_the_script_says_so_as_in_redis_6_2(server: Server) -> None:
    refused = "return redis.error_reply('ERR Error running script: @user_script:5: -OOM command not allowed')"
    caller = Caller(parse_address(server.address))

    with pytest.raises(StoreUnavailable, match="内存满了"):
        await caller.count(refused, ["policybot:check"], ())

    await caller.close()


async def test_a_replica_is_refused_with_what_to_do(server: Server) -> None:
    replica = Server(["--replicaof", "127.0.0.1", str(server.port)]).start()
    try:
        told = await refusal(replica.address)
    finally:
        replica.remove()

    assert "是副本，不能写；请写主节点或哨兵的地址" in told


async def test_a_wrong_password_is_told_without_it(server: Server) -> None:
    server.ask("CONFIG", "SET", "requirepass", "right-word")

    told = await refusal(f"redis://:wrong-word@127.0.0.1:{server.port}/0")

    assert "不认用户名或密码；请核对 POLICYBOT_STORE" in told
    assert "word" not in told.replace("password", "")
    async with opened(f"redis://:right-word@127.0.0.1:{server.port}/0") as store:
        await store.check()


async def test_a_server_that_is_not_there_is_told(server: Server) -> None:
    server.kill()

    assert "连不上 Redis" in await refusal(server.address)


async def test_data_of_a_newer_version_are_left_alone(server: Server) -> None:
    server.ask("SET", SCHEMA_KEY, "9")

    assert "格式 9，这个版本认得到 2）；请用写它的那个版本" in await refusal(server.address)


async def test_a_connection_that_was_closed_behind_the_librarys_back_is_told_as_any_other(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(server.address) as store:
        with monkeypatch.context() as closed:
            closed.setattr("redis.asyncio.connection.AbstractConnection.send_packed_command", _write_to_nothing)
            with pytest.raises(StoreUnavailable):
                await store.load(KEY)

        assert await store.load(KEY) is not None


async def _write_to_nothing(*_: object, **__: object) -> None:
    raise AttributeError("'NoneType' object has no attribute 'writelines'")


async def test_a_closed_store_says_so(server: Server) -> None:
    async with opened(server.address) as store:
        pass

    with pytest.raises(StoreUnavailable, match="没有打开"):
        await store.load(KEY)


async def test_who_waits_for_a_hanging_server_can_be_cancelled_at_once(server: Server) -> None:
    async with opened(server.address) as store:
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGSTOP)
        asking = asyncio.create_task(store.load(KEY))
        await asyncio.sleep(0.05)

        asking.cancel()
        async with asyncio.timeout(1):
            with suppress(asyncio.CancelledError):
                await asking

        assert asking.cancelled()
        os.kill(server.process.pid, signal.SIGCONT)
