"""A bot as a process of its own: it takes messages over HTTP, keeps the turns, and sends what the outbox has."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from logging import CRITICAL
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.messages import Reply
from bot.metrics import Metrics
from bot.outbox import Dispatcher, Outcome, PutOff, Sent
from bot.sessions.base import Parcel, Store
from bot.sessions.codec import encode_reply
from bot.sessions.redis.store import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.turns import Pack, TurnFailed, TurnHandler
from tests.crashing.points import Point, arm
from tests.fakes import Diary, message, no_attributes

DOOR = "platform"
PARTS = 2
"""Each answer is sent in so many parcels."""


@dataclass(frozen=True, slots=True)
class Birth:
    """What a process is told at its start. `ahead` is by how many seconds the clock of all of them is ahead."""

    store: str
    socket: Path
    platform: str
    name: str
    point: Point = Point.NOWHERE
    passes: int = 0

    @property
    def poll(self) -> float:
        """How often it looks for work of others, in seconds; hardly where its steps are counted."""
        return 0.5 if self.point is Point.NOWHERE else 5.0


def open_store(address: str, clock: Callable[[], float]) -> Store:
    """The store of an address: of Redis, or the path of a file."""
    if address.startswith("redis://"):
        return RedisStore(address, keep_days=30, clock=clock)
    return SqliteStore(Path(address), keep_days=30, patience=10, clock=clock)


def key_of(conversation: str, message_id: str, place: int) -> str:
    """The id of a parcel."""
    return f"{conversation}:{message_id}:{place}"


def pack_for(conversation: str, message_id: str) -> Pack:
    """What sends the answer to a message, in parts."""

    def pack(reply: Reply) -> tuple[Parcel, ...]:
        text = reply.messages[0].text
        return tuple(
            Parcel(key_of(conversation, message_id, place), DOOR, conversation, f"{text} [{place}]".encode())
            for place in range(PARTS)
        )

    return pack


class Courier:
    """Sends parcels to the platform; a network that fails is tried again."""

    def __init__(self, client: ClientSession, birth: Birth) -> None:
        self._client = client
        self._birth = birth

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Make the call."""
        named = {"X-Key": parcel.id, "X-Lane": parcel.lane, "X-Replica": self._birth.name, "X-Attempt": str(attempt)}
        try:
            async with self._client.post(self._birth.platform, data=parcel.content, headers=named) as response:
                await response.read()
                return Sent() if response.status == 200 else PutOff(f"status {response.status}")
        except (ClientError, OSError, TimeoutError) as error:
            return PutOff(type(error).__name__)


class Reception:
    """Takes a message, and answers with the reply once it is kept."""

    def __init__(self, turns: TurnHandler) -> None:
        self._turns = turns

    async def post(self, request: web.Request) -> web.Response:
        """The reply as it is stored; 503 where the turn could not be kept."""
        said = json.loads(await request.read())
        conversation, message_id = said["conversation"], said["id"]
        heard = message(said["text"], message_id, conversation, DOOR)
        try:
            reply = await self._turns.handle(heard, pack_for(conversation, message_id))
        except TurnFailed as error:
            return web.Response(status=503, text=str(error))
        return web.Response(body=encode_reply(reply))


def live(birth: Birth, ahead: "Synchronized[float]", parent: Connection) -> None:
    """Be a bot until the end, and tell the parent when messages are taken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(CRITICAL))
    arm(birth.point, birth.passes)
    with suppress(KeyboardInterrupt):
        asyncio.run(_live(birth, lambda: time.time() + ahead.value, parent))


async def _live(birth: Birth, clock: Callable[[], float], parent: Connection) -> None:
    store = open_store(birth.store, clock)
    await store.open()
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(ClientSession(timeout=ClientTimeout(total=10)))
        app = web.Application()
        app.router.add_post("/", Reception(TurnHandler(store, Diary(), no_attributes, print)).post)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.UnixSite(runner, birth.socket).start()
        parent.send("ready")
        await Dispatcher(store.outbox, {DOOR: Courier(client, birth)}, Metrics(), clock, poll=birth.poll).run()
