"""Opening a SQLite file that keeps conversations, and saying in plain words why it can't be used."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable

T = TypeVar("T")

APPLICATION_ID = 0x506F6C62  # "Polb", so that no other program's database is taken for a store
SCHEMA = 3
PAUSE = 0.001
PRAGMAS = ("synchronous=FULL", "fullfsync=ON", "secure_delete=ON", "wal_autocheckpoint=0", "temp_store=MEMORY")
HAND_OFFS = """
CREATE TABLE hand_offs (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (session, number)
);
"""
SENDING = """
CREATE TABLE parcels (
    id INTEGER PRIMARY KEY,
    session INTEGER,
    name TEXT NOT NULL UNIQUE,
    door TEXT NOT NULL,
    lane TEXT NOT NULL,
    at REAL NOT NULL,
    due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '',
    is_dead INTEGER NOT NULL DEFAULT 0,
    content BLOB NOT NULL
);
CREATE INDEX parcels_in_order ON parcels (door, lane, id) WHERE NOT is_dead;
CREATE INDEX parcels_by_due ON parcels (due) WHERE NOT is_dead;
CREATE INDEX parcels_of_session ON parcels (session);
CREATE TABLE notes (name TEXT PRIMARY KEY, until REAL NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
"""
TABLES = f"""
PRAGMA application_id={APPLICATION_ID};
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    conversation TEXT NOT NULL,
    version INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    state BLOB,
    UNIQUE (channel, conversation)
);
CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    reply BLOB NOT NULL,
    UNIQUE (session, message_id)
);
CREATE INDEX replies_by_age ON replies (at);
CREATE TABLE unreadable_sessions (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state BLOB NOT NULL
);
CREATE TABLE checks (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
{HAND_OFFS}{SENDING}"""
ADDED = {1: HAND_OFFS + SENDING, 2: SENDING}
"""What a file of an earlier schema lacks; it is added when the bot opens the file."""
_SENTENCES = {
    "SQLITE_BUSY": "{path} 正被别的程序占着；停掉那个程序，或过一会儿再试",
    "SQLITE_LOCKED": "{path} 正被别的程序占着；停掉那个程序，或过一会儿再试",
    "SQLITE_FULL": "{path} 所在的磁盘满了；请腾出空间",
    "SQLITE_READONLY": "{path} 不能写；请让运行的账号能写这个文件和它的文件夹",
    "SQLITE_CANTOPEN": "{path} 打不开；请让运行的账号能写这个文件和它的文件夹",
    "SQLITE_CORRUPT": "{path} 已经损坏；请移到别处，从备份恢复，或从新文件开始",
    "SQLITE_NOTADB": "{path} 不是数据库，或者已经损坏；请移到别处，或换一个文件名",
    "SQLITE_IOERR": "{path} 所在的磁盘读不了或写不了；请检查磁盘",
}


def require_file(path: Path) -> None:
    """Return when there is a store to read: what only reads makes none. Raises RequestError."""
    if not path.is_file():
        raise RequestError(f"没有保存对话的文件 {path}；用 POLICYBOT_STORE 写明它在哪里")


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for no lock and commits durably; transactions are begun by hand."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(path: Path) -> None:
    """Make sure that the file is there, readable by its owner alone, and that its name survives a power cut."""
    if not path.parent.is_dir():
        raise StoreUnavailable(f"没有文件夹 {path.parent}；请先建好")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)
    flush(path.parent)


def flush(path: Path) -> None:
    """Return when the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def create_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that the file holds this version's tables, in write-ahead mode; StoreUnavailable when it can't."""
    if _has_tables(connection):
        require_whole(connection, path)
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
        raise StoreUnavailable(f"{path} 所在的磁盘没有 SQLite 要的共享内存；请放在本机的磁盘上")
    with transaction(connection, 0):
        # another process may have been faster
        lacking = ADDED.get(_schema(connection), "") if _has_tables(connection) else TABLES
        for statement in lacking.split(";")[:-1]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={SCHEMA}")


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Return when the file is a store of this version and is not damaged; StoreUnavailable otherwise."""
    require_ours(connection, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise StoreUnavailable(_SENTENCES["SQLITE_CORRUPT"].format(path=path))


def require_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Return when the file says that it is a store of this version or an earlier one; StoreUnavailable otherwise."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreUnavailable(f"{path} 不是政策小助手保存对话的文件；请换一个文件名")
    if (schema := _schema(connection)) not in (SCHEMA, *ADDED):
        raise StoreUnavailable(f"{path} 是另一个版本写的（格式 {schema}，这个版本认得到 {SCHEMA}）；请用写它的那个版本")


@contextmanager
def transaction(connection: sqlite3.Connection, patience: float) -> Iterator[None]:
    """All that is written inside, or nothing of it; it waits this many seconds for another writer."""
    patiently(partial(connection.execute, "BEGIN IMMEDIATE"), patience)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def patiently(attempt: Callable[[], T], patience: float) -> T:
    """What the attempt returns, repeated for so many seconds while another connection is in the way."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except sqlite3.OperationalError as error:
            if not is_lock(error) or time.monotonic() > deadline:
                raise
        time.sleep(PAUSE)  # SQLite's own pauses grow to 100 ms, too long against a busy process


def _roll_back(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):  # what made it fail is already on its way up
        if connection.in_transaction:  # a full disk ends a transaction by itself
            connection.execute("ROLLBACK")


def is_lock(error: BaseException | None) -> bool:
    """Whether another connection is in the way, so that trying again helps."""
    return _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system raise into StoreUnavailable."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(_sentence(path, error)) from error
    except PermissionError as error:
        raise StoreUnavailable(_SENTENCES["SQLITE_CANTOPEN"].format(path=path)) from error
    except OSError as error:
        raise StoreUnavailable(f"{path} 打不开、不能写（{error.strerror}）") from error


def _sentence(path: Path, error: sqlite3.Error) -> str:
    name = _name(error)
    found = next((sentence for start, sentence in _SENTENCES.items() if name.startswith(start)), None)
    return found.format(path=path) if found else f"{path} 用不了（{name or type(error).__name__}）"


def _name(error: BaseException | None) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
