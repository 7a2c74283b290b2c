"""The robot of DingTalk as one door: HTTP or Stream in, webhooks, the robot's interface and cards out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from aiohttp import ClientSession, web

from bot.channels.base import Clock, Turns, read_clock
from bot.channels.dingtalk.api import Credentials, RobotApi
from bot.channels.dingtalk.callbacks import CARD_PATH, ROBOT_PATH, CardCallback, RobotCallback
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.cards import Cards
from bot.channels.dingtalk.clicks import Desk, read_click
from bot.channels.dingtalk.counting import count_answer
from bot.channels.dingtalk.gateway import Gateway
from bot.channels.dingtalk.listening import CHANNEL, IN, Listener
from bot.channels.dingtalk.packing import OUT
from bot.channels.dingtalk.payloads import Heard
from bot.channels.dingtalk.sending import Mailer
from bot.channels.dingtalk.stream import Pace, Stream
from bot.channels.platform_errors import count_errors
from bot.channels.trees import Tree
from bot.metrics import Metrics
from bot.outbox import Outcome
from bot.sessions.base import Parcel, Store

PACE = Pace()


@dataclass(frozen=True, slots=True)
class Robot:
    """The robot as it is set up.

    `template` is that of the interactive cards; without one buttons are those of ordinary messages. `card_secret` signs
    their call-backs over HTTP.
    """

    credentials: Credentials
    is_stream: bool = False
    template: str = ""
    card_secret: str = field(default="", repr=False)

    @property
    def has_cards(self) -> bool:
        """Whether clicks on cards can come back."""
        return bool(self.template and (self.is_stream or self.card_secret))


@dataclass(frozen=True, slots=True)
class Ground:
    """What the door stands on."""

    turns: Turns
    store: Store
    client: ClientSession
    metrics: Metrics
    clock: Clock = read_clock


class DingtalkDoor:
    """One robot."""

    def __init__(self, robot: Robot, ground: Ground, pace: Pace = PACE) -> None:
        self._robot = robot
        self._clock = ground.clock
        note = partial(count_answer, count_errors(ground.metrics, CHANNEL))
        caller = Caller(ground.client, pace.call, clock=lambda: ground.clock().timestamp(), note=note)
        api = RobotApi(caller, robot.credentials, ground.store.board)
        self._listener = Listener(ground.turns, ground.store, ground.metrics, ground.clock)
        cards = Cards(api, ground.store.board, robot.template, is_stream=robot.is_stream) if robot.has_cards else None
        self._desk = Desk(cards, self._listener) if cards else None
        self._mailer = Mailer(caller, api, ground.store.board, cards, self._now)
        gateway = Gateway(caller, robot.credentials)
        self._stream = Stream(ground.client, gateway, self, ground.metrics, pace) if robot.is_stream else None

    @property
    def names(self) -> tuple[str, ...]:
        """The doors whose parcels it sends."""
        return OUT, IN

    def add_routes(self, app: web.Application) -> None:
        """Add the addresses of HTTP mode; Stream mode has none."""
        if self._robot.is_stream:
            return
        robot = RobotCallback(self._listener, self._robot.credentials.client_secret, self._now)
        app.router.add_post(ROBOT_PATH, robot.post)
        if self._desk is not None:
            app.router.add_post(CARD_PATH, CardCallback(self._desk, self._robot.card_secret, self._now).post)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:  # noqa: ARG002 - each attempt is like the first
        """What became of a parcel: an answer that is to arrive, or a message that is to be answered."""
        return await (self._listener.take(parcel) if parcel.door == IN else self._mailer.send(parcel))

    async def run(self) -> None:
        """Receive by Stream, until it is cancelled."""
        async with asyncio.TaskGroup() as group:
            if self._stream is not None:
                group.create_task(self._stream.run())

    async def accept(self, heard: Sequence[Heard]) -> None:
        """Keep messages. Raises StoreUnavailable."""
        await self._listener.accept(heard)

    async def click(self, body: Tree) -> dict[str, object]:
        """The data of the answer to a click. Raises RequestError and StoreUnavailable."""
        click = read_click(body)
        return {} if self._desk is None else await self._desk.answer(click)

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1_000)
