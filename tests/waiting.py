"""Waiting for what rings no bell: it stands in a store, in a figure, in another program."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.sessions.base import Store
from tests.simulators.base import PATIENCE

LOOK, SLOW_LOOK = 0.002, 0.02
"""Seconds between two looks: at what is in this process, and at another one."""


async def until(is_so: Callable[[], bool | Awaitable[bool]], within: float = PATIENCE) -> None:
    """Return as soon as the claim holds; TimeoutError where it does not in so many seconds."""
    async with asyncio.timeout(within):
        while not await _holds(is_so()):  # noqa: ASYNC110 - nobody rings for it
            await asyncio.sleep(LOOK)


async def until_sent(store: Store) -> None:
    """Return when nothing waits to be sent but what is dead."""

    async def is_sent() -> bool:
        return not any(depth.waiting for depth in await store.outbox.depths())

    await until(is_sent)


def wait_until(is_so: Callable[[], bool], within: float = PATIENCE) -> None:
    """The same where no loop runs."""
    end = time.monotonic() + within
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"it was not so in {within:.0f} s")
        time.sleep(SLOW_LOOK)


async def _holds(claim: bool | Awaitable[bool]) -> bool:  # noqa: FBT001 - the claim itself
    return claim if isinstance(claim, bool) else await claim
