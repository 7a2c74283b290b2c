"""Failover in mid-load: turns go on by themselves, none is doubled, and with WAIT no acknowledged one is lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sessions.base import StoreUnavailable
from bot.sessions.redis.store import RedisStore
from tests.contracts.stores import KEY, turn
from tests.redis_servers import Server, free_port, wait_for_port
from tests.sessions.redis.certificates import write_certificates
from tests.sessions.redis.groups import Cluster, Watched
from tests.sessions.redis.load import Load
from tests.waiting import wait_until

# redis-py drops its sockets to a server that died without closing them
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


async def run_through(store: RedisStore, primary: Server, repair: Callable[[], None] | None = None) -> Load:
    """A load during which the primary loses its power, and something is repaired afterwards."""
    await store.open()
    load = Load(store)
    task = asyncio.create_task(load.run())
    await load.until(20)
    primary.kill()
    if repair is not None:
        await asyncio.to_thread(repair)
    await load.until(20)
    load.is_over = True
    await task
    return load


async def test_sentinels_put_a_replica_in_the_place_of_the_primary_and_no_acknowledged_turn_is_lost(
    watched: Watched,
) -> None:
    store = RedisStore(watched.address + "?wait=1", keep_days=30)

    load = await run_through(store, watched.primary)

    lost, doubled = await load.lost_and_doubled()
    assert (lost, await load.parcels_missing()) == (0, 0)
    assert doubled <= len(load.talks), "at most the turn under way is kept without its answer"
    assert sum(talk.failures for talk in load.talks) > 0
    await store.close()


async def test_a_node_of_a_cluster_fails_and_no_acknowledged_turn_is_lost(cluster: Cluster) -> None:
    store = RedisStore(cluster.address + "?wait=1", keep_days=30)
    primary = cluster.a_primary()

    # without a replica of its own, who takes the place acknowledges nothing
    load = await run_through(store, primary, lambda: cluster.bring_back(primary))

    assert (await load.lost_and_doubled())[0] == 0
    assert await load.parcels_missing() == 0
    await store.close()


async def test_without_a_replica_to_wait_for_a_turn_is_not_acknowledged() -> None:
    server = Server().start()
    store = RedisStore(server.address + "?wait=1", keep_days=30)
    await store.open()

    with pytest.raises(StoreUnavailable, match="1 个副本里只有 0 个写好了"):
        await store.commit(turn(0, key=KEY))

    await store.close()
    server.remove()


async def test_a_turn_that_no_replica_has_is_not_acknowledged_when_it_is_asked_for_again() -> None:
    server = Server().start()
    store = RedisStore(server.address + "?wait=1", keep_days=30)
    await store.open()
    with pytest.raises(StoreUnavailable):
        await store.commit(turn(0, key=KEY))

    with pytest.raises(StoreUnavailable, match="1 个副本里只有 0 个"):
        await store.load(KEY, "m0")

    replica = Server(["--replicaof", "127.0.0.1", str(server.port), "--repl-diskless-sync-delay", "0"]).start()
    server.ask("CONFIG", "SET", "repl-diskless-sync-delay", "0")
    wait_until(lambda: "state=online" in server.ask("INFO", "replication"))
    assert (await store.load(KEY, "m0")).reply is not None
    await store.close()
    replica.remove()
    server.remove()


async def test_tls_with_a_password_and_an_authority_of_ones_own(tmp_path: Path) -> None:
    ca, certificate, key = write_certificates(tmp_path)
    port = free_port()
    files = ["--tls-cert-file", str(certificate), "--tls-key-file", str(key), "--tls-ca-cert-file", str(ca)]
    options = ["--tls-port", str(port), "--tls-auth-clients", "no", "--requirepass", "right-word", *files]
    server = Server(options).start()
    wait_for_port(port)
    store = RedisStore(f"rediss://:right-word@127.0.0.1:{port}/0?ca={ca}", keep_days=30)
    stranger = RedisStore(f"rediss://:right-word@127.0.0.1:{port}/0", keep_days=30)

    await store.open()
    await store.commit(turn(0, key=KEY))

    assert (await store.load(KEY)).state == b"state"
    with pytest.raises(StoreUnavailable, match="连不上 Redis"):
        await stranger.open()
    await store.close()
    server.remove()
