"""Copies of the store: whole, checked, for their owner alone, never over something else."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.backup.sqlite import HELD_BACK, back_up, restore
from bot.errors import RequestError
from bot.sessions.base import Parcel, Store, StoredParcel
from bot.sessions.database import SCHEMA
from tests.contracts.stores import KEY, asking, create_store, turn

WAITS = Parcel("m2:0", "wecom", "zhangsan", b"{}")


async def fill(store: Store) -> None:
    await store.commit(turn(0))
    await store.commit(replace(asking(1, "1234-5678", b"what is known"), parcels=(WAITS,)))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a conversation, a hand-off and something to be sent."""

    async def make() -> None:
        opened = create_store("sqlite", tmp_path)
        await opened.open()
        await fill(opened)
        await opened.close()

    asyncio.run(make())
    return tmp_path / "sessions.db"


def kept_in(folder: Path) -> tuple[bytes | None, bytes | None, list[str], tuple[StoredParcel, ...]]:
    async def read() -> tuple[bytes | None, bytes | None, list[str], tuple[StoredParcel, ...]]:
        opened = create_store("sqlite", folder)
        await opened.open()
        session = await opened.load(KEY, "m0")
        numbers = [one.number for one in await opened.hand_offs()]
        waiting = await opened.outbox.waiting()
        await opened.close()
        return session.state, session.reply, numbers, waiting

    return asyncio.run(read())


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_restored_is_what_was_backed_up(store: Path, tmp_path: Path) -> None:
    copied = back_up(store, tmp_path / "copy.sqlite3")
    again = tmp_path / "again"
    again.mkdir()
    restored = restore(tmp_path / "copy.sqlite3", again / "sessions.db")

    assert (copied.conversations, copied.hand_offs, copied.waiting) == (1, 1, 1)
    assert restored == copied
    state, reply, numbers, _ = kept_in(again)
    assert (state, reply, numbers) == (b"state", b"reply to m0", ["1234-5678"])


def test_what_waited_to_be_sent_is_not_sent_again_by_itself(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copy.sqlite3")
    again = tmp_path / "again"
    again.mkdir()
    restore(tmp_path / "copy.sqlite3", again / "sessions.db")

    ((one,), (there,)) = (kept_in(again)[3], kept_in(tmp_path)[3])

    assert (one.parcel, one.is_dead, one.why) == (WAITS, True, HELD_BACK)
    assert not there.is_dead


def test_a_copy_is_one_file_for_its_owner_alone(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    before = os.umask(0)
    try:
        back_up(store, folder / "copy.sqlite3")
    finally:
        os.umask(before)

    assert names_in(folder) == {"copy.sqlite3"}
    assert (folder / "copy.sqlite3").stat().st_mode & 0o777 == 0o600


def ask(path: Path, what: str) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return int(opened.execute(f"SELECT {what}").fetchone()[0])


async def write_until(is_over: threading.Event, folder: Path, has_begun: threading.Event) -> int:
    """How many turns were written."""
    opened, version = create_store("sqlite", folder), 0
    await opened.open()
    while not is_over.is_set():
        await opened.commit(turn(version))
        version += 1
        has_begun.set()
    await opened.close()
    return version


def test_a_store_that_is_written_all_the_time_is_copied_as_of_one_instant(tmp_path: Path) -> None:
    """Each turn adds to the state and to the replies: a copy between the two would have one too many."""
    is_over, has_begun = threading.Event(), threading.Event()
    copies = [tmp_path / f"copy-{n}.sqlite3" for n in range(8)]

    def copy() -> None:
        try:
            has_begun.wait(10)
            for path in copies:
                back_up(tmp_path / "sessions.db", path)
        finally:
            is_over.set()

    thread = threading.Thread(target=copy)
    thread.start()
    written = asyncio.run(write_until(is_over, tmp_path, has_begun))
    thread.join()

    for path in copies:
        version, replies = ask(path, "version FROM sessions"), ask(path, "count(*) FROM replies")
        assert 0 < version == replies <= written


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("这不是数据库" * 1000, encoding="utf-8")


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE other (id)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"PRAGMA user_version={SCHEMA + 1}")


def make_damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * (4096 * 4)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (Path.unlink, "没有备份文件"),
        (make_empty, "不是政策小助手保存对话的文件"),
        (make_text, "不是保存对话的文件，或者已经损坏"),
        (make_newer, "是另一个版本写的"),
        (make_damaged, "损坏"),
    ],
    ids=["missing", "empty", "text", "newer schema", "damaged"],
)
def test_what_is_no_whole_copy_of_ours_is_not_restored(
    store: Path, tmp_path: Path, spoil: Callable[[Path], None], what: str
) -> None:
    copy, again = tmp_path / "copy.sqlite3", tmp_path / "again"
    again.mkdir()
    back_up(store, copy)
    spoil(copy)

    with pytest.raises(RequestError, match=what):
        restore(copy, again / "sessions.db")

    assert names_in(again) == set()


