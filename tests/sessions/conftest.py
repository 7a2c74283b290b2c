"""A store in a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sessions.sqlite import SqliteStore
from tests.sessions.faults import turn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    """A store with one turn, which waits for no lock long."""
    store = SqliteStore(path, keep_days=30, patience=0.3)
    await store.open()
    await store.commit(turn(0))
    yield store
    await store.close()
