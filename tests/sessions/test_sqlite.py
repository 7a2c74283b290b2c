"""What the SQLite store promises beyond the contract of all stores."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sessions import upkeep
from bot.sessions.base import SessionKey, StoredSession, TurnRecord
from bot.sessions.sqlite import SqliteStore

KEY = SessionKey("web", "c1")
DAY = 86_400.0


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * DAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


@pytest_asyncio.fixture
async def store(path: Path, clock: Clock) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(path, keep_days=30, clock=clock)
    await store.open()
    yield store
    await store.close()


async def say(store: SqliteStore, key: SessionKey, message_id: str, state: bytes | None = b"state") -> None:
    version = (await store.load(key)).version
    await store.commit(TurnRecord(key, message_id, version, state, b"reply to " + message_id.encode()))


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_conversation_goes_on_after_the_bot_was_started_again(store: SqliteStore) -> None:
    await say(store, KEY, "m1")
    await store.close()

    await store.open()

    assert await store.load(KEY) == StoredSession(b"state", 1)
    assert (await store.load(KEY, "m1")).reply == b"reply to m1"


async def test_another_process_sees_a_turn_as_soon_as_it_is_kept(store: SqliteStore, path: Path) -> None:
    other = SqliteStore(path, keep_days=30)
    await other.open()

    await say(store, KEY, "m1")

    assert (await other.load(KEY, "m1")).reply == b"reply to m1"
    await other.close()


async def test_only_its_owner_reads_the_file_and_what_stands_beside_it(store: SqliteStore, path: Path) -> None:
    await say(store, KEY, "m1")

    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


async def test_a_file_that_everyone_could_read_is_closed_to_others(path: Path) -> None:
    path.touch(0o644)
    store = SqliteStore(path, keep_days=30)

    await store.open()

    assert path.stat().st_mode & 0o777 == 0o600
    await store.close()


async def test_a_closed_store_is_one_file_that_can_be_copied(store: SqliteStore, path: Path) -> None:
    await say(store, KEY, "m1")

    await store.close()

    assert list(path.parent.iterdir()) == [path]


async def test_nothing_of_a_removed_conversation_can_be_read_on_the_disk(store: SqliteStore, path: Path) -> None:
    secret = "某某科技有限公司".encode()
    for number in range(30):
        await say(store, KEY, f"m{number}", secret * 300)
        await say(store, SessionKey("web", f"other {number}"), "m", b"another" * 300)
    assert secret in bytes_on_disk(path.parent)

    await say(store, KEY, "delete", None)

    assert secret not in bytes_on_disk(path.parent)
    assert b"reply to m1" not in bytes_on_disk(path.parent)
    assert (await store.load(SessionKey("web", "other 7"))).state == b"another" * 300


async def test_a_removal_under_the_eyes_of_another_program_is_finished_later(store: SqliteStore, path: Path) -> None:
    await say(store, KEY, "m1", b"my secret answer")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sessions").fetchall()
        await say(store, KEY, "delete", None)
        assert (await store.load(KEY, "delete")).reply is not None
    assert b"my secret answer" in bytes_on_disk(path.parent)

    await store.close()

    assert b"my secret answer" not in bytes_on_disk(path.parent)


async def test_a_removal_that_a_crash_cut_short_is_finished_at_the_next_start(store: SqliteStore, path: Path) -> None:
    await say(store, KEY, "m1", b"my secret answer")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sessions").fetchall()
        await say(store, KEY, "delete", None)
    assert b"my secret answer" in bytes_on_disk(path.parent)

    successor = SqliteStore(path, keep_days=30)
    await successor.open()

    assert b"my secret answer" not in bytes_on_disk(path.parent)
    await successor.close()


async def test_a_commit_waits_for_the_disk(store: SqliteStore) -> None:
    full = 2

    assert store._require_open().file._writer.execute("PRAGMA synchronous").fetchone() == (full,)


async def test_a_state_that_could_not_be_read_is_kept_aside(store: SqliteStore, path: Path) -> None:
    await say(store, KEY, "m1", b"damaged")

    await store.commit(TurnRecord(KEY, "m2", 1, b"fresh", b"reply", unreadable=b"damaged"))

    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("SELECT state FROM unreadable_sessions").fetchall() == [(b"damaged",)]
    assert (await store.load(KEY)).state == b"fresh"


async def test_what_was_kept_aside_goes_with_its_conversation(store: SqliteStore, path: Path) -> None:
    await store.commit(TurnRecord(KEY, "m1", 0, b"fresh", b"reply", unreadable=b"damaged"))

    await say(store, KEY, "delete", None)

    assert b"damaged" not in bytes_on_disk(path.parent)


async def test_a_conversation_past_its_days_is_gone_at_the_next_start(
    store: SqliteStore, clock: Clock, path: Path
) -> None:
    await say(store, KEY, "old", b"old answers")
    clock.pass_days(20)
    await say(store, SessionKey("web", "c2"), "new")
    await store.close()
    clock.pass_days(11)

    await store.open()

    assert await store.load(KEY) == StoredSession(None, 0)
    assert (await store.load(KEY, "old")).reply is None
    assert (await store.load(SessionKey("web", "c2"))).state == b"state"
    assert b"old answers" not in bytes_on_disk(path.parent)


async def test_a_conversation_past_its_days_is_gone_while_the_bot_runs(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "MINUTE", 0.01)
    store = SqliteStore(path, keep_days=30, clock=clock)
    await store.open()
    await say(store, KEY, "old", b"old answers")

    clock.pass_days(31)
    for _ in range(500):
        await asyncio.sleep(0.01)
        if b"old answers" not in bytes_on_disk(path.parent):
            break

    assert b"old answers" not in bytes_on_disk(path.parent)
    assert await store.load(KEY) == StoredSession(None, 0)
    await store.close()


async def test_every_turn_gives_a_conversation_its_days_anew(store: SqliteStore, clock: Clock) -> None:
    for number in range(4):
        await say(store, KEY, f"m{number}")
        clock.pass_days(29)
    await store.close()

    await store.open()

    assert (await store.load(KEY)).state == b"state"


async def test_replies_are_known_for_a_week(store: SqliteStore, clock: Clock) -> None:
    for number in range(300):
        await say(store, SessionKey("web", str(number)), "early")
    clock.pass_days(3)
    await say(store, KEY, "late")
    clock.pass_days(5)
    await store.close()

    await store.open()

    early = [(await store.load(SessionKey("web", str(number)), "early")).reply for number in range(300)]
    assert early == [None] * 300
    assert (await store.load(KEY, "late")).reply == b"reply to late"
    assert (await store.load(SessionKey("web", "0"))).state == b"state"


async def test_even_the_name_of_a_removed_conversation_is_gone_after_a_week(
    store: SqliteStore, clock: Clock, path: Path
) -> None:
    key = SessionKey("wecom", "zhangsan")
    await say(store, key, "m1")
    await say(store, key, "delete", None)
    clock.pass_days(8)
    await store.close()

    await store.open()

    assert b"zhangsan" not in bytes_on_disk(path.parent)


async def test_turns_that_wait_are_finished_when_the_store_is_closed(store: SqliteStore) -> None:
    turns = [TurnRecord(SessionKey("web", str(number)), "m", 0, b"s", b"r") for number in range(1_000)]
    waiting = [asyncio.ensure_future(store.commit(turn)) for turn in turns]
    await asyncio.sleep(0)

    await store.close()

    assert await asyncio.gather(*waiting) == [None] * 1_000
    await store.open()
    assert all([(await store.load(turn.key, "m")).reply for turn in turns])


async def test_a_turn_whose_asker_went_away_is_kept_all_the_same(store: SqliteStore) -> None:
    turns = [TurnRecord(SessionKey("web", str(number)), "m", 0, b"s", b"r") for number in range(20)]
    waiting = [asyncio.ensure_future(store.commit(turn)) for turn in turns]
    await asyncio.sleep(0)

    for one in waiting[::2]:
        one.cancel()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    await store.close()

    assert [outcome is None for outcome in outcomes] == [False, True] * 10
    await store.open()
    assert all([(await store.load(turn.key, "m")).reply for turn in turns])


async def test_the_log_does_not_grow_without_end(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "LONGEST_LOG", 500)
    sizes = []

    for number in range(80):
        keys = [SessionKey("web", f"{number}-{chat}") for chat in range(50)]
        await asyncio.gather(*(say(store, key, "m", b"x" * 3_000) for key in keys))
        sizes.append(path.with_name("sessions.db-wal").stat().st_size)

    assert max(sizes) < path.stat().st_size / 2
