"""The door of DingTalk in one process with the simulated platform, as `serve` puts it together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp

from bot.channels.base import Turns
from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.door import DingtalkDoor, Ground, Robot
from bot.channels.dingtalk.stream import Pace
from bot.channels.web.server import create_web_app
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import ContentResponder
from bot.sessions.base import Store
from bot.sessions.memory import MemoryStore
from bot.turns import Trouble, TurnHandler
from tests.channels.fakes import Ready
from tests.channels.serving import serve_app
from tests.content_fixture import shipped_bundle
from tests.simulators.dingtalk import DingTalk, Mode, Timing
from tests.waiting import until_sent

TEMPLATE = "policybot-card.schema"
QUICK = Timing(redeliver_after=0.05, ack_limit=5.0, system_limit=1.0, http_pause=0.01)
WATCHFUL = 0.05
"""Seconds between two looks at a socket, for tests in which one only seems to be open."""
QUICK_PACE = Pace(sleep=lambda _seconds: asyncio.sleep(0.01))


@dataclass
class Running:
    """A bot that runs; `restart` gives the next one the same store."""

    door: DingtalkDoor
    store: Store
    metrics: Metrics
    troubles: list[Trouble] = field(default_factory=list)

    async def settles(self) -> None:
        """Wait until nothing waits to be answered or sent; what was given up does not count."""
        await until_sent(self.store)


def real_turns(store: Store, report: Callable[[Trouble], None]) -> TurnHandler:
    """Turns with the shipped content."""
    bundle = shipped_bundle()
    responder = ContentResponder(lambda: bundle, "dingtalk", retention_days=30)
    return TurnHandler(store, responder, lambda: bundle.guide.knowledge.attributes, report)


@asynccontextmanager
async def running(
    dingtalk: DingTalk,
    store: Store | None = None,
    *,
    turns: Turns | None = None,
    template: str = "",
    pace: Pace | None = None,
    is_answering: bool = True,
    connections: int = 1,
    call_seconds: float = 10.0,
) -> AsyncIterator[Running]:
    """A bot with the settings that the platform gives; one that is not answering crashes before it takes a turn.

    By Stream it waits until so many connections are open at the platform.
    """
    store, metrics, troubles = store or MemoryStore(), Metrics(), list[Trouble]()
    turns = turns or real_turns(store, troubles.append)
    await store.open()
    timeout = aiohttp.ClientTimeout(call_seconds)
    async with aiohttp.ClientSession(timeout=timeout) as client, asyncio.TaskGroup() as group:
        door = DingtalkDoor(
            robot_of(dingtalk, template), ground_of(dingtalk, turns, store, client, metrics), pace or QUICK_PACE
        )
        web_app = create_web_app(turns, Ready(), metrics, has_page=False)
        door.add_routes(web_app)
        dispatcher = Dispatcher(store.outbox, dict.fromkeys(door.names, door), metrics, asyncio.get_running_loop().time)
        async with serve_app(web_app) as address:
            dingtalk.bot_url = address
            works = [door.run, *([dispatcher.run] if is_answering else [])]
            tasks = [group.create_task(work()) for work in works]
            if dingtalk.doors.mode is Mode.STREAM:
                await dingtalk.streams.connects(connections)
            try:
                yield Running(door, store, metrics, troubles)
            finally:
                for task in tasks:
                    task.cancel()


def robot_of(dingtalk: DingTalk, template: str) -> Robot:
    """The robot as the platform registered it."""
    app = dingtalk.platform.app
    credentials = Credentials(app.client_id, app.client_secret, dingtalk.url)
    card_secret = app.signing_card_secret if template else ""
    return Robot(credentials, dingtalk.doors.mode is Mode.STREAM, template, card_secret)


def ground_of(
    dingtalk: DingTalk, turns: Turns, store: Store, client: aiohttp.ClientSession, metrics: Metrics
) -> Ground:
    """What the door stands on, with the clock of the platform."""
    clock = dingtalk.platform.clock
    return Ground(turns, store, client, metrics, lambda: datetime.fromtimestamp(clock.now() / 1000, UTC))
