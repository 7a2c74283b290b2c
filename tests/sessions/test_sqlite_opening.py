"""A file that can't be opened is named in one plain sentence that says what to do, and is left as it is."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.sessions.base import StoreUnavailable
from bot.sessions.sqlite import SqliteStore
from tests.sessions.faults import KEY, locked, open_error, turn

NOBODY = 65_534


async def test_a_file_that_is_locked_at_the_start_is_named(store: SqliteStore, path: Path) -> None:
    await store.close()

    with locked(path, "EXCLUSIVE"):
        assert "正被别的程序占着" in await open_error(path)

    await store.open()
    assert (await store.load(KEY)).version == 1


async def test_a_file_that_another_program_keeps_for_itself_can_not_be_read_either(path: Path) -> None:
    store = SqliteStore(path, keep_days=30, patience=0.2)
    await store.open()
    await store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        assert "正被别的程序占着" in await open_error(path)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file keeps out."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everyone may enter, which the test's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


async def test_a_read_only_file_says_so(open_folder: Path) -> None:
    path = open_folder / "sessions.db"
    store = SqliteStore(path, keep_days=30)
    await store.open()
    await store.close()
    path.chmod(0o444)
    open_folder.chmod(0o555)

    with as_nobody():
        assert f"{path} 打不开；请让运行的账号能写这个文件和它的文件夹" in await open_error(path)


async def test_a_folder_that_may_not_be_written_says_so(open_folder: Path) -> None:
    path = open_folder / "sessions.db"
    open_folder.chmod(0o555)

    with as_nobody():
        assert "打不开；请让运行的账号能写" in await open_error(path)
    assert not path.exists()


async def test_a_writable_file_in_a_folder_that_is_not_says_what_right_is_missing(open_folder: Path) -> None:
    path = open_folder / "sessions.db"
    store = SqliteStore(path, keep_days=30)
    await store.open()
    await store.close()
    os.chown(path, NOBODY if os.geteuid() == 0 else -1, -1)
    open_folder.chmod(0o555)

    with as_nobody():
        assert "请让运行的账号能写这个文件和它的文件夹" in await open_error(path)


async def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "no" / "such"

    assert f"没有文件夹 {folder}；请先建好" in await open_error(folder / "sessions.db")
    assert not folder.exists()


async def test_a_folder_in_the_place_of_the_file_is_named(path: Path) -> None:
    path.mkdir()

    assert "sessions.db 打不开、不能写（Is a directory）" in await open_error(path)


async def test_a_file_that_is_no_database_is_named_and_left_alone(path: Path) -> None:
    path.write_bytes(b"my notes, not a database" * 1_000)

    assert "不是数据库，或者已经损坏" in await open_error(path)
    assert path.read_bytes() == b"my notes, not a database" * 1_000


async def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE sessions (id)")
    before = path.read_bytes()

    assert "不是政策小助手保存对话的文件" in await open_error(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("schema", "later"), [(1, ["hand_offs", "parcels", "notes"]), (2, ["parcels", "notes"])])
async def test_a_file_of_an_earlier_version_is_taken_over_with_all_that_it_keeps(
    store: SqliteStore, path: Path, schema: int, later: Sequence[str]
) -> None:
    await store.close()
    with closing(sqlite3.connect(path)) as other:
        for table in later:
            other.execute(f"DROP TABLE {table}")
        other.execute(f"PRAGMA user_version={schema}")

    for _ in range(2):
        await store.open()

        assert (await store.load(KEY)).state == b"state"
        assert await store.hand_offs() == ()
        assert await store.outbox.waiting() == ()
        await store.close()


async def test_a_file_of_a_newer_version_is_left_alone(store: SqliteStore, path: Path) -> None:
    await store.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version=9")

    assert "格式 9，这个版本认得到 3）；请用写它的那个版本" in await open_error(path)


@pytest.mark.parametrize("page", range(1, 8))
async def test_a_page_of_the_tables_that_was_overwritten_is_found_at_the_start(
    store: SqliteStore, path: Path, page: int
) -> None:
    for number in range(1, 20):
        await store.commit(turn(number, b"x" * 2_000))
    await store.close()
    raw = bytearray(path.read_bytes())
    raw[page * 4_096 : (page + 1) * 4_096] = b"\xff" * 4_096
    path.write_bytes(raw)

    assert "已经损坏；请移到别处，从备份恢复" in await open_error(path)


async def test_a_file_that_was_cut_is_found_at_the_start(store: SqliteStore, path: Path) -> None:
    await store.close()
    path.write_bytes(path.read_bytes()[:10_000])

    assert "已经损坏" in await open_error(path)


async def test_a_store_that_could_not_be_opened_opens_when_the_cause_is_gone(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "new" / "sessions.db", keep_days=30)
    with pytest.raises(StoreUnavailable):
        await store.open()

    (tmp_path / "new").mkdir()
    await store.open()

    await store.check()
    await store.close()
