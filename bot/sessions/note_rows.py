"""Small facts that the replicas share, in the tables: a row for each, which counts until its time is over."""

import sqlite3
from collections.abc import Sequence

from bot.sessions.allowing import take
from bot.sessions.base import Allowance


def read(connection: sqlite3.Connection, name: str, now: float) -> bytes | None:
    """What was written under the name, if it still counts."""
    sql = "SELECT CAST(value AS BLOB) FROM notes WHERE name = ? AND until > ?"
    rows = connection.execute(sql, (name, now)).fetchall()
    return rows[0][0] if rows else None


def write(connection: sqlite3.Connection, name: str, value: bytes, until: float) -> None:
    """Write it under the name."""
    connection.execute("INSERT OR REPLACE INTO notes (name, until, value) VALUES (?, ?, ?)", (name, until, value))


def take_lease(connection: sqlite3.Connection, name: str, holder: bytes, now: float, seconds: float) -> bool:
    """Take or renew the lease; False while another one holds it."""
    if read(connection, name, now) not in (None, holder):
        return False
    write(connection, name, holder, now + seconds)
    return True


def drop_lease(connection: sqlite3.Connection, name: str, holder: bytes) -> None:
    """Let go of the lease, if this holder has it."""
    connection.execute("DELETE FROM notes WHERE name = ? AND value = ?", (name, holder))


def spend(connection: sqlite3.Connection, name: str, allowances: Sequence[Allowance], now: float) -> float:
    """Take one from a budget; how long to wait (seconds) when there is none."""
    kept, wait = take(read(connection, name, now) or b"", allowances, now)
    if not wait:
        write(connection, name, kept, now + max((one.seconds for one in allowances), default=0.0))
    return wait


def remove_old(connection: sqlite3.Connection, now: float) -> int:
    """Remove what no longer counts; how many there were."""
    return connection.execute("DELETE FROM notes WHERE until <= ?", (now,)).rowcount
