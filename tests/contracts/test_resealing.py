"""What every store on a disk keeps is sealed anew after a change of keys, beside those who use it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sessions.base import HandOffRecord, Parcel, SessionConflict, Store, TurnRecord
from bot.sessions.key_ring import KeyMissing, KeyRing
from bot.sessions.redis.store import RedisStore
from bot.sessions.resealing import Resealed, reseal
from bot.sessions.sealing import SealedStore
from bot.sessions.sqlite import SqliteStore
from tests.contracts.stores import KEY, Clock
from tests.redis_servers import database_for

OLD, NEW, OTHER = bytes(32), bytes(range(32)), bytes(range(1, 33))
PLAIN = "北京甲乙丙丁戊科技有限公司".encode()
PARCEL = Parcel("p1", "wecom", "zhang", PLAIN)
TURN = TurnRecord(KEY, "m0", 0, PLAIN, PLAIN, PLAIN, HandOffRecord("1234-5678", PLAIN), (PARCEL,))
KEPT = 7
"""State, what was put aside, reply, hand-off, parcel, a note, and the note by which a wrong key is known."""

Plain = SqliteStore | RedisStore


@pytest_asyncio.fixture(params=["sqlite", "redis"])
async def plain(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Plain]:
    clock = Clock()
    store: Plain = (
        SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock)
        if request.param == "sqlite"
        else RedisStore(database_for(tmp_path), keep_days=30, clock=clock)
    )
    await store.open()
    yield store
    await store.close()


async def with_keys(plain: Plain, *keys: bytes) -> SealedStore:
    store = SealedStore(plain, KeyRing(keys))
    await store.open()
    return store


async def fill(store: Store) -> None:
    await store.commit(TURN)
    await store.board.write_note("token", PLAIN, 60)


async def read_all(store: Store) -> list[bytes | None]:
    parcels = [one.parcel.content for one in await store.outbox.waiting()]
    handed = [one.content for one in await store.hand_offs()]
    read = [(await store.load(KEY)).state, (await store.load(KEY, "m0")).reply, await store.board.read_note("token")]
    return [*parcels, *handed, *read]


async def test_after_it_the_new_key_opens_all_and_the_old_one_may_go(plain: Plain) -> None:
    await fill(await with_keys(plain, OLD))
    await with_keys(plain, NEW, OLD)

    assert await reseal(plain, KeyRing([NEW, OLD])) == Resealed(KEPT - 1, 0, 0)  # one of the notes was, by the start
    assert await reseal(plain, KeyRing([NEW, OLD])) == Resealed(0, 0, 0)

    assert await read_all(await with_keys(plain, NEW)) == [PLAIN] * 5
    with pytest.raises(KeyMissing):
        await with_keys(plain, OLD)


async def test_what_was_never_sealed_is_sealed_but_for_leases_and_notes(plain: Plain) -> None:
    await fill(plain)
    assert await plain.board.take_lease("reader", "me", 60)
    assert not await plain.board.spend("budget", ())

    assert await reseal(plain, KeyRing([NEW])) == Resealed(KEPT - 2, 0, 0)

    assert await read_all(await with_keys(plain, NEW)) == [PLAIN] * 5
    assert await plain.board.take_lease("reader", "me", 60)
    assert not await plain.board.take_lease("reader", "you", 60)


async def test_what_no_key_opens_and_what_is_damaged_stays_as_it_is(plain: Plain) -> None:
    await fill(await with_keys(plain, OLD))
    before = await plain.load(KEY)
    await plain.board.write_note("token", KeyRing([NEW]).seal(b"another row", PLAIN), 60)

    assert await reseal(plain, KeyRing([OTHER, NEW])) == Resealed(0, KEPT - 1, 1)

    assert await plain.load(KEY) == before
    assert await read_all(await with_keys(plain, OLD, NEW)) == [PLAIN] * 4 + [None]


async def test_versions_and_what_waits_stay_and_time_runs_on(plain: Plain) -> None:
    await fill(await with_keys(plain, OLD))
    before, waited = await plain.load(KEY), await plain.outbox.waiting()

    await reseal(plain, KeyRing([NEW, OLD]))

    assert (await plain.load(KEY)).version == before.version
    assert [replace(one, parcel=PARCEL) for one in await plain.outbox.waiting()] == [
        replace(one, parcel=PARCEL) for one in waited
    ]
    store = await with_keys(plain, NEW)
    await store.commit(replace(TURN, message_id="m1", version=1, state=b"later"))
    with pytest.raises(SessionConflict):
        await store.commit(replace(TURN, message_id="m2", version=1))


async def test_turns_go_on_beside_it_and_nothing_is_lost(plain: Plain) -> None:
    store = await with_keys(plain, OLD)  # a replica that has not been started anew

    async def talk() -> None:
        for number in range(60):
            await store.commit(replace(TURN, message_id=f"m{number}", version=number, state=b"%d" % number))
            await asyncio.sleep(0)

    async def rewrite() -> int:
        return sum([(await reseal(plain, KeyRing([NEW, OLD]))).sealed for _ in range(5)])

    sealed, _ = await asyncio.gather(rewrite(), talk())
    await reseal(plain, KeyRing([NEW, OLD]))

    after = await with_keys(plain, NEW)
    assert sealed
    assert ((await after.load(KEY)).state, (await after.load(KEY)).version) == (b"59", 60)
    assert [(await after.load(KEY, f"m{number}")).reply for number in range(60)] == [PLAIN] * 60
