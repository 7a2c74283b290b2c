"""What stands in the way of a file, and what the store says of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.sessions.base import SessionKey, StoreUnavailable, TurnRecord
from bot.sessions.sqlite import SqliteStore

KEY = SessionKey("web", "c1")


def turn(version: int, state: bytes = b"state") -> TurnRecord:
    return TurnRecord(KEY, f"m{version}", version, state, b"reply")


@contextmanager
def locked(path: Path, kind: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """Another program holds the lock of the file."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute(f"BEGIN {kind}")
        yield other


async def open_error(path: Path) -> str:
    """The sentence of the error at opening."""
    with pytest.raises(StoreUnavailable) as caught:
        await SqliteStore(path, keep_days=30, patience=0.2).open()
    return str(caught.value)
