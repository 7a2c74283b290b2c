"""What is kept is sealed, opens only where it belongs, and is never overwritten for want of a key."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.base import HandOffRecord, Parcel, SessionKey, Store, TurnRecord
from bot.sessions.key_ring import MAGIC, Damaged, KeyMissing, KeyRing, row_of
from bot.sessions.memory import MemoryStore
from bot.sessions.sealing import RETRY_SECONDS, SealedStore, open_state
from bot.sessions.sqlite import SqliteStore
from bot.sessions.survey import read_states
from tests.contracts.stores import KEY, Clock

OLD, NEW = bytes(32), bytes(range(32))
PLAIN = "北京甲乙丙丁戊科技有限公司".encode()
ROW = row_of("state", "web", "c1")
PARCEL = Parcel("p1", "wecom", "zhang", PLAIN)
TURN = TurnRecord(KEY, "m0", 0, PLAIN, PLAIN, hand_off=HandOffRecord("1234-5678", PLAIN), parcels=(PARCEL,))


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest_asyncio.fixture
async def kept() -> AsyncIterator[MemoryStore]:
    store = MemoryStore(Clock())
    await store.open()
    yield store


async def test_of_what_was_said_no_byte_is_in_the_file(tmp_path: Path) -> None:
    store = SealedStore(SqliteStore(tmp_path / "s.db", keep_days=30), KeyRing([NEW]))
    await store.open()
    await store.commit(TURN)
    await store.commit(replace(TURN, message_id="m1", version=1, unreadable=PLAIN))
    await store.board.write_note("token", PLAIN, 60)

    assert PLAIN not in bytes_in(tmp_path)
    await store.close()
    assert PLAIN not in bytes_in(tmp_path)
    ((key, state),) = read_states(tmp_path / "s.db", 0)
    assert (key, open_state(KeyRing([NEW]), key, state)) == (KEY, PLAIN)


async def test_all_that_was_kept_is_read_again(kept: Store) -> None:
    store = SealedStore(kept, KeyRing([NEW]))
    await store.open()

    await store.commit(TURN)
    await store.board.write_note("n", PLAIN, 60)

    assert (await store.load(KEY)).state == (await store.load(KEY, "m0")).reply == await store.board.read_note("n")
    assert [one.content for one in await store.hand_offs()] == [PLAIN]
    assert [one.parcel for one in await store.outbox.waiting()] == [PARCEL]
    assert [one.parcel for one in await store.outbox.claim(["wecom"], 9, 60)] == [PARCEL]


async def test_what_was_kept_before_there_was_a_key_opens_and_is_sealed_by_the_next_turn(kept: Store) -> None:
    await kept.commit(TURN)
    store = SealedStore(kept, KeyRing([NEW]))
    await store.open()

    assert (await store.load(KEY)).state == PLAIN
    await store.commit(replace(TURN, message_id="m1", version=1))

    assert ((await kept.load(KEY)).state or b"").startswith(MAGIC)
    assert (await store.load(KEY)).state == PLAIN


async def test_the_first_key_seals_and_all_open(kept: Store) -> None:
    before = SealedStore(kept, KeyRing([OLD]))
    await before.open()
    await before.commit(TURN)

    during = SealedStore(kept, KeyRing([NEW, OLD]))
    await during.open()
    assert (await during.load(KEY)).state == PLAIN
    await during.commit(replace(TURN, message_id="m1", version=1))
    after = SealedStore(kept, KeyRing([NEW]))
    await after.open()

    assert (await after.load(KEY)).state == PLAIN
    with pytest.raises(KeyMissing):
        await after.load(KEY, "m0")


@pytest.mark.parametrize("ring", [KeyRing(), KeyRing([OLD])], ids=["no key", "another key"])
async def test_without_its_key_nothing_is_read_and_nothing_overwritten(kept: Store, ring: KeyRing) -> None:
    store = SealedStore(kept, KeyRing([NEW]))
    await store.open()
    await store.commit(TURN)
    sealed, other = await kept.load(KEY), SealedStore(kept, ring)

    for reading in (other.load(KEY), other.load(KEY, "m0"), other.hand_offs(), other.outbox.waiting()):
        with pytest.raises(KeyMissing):
            await reading

    assert await kept.load(KEY) == sealed
    with pytest.raises(KeyMissing, match="POLICYBOT_STORE_KEY"):
        await other.open()


async def test_a_parcel_whose_key_is_not_set_waits_and_lets_the_others_go_on() -> None:
    clock = Clock()
    kept = MemoryStore(clock)
    await SealedStore(kept, KeyRing([OLD])).outbox.post([PARCEL])
    store = SealedStore(kept, KeyRing([NEW]))
    other = Parcel("p2", "wecom", "li", b"{}")
    await store.outbox.post([other])

    claimed = await store.outbox.claim(["wecom"], 9, 60)

    assert [one.parcel for one in claimed] == [other]
    clock.now += RETRY_SECONDS + 1
    both = SealedStore(kept, KeyRing([NEW, OLD]))
    assert PARCEL in [one.parcel for one in await both.outbox.claim(["wecom"], 9, 60)]


async def test_what_was_moved_to_another_row_does_not_open_there(tmp_path: Path) -> None:
    path, other = tmp_path / "s.db", SessionKey("web", "c2")
    store = SealedStore(SqliteStore(path, keep_days=30), KeyRing([NEW]))
    await store.open()
    await store.commit(TURN)
    await store.commit(TurnRecord(other, "m0", 0, b"other", b"other"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sessions SET state = (SELECT state FROM sessions WHERE conversation = 'c1')")
    state = (await store.load(other)).state
    await store.close()

    assert state is not None
    assert state.startswith(MAGIC)  # as a damaged conversation: the turn sets it aside and says so


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_content_opens_as_it_was_and_never_twice_the_same(content: bytes, row: bytes) -> None:
    ring = KeyRing([NEW])
    sealed = ring.seal(row, content)

    assert ring.open(row, sealed) == content
    assert sealed != ring.seal(row, content)
    assert sealed.startswith(MAGIC)


@given(st.binary(max_size=80), st.data())
def test_no_changed_byte_passes(content: bytes, data: st.DataObject) -> None:
    ring = KeyRing([NEW])
    sealed = bytearray(ring.seal(ROW, content))
    place = data.draw(st.integers(len(MAGIC), len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises((Damaged, KeyMissing)):
        ring.open(ROW, bytes(sealed))


@given(st.binary(max_size=120))
def test_whatever_is_kept_gives_a_content_or_one_of_two_errors(kept: bytes) -> None:
    for raw in (kept, MAGIC + kept, KeyRing([NEW]).seal(ROW, b"x")[: len(kept)]):
        try:
            KeyRing([NEW]).open(ROW, raw)
        except (Damaged, KeyMissing):
            continue


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_names_are_different_rows(one: list[str], other: list[str]) -> None:
    assert (row_of("state", *one) == row_of("state", *other)) == (one == other)
