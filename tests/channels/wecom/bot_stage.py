"""The AI bot on a loopback, by callback or long connection: its door, the shipped content, and the simulated WeCom."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import cast
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.channels.base import Door, Turns
from bot.channels.web.guards import guard_errors
from bot.channels.wecom.bot_connection import Account, BotConnection
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_door import BotCallbackDoor
from bot.channels.wecom.bot_known import Known
from bot.channels.wecom.bot_lease import Lease
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_posting import Poster
from bot.channels.wecom.bot_pushing import Pusher
from bot.channels.wecom.bot_socket_answers import SocketDesk
from bot.channels.wecom.bot_socket_door import BotSocketDoor
from bot.channels.wecom.bot_streams import Streams
from bot.channels.wecom.bot_work import Work
from bot.channels.wecom.crypto import Cipher
from bot.messages import InboundMessage, Reply
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import rehearse
from bot.sessions.base import Store
from bot.sessions.memory import MemoryStore
from bot.turns import UNAVAILABLE, Pack, Trouble, TurnFailed
from tests.channels.wecom.app_stage import shipped_turns
from tests.content_fixture import shipped_bundle
from tests.simulators.base import Clock
from tests.simulators.wecom import WeCom
from tests.waiting import until, until_sent

MAX_BODY = 64 * 1024
WELCOME = "帮企业看看"
"""Stands in the welcome only."""
FAST = Pace(
    first_answer=15.0,
    poll=0.2,
    opening=1.0,
    answer=1.5,
    closing=0.2,
    heartbeat=0.1,
    lease=2.0,
    renewal=0.05,
    first_pause=0.01,
    longest_pause=0.05,
    refused=0.05,
    replaced=0.5,
    drain=1.0,
    again=0.02,
    outbox=0.02,
    draw=lambda: 1.0,
)
"""The times of the bot, as many times shorter as a test can bear."""


class BrokenTurns:
    """Fails every time."""

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """Nothing but the sentence of a store that can't be used."""
        del message, pack
        raise TurnFailed(UNAVAILABLE, is_temporary=False)


class GatedTurns:
    """Turns of another that wait for a gate, as those of a slow store would."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.gate = asyncio.Event()
        self.gate.set()
        self.taken = 0
        self.heard: set[str] = set()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The other's reply, once the gate is open."""
        self.taken += 1
        self.heard.add(message.text)
        await self.gate.wait()
        return await self._turns.handle(message, pack)


@dataclass(slots=True)
class Replica:
    """One process of the bot."""

    door: Door
    turns: GatedTurns
    metrics: Metrics
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def stop(self) -> None:
        """End it as the server does."""
        for task in self.tasks:
            task.cancel()
        results = await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks.clear()
        failed = [one for one in results if isinstance(one, Exception)]
        assert not failed, failed


@dataclass(slots=True)
class Stage:
    """What a test may touch."""

    wecom: WeCom
    store: Store
    client: aiohttp.ClientSession
    pace: Pace
    troubles: list[Trouble] = field(default_factory=list)
    replicas: list[Replica] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """The time of both sides."""
        return self.wecom.clock

    @property
    def replica(self) -> Replica:
        """The first process."""
        return self.replicas[0]

    def read_time(self) -> datetime:
        """The time as the doors are told it."""
        return datetime.fromtimestamp(self.wecom.clock.now(), UTC)

    def count(self, replica: Replica, name: str) -> float:
        """One figure of a replica."""
        lines = replica.metrics.render().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))

    async def settled(self) -> None:
        """Return when nothing waits to be sent but what is dead."""
        await until_sent(self.store)

    async def start(self, turns: Turns | None = None) -> Replica:
        """One more process; of callbacks the newest gets all."""
        raise NotImplementedError


