"""What holds for all tests: how fast a property is tried is no matter of its truth, for the machine may be busy."""

import logging
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import HealthCheck, settings

from bot.logs import configure_logs
from bot.sessions.base import Store
from tests.contracts.stores import STORES, Clock, create_store

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """Each kind of store in its turn."""
    store = create_store(request.param, tmp_path, clock)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The program's own log, as it is written in earnest."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    target = StringIO()
    configure_logs("text", target)
    yield target
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
