"""A bell that wakes who waits for parcels: rung in this process, whoever posts or settles one."""

import asyncio
from contextlib import suppress


class Bell:
    """Rings for all that wait, and for the next one that comes to wait."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake who waits."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when it rings or has rung since the last wait, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()