def test_another_programs_file_is_not_restored(tmp_path: Path) -> None:
    make_foreign(tmp_path / "other.sqlite3")

    with pytest.raises(RequestError, match="不是政策小助手"):
        restore(tmp_path / "other.sqlite3", tmp_path / "sessions.db")


def test_a_copy_of_an_earlier_schema_is_restored_and_brought_up_to_date(store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store)) as opened:
        opened.executescript("DROP TABLE hand_offs; DROP TABLE parcels; DROP TABLE notes; PRAGMA user_version=1;")
    again = tmp_path / "again"
    again.mkdir()

    back_up(store, tmp_path / "copy.sqlite3")
    restored = restore(tmp_path / "copy.sqlite3", again / "sessions.db")

    assert (restored.conversations, restored.hand_offs, restored.waiting) == (1, 0, 0)
    assert kept_in(again)[0] == b"state"


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_a_store_that_is_there_is_not_overwritten(store: Path, tmp_path: Path, suffix: str) -> None:
    back_up(store, tmp_path / "copy.sqlite3")
    again = tmp_path / "again"
    again.mkdir()
    there = again / f"sessions.db{suffix}"
    there.write_bytes(b"mine")

    with pytest.raises(RequestError, match="不覆盖"):
        restore(tmp_path / "copy.sqlite3", again / "sessions.db")

    assert there.read_bytes() == b"mine"
    assert names_in(again) == {there.name}


def test_a_copy_that_is_there_is_not_overwritten(store: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3").write_bytes(b"mine")

    with pytest.raises(RequestError, match="不覆盖"):
        back_up(store, tmp_path / "copy.sqlite3")

    assert (tmp_path / "copy.sqlite3").read_bytes() == b"mine"


def test_what_a_killed_copy_left_is_in_nobodys_way(store: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3.part").write_bytes(b"half")

    back_up(store, tmp_path / "copy.sqlite3")

    assert "copy.sqlite3.part" not in names_in(tmp_path)


@pytest.mark.parametrize(
    ("source", "target", "what"),
    [
        ("nowhere.db", "copy.sqlite3", "没有保存对话的文件"),
        ("sessions.db", "no-such-folder/copy.sqlite3", "文件夹要先建好"),
    ],
    ids=["no store", "no folder"],
)
def test_what_can_not_be_copied_is_said(store: Path, tmp_path: Path, source: str, target: str, what: str) -> None:
    before = names_in(tmp_path)

    with pytest.raises(RequestError, match=what):
        back_up(store.with_name(source), tmp_path / target)

    assert names_in(tmp_path) == before


def test_a_store_is_not_written_by_copying_it(store: Path, tmp_path: Path) -> None:
    before, names = store.read_bytes(), names_in(tmp_path)

    back_up(store, tmp_path / "copy.sqlite3")

    assert store.read_bytes() == before
    assert names_in(tmp_path) == {*names, "copy.sqlite3"}
