"""A bot at the simulated 微信客服: one or more replicas over one store, with the shipped content."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.channels.base import Turns
from bot.channels.tokens import SharedToken
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.crypto import Cipher, read_encrypted_xml
from bot.channels.wecom.kf_door import KfDoor
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_intake import Pace
from bot.channels.wecom.kf_parcels import DOOR
from bot.channels.wecom.payloads import CustomerNotice, read_callback
from bot.content.bundle import Bundle
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.metrics import Metrics
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey, Store, TurnRecord
from bot.sessions.memory import MemoryStore
from bot.turns import Pack, Trouble, TurnHandler
from tests.channels.fakes import WatchedDispatcher
from tests.channels.serving import serve_app
from tests.content_fixture import shipped_bundle
from tests.simulators.base import Clock
from tests.simulators.wecom import WeCom
from tests.simulators.wecom.customers import Customer
from tests.simulators.wecom.inbox import Shown
from tests.waiting import until

EXPECTED = {"wecom_kf_not_read", "wecom_kf_not_delivered", "wecom_kf_item_unreadable"}
"""Lines of the log by which an operator is told of trouble that a test has made."""
MakeStore = Callable[[Callable[[], float]], Store]
START = 1_790_000_000.0
PACE = Pace(routine=3600.0, look_again=0.01, longest=0.02, calm=0.01, blocked=0.02)


class LongWinded:
    """Turns of which a number is answered by so many long messages, anything else by its echo; 转人工 hands over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The reply, kept and posted like any other."""
        key = SessionKey(message.channel, message.conversation)
        count = int(message.text) if message.text.isdigit() else 0
        texts = [f"{count}-{n:03} " + "字" * 500 for n in range(count)] or [f"heard {message.text}"]
        called = "1234-5678" if message.text == "转人工" else ""
        reply = Reply(tuple(OutboundMessage(text) for text in texts), hand_off=called)
        kept = await self._store.load(key, message.message_id)
        if kept.reply is None:
            parcels = pack(reply) if pack else ()
            record = TurnRecord(key, message.message_id, kept.version, b"state", b"reply", parcels=parcels)
            await self._store.commit(record)
        return reply


@dataclass(slots=True)
class World:
    """The platform, the store, and what went wrong in the bot."""

    wecom: WeCom
    store: Store
    http: ClientSession
    metrics: Metrics = field(default_factory=Metrics)
    troubles: list[Trouble] = field(default_factory=list)
    doors: list[KfDoor] = field(default_factory=list)
    dispatchers: list[WatchedDispatcher] = field(default_factory=list)
    ahead: float = 0.0
    """Seconds by which the bot's clock is wrong."""
    surprises: list[Mapping[str, object]] = field(default_factory=list)
    """What nobody caught in the loop."""
    build_turns: Callable[[Store], Turns] | None = None

    @property
    def clock(self) -> Clock:
        """The time of platform and bot."""
        return self.wecom.clock

    def now(self) -> datetime:
        """The bot's time."""
        return datetime.fromtimestamp(self.clock.now() + self.ahead, UTC)

    def build_door(self, pace: Pace = PACE, servicer: str = "", store: Store | None = None) -> KfDoor:
        """One more replica."""
        bundle, store = shipped_bundle(), store or self.store
        turns = self.build_turns(store) if self.build_turns else self._converse(bundle)
        given = self.wecom.platform.accounts
        source = TokenSource(self.http, self.wecom.url, given.corp_id, given.kf_secret, self.clock.now)
        ground = KfGround(
            api=WecomApi(self.http, self.wecom.url, SharedToken(store.board, "kf", source.fetch), _no_sleep),
            outbox=store.outbox,
            board=store.board,
            words=lambda notice: bundle.notices[notice],
            metrics=self.metrics,
            clock=self.now,
        )
        self.doors.append(KfDoor(turns, ground, servicer, pace))
        return self.doors[-1]

    def _converse(self, bundle: Bundle) -> Turns:
        responder = ContentResponder(lambda: bundle, "wecom_kf", retention_days=30)
        return TurnHandler(self.store, responder, lambda: bundle.guide.knowledge.attributes, self.troubles.append)

    @asynccontextmanager
    async def running(self, door: KfDoor, store: Store | None = None) -> AsyncIterator[None]:
        """The replica works while this lasts, and then is gone in mid-air."""
        outbox = (store or self.store).outbox
        dispatcher = WatchedDispatcher(outbox, {DOOR: door}, self.metrics, self.clock.now, poll=0.01)
        self.dispatchers.append(dispatcher)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(dispatcher.run()), group.create_task(door.run())]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    async def receive(self, request: web.Request) -> web.Response:
        """The address of the app: the event goes to the newest replica, at once."""
        given = self.wecom.platform.accounts
        cipher = Cipher(given.token, given.aes_key, given.corp_id, self.now)
        query = request.query
        encrypted = read_encrypted_xml(await request.read())
        opened = cipher.open(query["msg_signature"], query["timestamp"], query["nonce"], encrypted)
        callback = read_callback(opened)
        assert isinstance(callback, CustomerNotice)
        for door in self.doors[-1:]:
            await door.notice(callback.open_kfid, callback.token)
        return web.Response()

    async def answers(self, customer: Customer, count: int = 1) -> list[Shown]:
        """What the customer got since the last look, once it is so much and nothing more waits."""
        await customer.inbox.until(lambda: len(customer.inbox.unread) >= count)
        await self.settled()
        return await customer.inbox.take(count)

    async def texts(self, count: int = 1) -> list[str]:
        """What the customer read since the last look."""
        return [shown.text for shown in await self.answers(self.wecom.customer(), count)]

    async def settled(self) -> None:
        """Return once all is read, and nothing that is due waits to be sent."""

        async def is_settled() -> bool:
            waiting = await self.store.outbox.waiting()
            return all(one.is_dead for one in waiting) and await self.is_read()

        await until(is_settled)

    async def is_read(self) -> bool:
        """Whether the bot has read all that there is."""
        written = await self.store.board.read_note(f"wecom_kf/place/{self.wecom.platform.accounts.open_kfid}")
        return f'"cursor-{len(self.wecom.kf.log)}"'.encode() in (written or b"")


