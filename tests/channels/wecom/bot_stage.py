"""The AI bot on a loopback, by callback or long connection: its door, the shipped content, and the simulated WeCom."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import cast

import aiohttp
from pydantic import SecretStr

from bot.channel_settings import WecomBotCallback, WecomBotSocket
from bot.channels.base import Door, Turns
from bot.channels.wecom.bot_building import Base, build_callback_door, build_socket_door
from bot.channels.wecom.bot_pace import Pace
from bot.messages import InboundMessage, Reply
from bot.metrics import Metrics
from bot.responder import rehearse
from bot.sessions.base import Store
from bot.sessions.memory import MemoryStore
from bot.turns import UNAVAILABLE, Pack, Trouble, TurnFailed
from tests.channels.fakes import WatchedDispatcher
from tests.channels.wecom.app_stage import served, shipped_turns
from tests.content_fixture import shipped_bundle
from tests.simulators.base import Clock
from tests.simulators.wecom import WeCom
from tests.waiting import until, until_sent

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
    busy=0.05,
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
    dispatcher: WatchedDispatcher | None = None
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
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

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

    async def pass_time(self, steps: int) -> None:
        """Let the time pass, as long as nothing is under way; a step is less than a claim of the outbox lasts."""
        dispatchers = [one.dispatcher for one in self.replicas if one.dispatcher]
        for _ in range(steps):
            await until(lambda: all(one.is_idle for one in dispatchers))
            self.clock.advance(20)
            await asyncio.sleep(0.01)

    def base(self, turns: Turns | None) -> tuple[Base, GatedTurns]:
        """What one more process is built on, and the gate before its turns."""
        gated = GatedTurns(turns or shipped_turns(self.store, self.troubles))
        return Base(gated, self.store, self.client, Metrics(), self.read_time, self.pace), gated

    async def start(self, turns: Turns | None = None) -> Replica:
        """One more process; of callbacks the newest gets all."""
        raise NotImplementedError


@dataclass(slots=True)
class CallbackStage(Stage):
    """The bot by callback."""

    async def start(self, turns: Turns | None = None) -> Replica:
        accounts, base, gated = self.wecom.platform.accounts, *self.base(turns)
        given = WecomBotCallback(SecretStr(accounts.bot_token), SecretStr(accounts.bot_aes_key))
        door, metrics = build_callback_door(given, self.wecom.url, base), base.metrics
        senders = dict.fromkeys(door.names, door)
        dispatcher = WatchedDispatcher(self.store.outbox, senders, metrics, self.clock.now, poll=0.005)
        replica = Replica(door, gated, metrics, dispatcher)
        replica.tasks = [asyncio.create_task(work()) for work in (dispatcher.run, door.run)]
        self.wecom.bot_url = await self.stack.enter_async_context(served(door, metrics))
        self.replicas.append(replica)
        return replica


@dataclass(slots=True)
class SocketStage(Stage):
    """The bot by long connection."""

    async def start(self, turns: Turns | None = None, url: str = "") -> Replica:
        accounts, base, gated = self.wecom.platform.accounts, *self.base(turns)
        address = url or self.wecom.environment(is_connected=True)["POLICYBOT_WECOM_BOT_URL"]
        given = WecomBotSocket(accounts.bot_id, SecretStr(accounts.bot_secret), address)
        door, metrics = build_socket_door(given, base), base.metrics
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
            await stage.stack.aclose()
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
