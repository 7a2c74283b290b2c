"""A store and somebody before the console on it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.sessions.memory import MemoryStore
from tests.console.serving import Staff, console, create_app
from tests.contracts.stores import Clock


@pytest_asyncio.fixture
async def kept(clock: Clock) -> AsyncIterator[MemoryStore]:
    """The store of the console."""
    store = MemoryStore(clock)
    await store.open()
    yield store
    await store.close()


@pytest_asyncio.fixture
async def staff(kept: MemoryStore, clock: Clock) -> AsyncIterator[Staff]:
    """Somebody who is not logged in."""
    async with console(create_app(kept, clock)) as somebody:
        yield somebody


@pytest_asyncio.fixture
async def member(staff: Staff) -> Staff:
    """Somebody who is logged in."""
    await staff.log_in()
    return staff
