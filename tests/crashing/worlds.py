"""Worlds for tests and for the long run."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.crashing.lives import World
from tests.redis_servers import database_for


def address_of(kind: str, folder: Path) -> str:
    """The address of an empty store of the kind, always the same one for one folder."""
    return database_for(folder) if kind == "redis" else str(folder / "sessions.db")


@asynccontextmanager
async def opened_world(store: str, lossy: float = 0.0) -> AsyncIterator[World]:
    """A world whose platform listens."""
    world = World(store)
    world.platform.lossy = lossy
    await world.platform.start()
    try:
        yield world
    finally:
        await world.platform.stop()
