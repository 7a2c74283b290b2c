"""The composition root of the messaging platforms: the doors that are set, built, and running beside the server."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.channels.base import Door
from bot.content.reload import LiveContent
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import ContentResponder
from bot.sessions.base import Store
from bot.settings import Settings
from bot.turns import Trouble, TurnHandler

CALL_SECONDS = 10.0
CONNECT_SECONDS = 5.0

_log = structlog.get_logger(__name__)
_dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))  # WeCom takes no \\u escapes (40033)


@dataclass(frozen=True, slots=True)
class Foundation:
    """What every way in stands on."""

    store: Store
    client: ClientSession
    metrics: Metrics
    content: LiveContent
    retention_days: int

    def turns(self, kind: str) -> TurnHandler:
        """Turns on the content in use, put into words for one kind of output."""
        content = self.content
        responder = ContentResponder(lambda: content.bundle, kind, retention_days=self.retention_days)
        report = reporter(self.metrics, lambda: content.status.version)
        return TurnHandler(self.store, responder, lambda: content.bundle.guide.knowledge.attributes, report)


def reporter(metrics: Metrics, version: Callable[[], str]) -> Callable[[Trouble], None]:
    """What counts and logs a turn that went wrong: no text of the user, no value."""

    def report(trouble: Trouble) -> None:
        metrics.count_error(trouble.event)
        where = list(trouble.where)
        _log.error(trouble.event, channel=trouble.channel, what=trouble.what, where=where, content=version())

    return report


def open_client() -> ClientSession:
    """The client of all calls to platforms, each of which has a time-out."""
    timeout = ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS)
    return ClientSession(timeout=timeout, json_serialize=_dump, trust_env=True)


Builder = Callable[[Settings, Foundation], Iterator[Door]]
BUILDERS: tuple[Builder, ...] = ()
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
        tasks = [group.create_task(work()) for work in (dispatcher.run, *(door.run for door in doors))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
