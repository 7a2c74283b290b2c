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
async def working(doors: Sequence[Door], store: Store, metrics: Metrics, stop: asyncio.Event) -> AsyncIterator[None]:
    """While it lasts, the doors do their work and what waits is sent; afterwards all of it has ended.

    From `stop` on nothing more is sent, while the doors still finish what they have: it is kept for the next start.
    """
    senders = {name: door for door in doors for name in door.names}
    dispatcher = Dispatcher(store.outbox, senders, metrics, time.time)
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(dispatcher.run())
        works = (gauge_outbox(store.outbox, metrics), _end_at(stop, sending), *(door.run() for door in doors))
        tasks = [sending, *(group.create_task(work) for work in works)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def _end_at(stop: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Cancel the task when the program is told to stop: what it has under way ends beside what the server has."""
    await stop.wait()
    task.cancel()
