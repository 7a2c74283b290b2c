"""A file that fails while the bot runs says so in one sentence, loses nothing, and serves again afterwards."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sessions.base import StoreUnavailable
from bot.sessions.sqlite import SqliteStore
from tests.sessions.faults import KEY, locked, turn


async def test_a_locked_file_is_named_and_serves_again_when_it_is_free(store: SqliteStore, path: Path) -> None:
    with locked(path):
        with pytest.raises(StoreUnavailable, match=r"sessions\.db 正被别的程序占着"):
            await store.commit(turn(1))
        with pytest.raises(StoreUnavailable, match="占着"):
            await store.check()
        assert (await store.load(KEY)).version == 1

    await store.check()
    await store.commit(turn(1))
    assert (await store.load(KEY)).version == 2


async def test_a_short_lock_is_waited_for(path: Path) -> None:
    store = SqliteStore(path, keep_days=30, patience=5)
    await store.open()
    with locked(path) as other:
        waiting = asyncio.ensure_future(store.commit(turn(0)))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        other.execute("ROLLBACK")

        await waiting

    assert (await store.load(KEY, "m0")).reply == b"reply"
    await store.close()


async def test_other_conversations_are_read_while_a_commit_waits_for_a_lock(store: SqliteStore, path: Path) -> None:
    with locked(path):
        waiting = asyncio.ensure_future(store.commit(turn(1)))
        read = 0
        while not waiting.done():
            await store.load(KEY)
            await asyncio.sleep(0)
            read += 1

    assert read > 5
    with pytest.raises(StoreUnavailable):
        waiting.result()


async def test_a_full_store_says_so_keeps_what_it_has_and_serves_again(store: SqliteStore) -> None:
    writer = store._require_open().file._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages + 10}")

    with pytest.raises(StoreUnavailable, match=r"sessions\.db 所在的磁盘满了；请腾出空间"):
        await store.commit(turn(1, b"x" * 1_000_000))

    assert (await store.load(KEY)).state == b"state"
    assert (await store.load(KEY, "m1")).reply is None
    writer.execute(f"PRAGMA max_page_count={pages + 10_000}")
    await store.commit(turn(1, b"x" * 1_000_000))
    assert (await store.load(KEY)).version == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own can't be mounted here; the test with max_page_count stands for it")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


async def test_a_disk_that_really_is_full_says_so_and_serves_again(small_disk: Path) -> None:
    store = SqliteStore(small_disk / "sessions.db", keep_days=30)
    await store.open()
    await store.commit(turn(0))
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(small_disk)
        file.write(b"x" * (free.f_bavail * free.f_bsize))

    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="磁盘满了"):
            await store.commit(turn(1, b"x" * 50_000))
    assert (await store.load(KEY)).state == b"state"

    filler.unlink()
    await store.commit(turn(1, b"y" * 50_000))
    await store.close()
    await store.open()
    assert (await store.load(KEY)).state == b"y" * 50_000
    await store.close()


async def test_a_file_that_is_damaged_while_the_bot_runs_is_named(store: SqliteStore, path: Path) -> None:
    await store.close()
    await store.open()
    pages = path.stat().st_size // 4_096
    with path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"\xff" * 4_096 * (pages - 1))

    with pytest.raises(StoreUnavailable, match="已经损坏"):
        await store.load(KEY)
    with pytest.raises(StoreUnavailable, match="已经损坏"):
        await store.load(KEY, "m0")


@pytest.mark.parametrize("fate", ["removed", "replaced"])
async def test_a_file_that_is_gone_takes_no_turn_into_nothing(store: SqliteStore, path: Path, fate: str) -> None:
    for file in path.parent.iterdir():
        file.unlink()
    if fate == "replaced":
        path.touch()

    with pytest.raises(StoreUnavailable, match="被移走或换掉了；请重新启动"):
        await store.commit(turn(1))
    with pytest.raises(StoreUnavailable, match="被移走或换掉了"):
        await store.check()
