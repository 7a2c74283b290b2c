"""Looks now and then at what waits to be sent, for the figures."""

import asyncio
import time
from collections.abc import Callable

import structlog

from bot.metrics import Metrics
from bot.sessions.base import Outbox, StoreUnavailable

PAUSE = 15.0

_log = structlog.get_logger(__name__)


async def gauge_outbox(
    outbox: Outbox, metrics: Metrics, clock: Callable[[], float] = time.time, pause: float = PAUSE
) -> None:
    """Show what waits and what was given up, until cancelled; while the store is away the last figures stay."""
    while True:
        try:
            metrics.set_outbox(await outbox.depths(), clock())
        except StoreUnavailable as error:
            metrics.count_store_error("gauge")
            _log.warning("outbox_not_gauged", error=type(error).__name__)
        await asyncio.sleep(pause)
