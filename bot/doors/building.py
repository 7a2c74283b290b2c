"""All doors that are set, and their work beside the server."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

from bot.channels.base import Door
from bot.doors.dingtalk import open_dingtalk
from bot.doors.foundation import Foundation
from bot.doors.gauging import gauge_outbox
from bot.doors.wecom import open_wecom_app, open_wecom_bot
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.sessions.base import Store
from bot.settings import Settings

Builder = Callable[[Settings, Foundation], Iterator[Door]]
BUILDERS: tuple[Builder, ...] = (open_wecom_app, open_wecom_bot, open_dingtalk)
"""Of each platform what yields its doors, if the settings turn them on."""


def build_doors(settings: Settings, ground: Foundation) -> tuple[Door, ...]:
    """The doors that the settings turn on."""
    return tuple(door for build in BUILDERS for door in build(settings, ground))


@asynccontextmanager
async def working(doors: Sequence[Door], store: Store, metrics: Metrics) -> AsyncIterator[None]:
    """While it lasts, the doors do their work and what waits is sent; afterwards all of it has ended."""
    senders = {name: door for door in doors for name in door.names}
    dispatcher = Dispatcher(store.outbox, senders, metrics, time.time)
    async with asyncio.TaskGroup() as group:
        works = (dispatcher.run(), gauge_outbox(store.outbox, metrics), *(door.run() for door in doors))
        tasks = [group.create_task(work) for work in works]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
