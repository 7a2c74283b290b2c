"""When to look at the content folder: as soon as the system tells of a change, and now and then without being told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from bot.content.files import PARTS

LOOK_MS = 700
"""Milliseconds after which to look anyway: a network folder tells of nothing, nor does one behind a changed link."""
STEP_MS = 50
LONGEST_MS = 300


async def looks(folder: Path) -> AsyncIterator[None]:
    """One for each time that the folder is to be looked at, until cancelled.

    The watch is set up anew each time: a folder that was removed and made again would otherwise be lost to it.
    """
    while True:
        await _wait_for_change(folder)
        yield


async def _wait_for_change(folder: Path) -> None:
    """Return at a change, or after a while."""
    parts = [folder / part for part in PARTS]
    try:
        async for _ in awatch(
            *parts, watch_filter=None, debounce=LONGEST_MS, step=STEP_MS, rust_timeout=LOOK_MS, yield_on_timeout=True
        ):
            return
    except (OSError, RuntimeError):  # a part is missing, or the system has no watch left to give
        await asyncio.sleep(LOOK_MS / 1000)
