"""Copies of the SQLite file that keeps the conversations: made while the server runs, checked, and put back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable
from bot.sessions.database import flush, require_file, require_ours

PATIENCE_SECONDS = 10.0
PART = ".part"
HELD_BACK = "restored from a backup"
"""Why what waited to be sent in a backup is not sent by itself: it most likely was sent after the backup was made."""
_SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: conversations, records of hand-offs, and what waits to be sent."""

    conversations: int
    hand_offs: int
    waiting: int
    size: int


def back_up(store: Path, target: Path) -> Copied:
    """Copy the store as it is at one instant, the server may run; raises RequestError, and then there is no copy."""
    require_file(store)
    # opened as a server does, so that the last one to close it leaves no log beside it
    return _copy(store, target, mode="rw")


def restore(source: Path, store: Path) -> Copied:
    """Make the store anew from a copy; raises RequestError, and then nothing is changed.

    What waited to be sent in the copy is held back: `policybot outbox` lists it.
    """
    if not source.is_file():
        raise RequestError(f"没有备份文件 {source}")
    for path in (store, *(Path(f"{store}{suffix}") for suffix in _SIDE_FILES)):
        if path.exists():
            raise RequestError(
                f"{path} 已经在那里，不覆盖：先停掉服务，把它和同名的 -wal、-shm 文件一起移到别处，再恢复"
            )
    return _copy(source, store, mode="ro", holds_back=True)


def _copy(source: Path, target: Path, *, mode: str, holds_back: bool = False) -> Copied:
    with _plain(source, target), _placed(target) as part:
        with _opened(source, mode) as old, closing(sqlite3.connect(part)) as new:
            require_ours(old, source)
            old.backup(new)  # in one step: a server that writes meanwhile neither waits nor makes it start anew
            new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            if new.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise RequestError(f"{source} 已经损坏，没有复制；请换一份备份，或看 docs/operation.zh-CN.md")
            copied = _count(new, part)
            if holds_back:
                _hold_back(new)
        return copied


def _hold_back(copy: sqlite3.Connection) -> None:
    if _has_table(copy, "parcels"):
        copy.execute("UPDATE parcels SET is_dead = 1, why = ? WHERE NOT is_dead", (HELD_BACK,))
        copy.commit()


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """A connection that does not make the file."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS)) as opened:
        opened.execute("PRAGMA secure_delete=ON")
        yield opened


def _count(connection: sqlite3.Connection, path: Path) -> Copied:
    """What a copy has; one of an earlier schema lacks some tables."""
    hand_offs = _rows_of(connection, "hand_offs")
    waiting = _rows_of(connection, "parcels", "NOT is_dead")
    return Copied(_rows_of(connection, "sessions", "state IS NOT NULL"), hand_offs, waiting, path.stat().st_size)


def _rows_of(connection: sqlite3.Connection, table: str, condition: str = "1") -> int:
    if not _has_table(connection, table):
        return 0
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}")  # noqa: S608 - both are ours
    return int(found.fetchone()[0])


def _has_table(connection: sqlite3.Connection, table: str) -> bool:
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(sql, (table,)).fetchone() is not None


@contextmanager
def _placed(target: Path) -> Iterator[Path]:
    """A file to write beside the target, for its owner alone; it takes the target's name once all of it is on the disk.

    The name is taken at the start, so that nothing is ever overwritten; when the block fails nothing is left.
    """
    part = target.with_name(target.name + PART)
    _create(target)
    try:
        part.unlink(missing_ok=True)  # left by a copy that was killed: the target's name was free
        _create(part)
        yield part
        flush(part)
        part.replace(target)
        flush(target.parent)
    except BaseException:
        for path in (part, target):
            with suppress(OSError):
                path.unlink()
        raise


def _create(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        raise RequestError(f"{path} 已经在那里，不覆盖：请换一个文件名") from None


@contextmanager
def _plain(source: Path, target: Path) -> Iterator[None]:
    """Turns what SQLite and the system raise into a sentence."""
    try:
        yield
    except StoreUnavailable as error:
        raise RequestError(error.what) from None
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        raise RequestError(_sentence(name, source, target)) from error
    except OSError as error:
        raise RequestError(f"写不了 {target}：文件夹要先建好、可以写，磁盘要有空间（{error.strerror}）") from error


def _sentence(name: str, source: Path, target: Path) -> str:
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"{source} 不是保存对话的文件，或者已经损坏；没有复制"
    if name.startswith("SQLITE_FULL"):
        return f"{target} 所在的磁盘满了；没有复制"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{source} 一直被别的程序占着；过一会儿再试"
    return f"{source} 读不了（{name or 'SQLite'}）：请确认有读取权限；没有复制"