@dataclass(slots=True)
class CallbackStage(Stage):
    """The bot by callback."""

    runners: list[web.AppRunner] = field(default_factory=list)

    async def start(self, turns: Turns | None = None) -> Replica:
        given, metrics = self.wecom.platform.accounts, Metrics()
        gated = GatedTurns(turns or shipped_turns(self.store, self.troubles))
        poster = Poster(self.client, self.wecom.url)
        desk = Desk(Work(gated), Streams(self.store.board), self.store.outbox, poster, self.read_time, self.pace)
        door = BotCallbackDoor(desk, Cipher(given.bot_token, given.bot_aes_key, "", self.read_time), metrics)
        dispatcher = Dispatcher(self.store.outbox, dict.fromkeys(door.names, door), metrics, self.clock.now, poll=0.005)
        replica = Replica(door, gated, metrics)
        replica.tasks = [asyncio.create_task(work()) for work in (dispatcher.run, door.run)]
        self.wecom.bot_url = await self._serve(door, metrics)
        self.replicas.append(replica)
        return replica

    async def _serve(self, door: BotCallbackDoor, metrics: Metrics) -> str:
        app = web.Application(client_max_size=MAX_BODY + 1, middlewares=[guard_errors(metrics)])
        door.add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.runners.append(runner)
        return f"http://127.0.0.1:{runner.addresses[0][1]}"


@dataclass(slots=True)
class SocketStage(Stage):
    """The bot by long connection."""

    async def start(self, turns: Turns | None = None, url: str = "") -> Replica:
        given, metrics, board = self.wecom.platform.accounts, Metrics(), self.store.board
        gated = GatedTurns(turns or shipped_turns(self.store, self.troubles))
        address = url or self.wecom.environment(is_connected=True)["POLICYBOT_WECOM_BOT_URL"]
        account = Account(address, given.bot_id, given.bot_secret)
        connection = BotConnection(self.client, account, board, Lease(board, uuid4().hex, self.pace), self.pace)
        pusher = Pusher(connection, board, self.read_time, self.pace.again)
        desk = SocketDesk(Work(gated), pusher, Known(board), self.store.outbox, self.read_time, self.pace)
        door = BotSocketDoor(desk, connection, metrics)
        replica = Replica(door, gated, metrics)
        replica.tasks = [asyncio.create_task(door.run())]
        self.replicas.append(replica)
        return replica


@cache
def _warm_up() -> None:
    """Let the first turn of all, which is slower, be none of a test's."""
    rehearse(shipped_bundle(), datetime.now(UTC))


@asynccontextmanager
async def _stage(kind: type[Stage], wecom: WeCom, store: Store | None, pace: Pace) -> AsyncIterator[Stage]:
    _warm_up()
    store = store or MemoryStore(wecom.clock.now)
    await store.open()
    dump = partial(json.dumps, ensure_ascii=False)
    async with wecom, aiohttp.ClientSession(json_serialize=dump) as client:
        stage = kind(wecom, store, client, pace)
        try:
            yield stage
        finally:
            for replica in stage.replicas:
                await replica.stop()
            if isinstance(stage, CallbackStage):
                for runner in stage.runners:
                    await runner.cleanup()
    await store.close()


@asynccontextmanager
async def callback_stage(
    store: Store | None = None, turns: Turns | None = None, clock: Clock | None = None, **pace: float
) -> AsyncIterator[CallbackStage]:
    """One process that takes callbacks; afterwards everything has ended."""
    async with _stage(CallbackStage, WeCom(clock=clock), store, replace(FAST, **pace)) as stage:  # type: ignore[arg-type]
        await stage.start(turns)
        yield cast("CallbackStage", stage)


@asynccontextmanager
async def socket_stage(
    store: Store | None = None, turns: Turns | None = None, clock: Clock | None = None, **pace: float
) -> AsyncIterator[SocketStage]:
    """One process that is connected; afterwards everything has ended."""
    wecom = WeCom(clock=clock)
    wecom.use_long_connection()
    async with _stage(SocketStage, wecom, store, replace(FAST, **pace)) as stage:  # type: ignore[arg-type]
        await stage.start(turns)
        await until(lambda: stage.wecom.connection.line is not None)
        yield cast("SocketStage", stage)
