"""The self-built app on a loopback: the bot's door and dispatcher with the shipped content, and the simulated WeCom."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import aiohttp
from aiohttp import web

from bot.channels.base import Door, Turns
from bot.channels.tokens import SharedToken
from bot.channels.web.guards import guard_errors
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.app_answers import ANSWER_SECONDS, ActiveAnswers, Line, PassiveAnswers
from bot.channels.wecom.app_door import AppDoor, KfIntake
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.crypto import Cipher
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.reception import Reception
from bot.metrics import Metrics
from bot.responder import ContentResponder
from bot.sessions.base import Store
from bot.sessions.memory import MemoryStore
from bot.turns import Trouble, TurnHandler
from tests.channels.fakes import WatchedDispatcher
from tests.channels.serving import serve_app
from tests.content_fixture import shipped_bundle
from tests.simulators.base import Clock
from tests.simulators.wecom import Timing, WeCom
from tests.waiting import until, until_sent

MAX_BODY = 64 * 1024


@dataclass(slots=True)
class Stage:
    """What a test may touch."""

    wecom: WeCom
    store: Store
    metrics: Metrics
    url: str
    dispatcher: WatchedDispatcher
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """The time of both sides."""
        return self.wecom.clock

    def has_figure(self, line: str) -> bool:
        """Whether the metrics have a line with this."""
        return line in self.metrics.render().decode()

    async def figured(self, line: str) -> None:
        """Return when the metrics have a line with this."""
        await until(lambda: self.has_figure(line))

    async def settled(self) -> None:
        """Return when nothing waits to be sent but what is dead."""
        await until_sent(self.store)

    async def settled_in_time(self) -> None:
        """Let the time pass until nothing waits to be sent but what is dead."""

        async def is_settled() -> bool:
            if self.dispatcher.is_idle:
                self.clock.advance(5)
            return all(one.is_dead for one in await self.store.outbox.waiting())

        await until(is_settled)

    async def tried(self, attempts: int = 1) -> None:
        """Return when something that waits was tried so often."""

        async def is_tried() -> bool:
            return any(one.attempts >= attempts for one in await self.store.outbox.waiting())

        await until(is_tried)


def shipped_turns(store: Store, troubles: list[Trouble]) -> TurnHandler:
    """Turns on the shipped content, as the door of the app has them."""
    bundle = shipped_bundle()
    responder = ContentResponder(lambda: bundle, "wecom", retention_days=30)
    return TurnHandler(store, responder, lambda: bundle.guide.knowledge.attributes, troubles.append)


def build_door(
    wecom: WeCom,
    store: Store,
    client: aiohttp.ClientSession,
    turns: PatientTurns,
    metrics: Metrics,
    *,
    has_secret: bool = True,
    kf: KfIntake | None = None,
    secret: str = "",
    seconds: float = ANSWER_SECONDS,
) -> AppDoor:
    """The door as bot.doors builds it, with the clock of the simulator."""
    given = wecom.platform.accounts

    def read_time() -> datetime:
        return datetime.fromtimestamp(wecom.clock.now(), UTC)

    reception = Reception(Cipher(given.token, given.aes_key, given.corp_id, read_time), metrics, read_time)
    line = Line(turns, store.board, read_time, given.corp_id, given.agent_id, seconds)
    if not has_secret:
        return AppDoor(reception, PassiveAnswers(line), turns, None, kf)
    source = TokenSource(client, wecom.url, given.corp_id, secret or given.secret, wecom.clock.now)
    token = SharedToken(store.board, f"wecom:{given.corp_id}:{given.agent_id}", source.fetch)
    api = WecomApi(client, wecom.url, token, sleep=lambda _: asyncio.sleep(0))
    return AppDoor(reception, ActiveAnswers(line), turns, AppSender(api, store.board, metrics, wecom.clock.now), kf)


@asynccontextmanager
async def app_stage(
    *,
    has_secret: bool = True,
    store: Store | None = None,
    turns: Turns | None = None,
    seconds: float = ANSWER_SECONDS,
    timing: Timing | None = None,
    kf: KfIntake | None = None,
    clock: Clock | None = None,
    secret: str = "",
) -> AsyncIterator[Stage]:
    """The app at work; every part of it has stopped afterwards."""
    clock = clock or Clock()
    metrics, troubles = Metrics(), list[Trouble]()
    store = store or MemoryStore(clock.now)
    await store.open()
    dump = partial(json.dumps, ensure_ascii=False)
    async with WeCom(clock=clock, timing=timing) as wecom, aiohttp.ClientSession(json_serialize=dump) as client:
        patient = PatientTurns(turns or shipped_turns(store, troubles))
        door = build_door(
            wecom, store, client, patient, metrics, has_secret=has_secret, kf=kf, secret=secret, seconds=seconds
        )
        async with served(door, metrics) as url, dispatching(door, store, metrics, clock) as dispatcher:
            wecom.bot_url = url
            yield Stage(wecom, store, metrics, url, dispatcher, troubles)
    await store.close()


@asynccontextmanager
async def served(door: Door, metrics: Metrics) -> AsyncIterator[str]:
    """The door behind a real server; its address."""
    app = web.Application(client_max_size=MAX_BODY + 1, middlewares=[guard_errors(metrics)])
    door.add_routes(app)
    async with serve_app(app) as url:
        yield url


@asynccontextmanager
async def dispatching(door: AppDoor, store: Store, metrics: Metrics, clock: Clock) -> AsyncIterator[WatchedDispatcher]:
    """The door's own work, and the sending of what waits."""
    senders = dict.fromkeys(door.names, door)
    dispatcher = WatchedDispatcher(store.outbox, senders, metrics, clock.now, poll=0.005)
    tasks = [asyncio.create_task(work()) for work in (dispatcher.run, door.run)]
    try:
        yield dispatcher
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