@asynccontextmanager
async def opened(store: MakeStore = MemoryStore, turns: Callable[[Store], Turns] | None = None) -> AsyncIterator[World]:
    """A world without a replica yet."""
    clock = _standing_clock()
    async with AsyncExitStack() as stack:
        wecom = await stack.enter_async_context(WeCom(clock=clock))
        kept = store(clock.now)
        await kept.open()
        stack.push_async_callback(kept.close)
        world = World(wecom, kept, await stack.enter_async_context(ClientSession()), build_turns=turns)
        asyncio.get_running_loop().set_exception_handler(lambda _, context: world.surprises.append(context))
        wecom.bot_url = await stack.enter_async_context(_served(world))
        yield world


@asynccontextmanager
async def living(store: MakeStore = MemoryStore, turns: Callable[[Store], Turns] | None = None) -> AsyncIterator[World]:
    """A world with one replica at work; nothing may have gone wrong in the end."""
    async with opened(store, turns) as world:
        with capture_logs() as logs:
            async with world.running(world.build_door()):
                yield world
        assert world.wecom.violations == []
        assert world.troubles == []
        assert {str(one["event"]) for one in logs if one["log_level"] in {"error", "critical"}} <= EXPECTED
        assert world.surprises == []


@asynccontextmanager
async def _served(world: World) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/wecom/app", world.receive)
    async with serve_app(app) as url:
        yield url


def _standing_clock() -> Clock:
    """Time that only a test moves."""
    return Clock(lambda: START)


async def _no_sleep(_: float) -> None:
    await asyncio.sleep(0)


async def ask(world: World, customer: Customer, text: str, count: int = 1) -> list[str]:
    """What the customer reads after the text, once it is so much."""
    world.clock.advance(5)
    await customer.says(text)
    return [shown.text for shown in await world.answers(customer, count)]
