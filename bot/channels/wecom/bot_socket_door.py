"""The door of WeCom's AI bot by long connection: no address of ours is needed, the platform is called up."""

import asyncio
from typing import assert_never

import structlog
from aiohttp import web

from bot.channels.trees import EMPTY, read_object
from bot.channels.wecom.bot_connection import BotConnection
from bot.channels.wecom.bot_ground import SocketGround
from bot.channels.wecom.bot_payloads import (
    CHANNEL,
    Asked,
    Callback,
    Clicked,
    Entered,
    Polled,
    Rated,
    Replaced,
    Unknown,
    read_body,
)
from bot.channels.wecom.bot_pushing import read_push
from bot.channels.wecom.bot_records import read_case
from bot.channels.wecom.bot_socket import Frame
from bot.channels.wecom.bot_socket_answers import SocketAnswers
from bot.channels.wecom.crypto import CallbackRefused
from bot.metrics import Metrics
from bot.outbox import Dispatcher, Outcome, Refused
from bot.sessions.base import Parcel

_log = structlog.get_logger(__name__)


class BotSocketDoor:
    """Keeps the connection, and sends by it what waits, as long as this replica is the one that has it.

    The parcels are no affair of the common dispatcher: of all replicas only the one that is connected may take them.
    """

    names: tuple[str, ...] = ()

    def __init__(self, ground: SocketGround, connection: BotConnection, metrics: Metrics) -> None:
        self._ground = ground
        self._connection = connection
        self._metrics = metrics
        self._answers = SocketAnswers(ground)
        metrics.set_connected(CHANNEL, is_connected=False)

    def add_routes(self, app: web.Application) -> None:
        """It has no address."""

    async def run(self) -> None:
        """Be connected, or ready to be, until cancelled; what was taken by then is done."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ground.turns.run(self._ground.pace.drain))
            await self._connection.run(self._take, self._metrics.count_error, self._dispatch)

    async def _dispatch(self) -> None:
        senders = {CHANNEL: self}
        self._metrics.set_connected(CHANNEL, is_connected=True)
        try:
            await Dispatcher(
                self._ground.outbox, senders, self._metrics, self._now, poll=self._ground.pace.outbox
            ).run()
        finally:
            self._metrics.set_connected(CHANNEL, is_connected=False)

    def _now(self) -> float:
        return self._ground.clock().timestamp()

    def _take(self, frame: Frame) -> None:
        try:
            callback = read_body(frame.body)
        except CallbackRefused as error:
            _log.warning("wecom_bot_refused_callback", why=error.why)
        else:
            self._ground.turns.start(self._answer_safely(callback, frame.request))

    async def _answer_safely(self, callback: Callback, request: str) -> None:
        try:
            await self._answer(callback, request)
        except Exception:  # noqa: BLE001 - a mistake in one answer must not end the connection of all
            self._metrics.count_error("wecom_bot_callback_failed")
            _log.exception("wecom_bot_callback_failed")

    async def _answer(self, callback: Callback, request: str) -> None:
        match callback:
            case Asked():
                await self._answers.to_message(callback, request)
            case Clicked():
                await self._answers.to_click(callback, request)
            case Entered():
                await self._answers.to_entry(callback, request)
            case Rated():
                self._metrics.count_rating(CHANNEL, callback.rating)
            case Polled() | Replaced() | Unknown():
                _log.info("wecom_bot_unknown", kind=type(callback).__name__)
            case _ as unreachable:
                assert_never(unreachable)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Send a message, or see to one whose turn was slow."""
        if (push := read_push(parcel)) is not None:
            return await self._ground.pusher.push(push, attempt)
        case = read_case(read_object(parcel.content) or EMPTY)
        return Refused("unreadable") if case is None else await self._answers.see_to(case)
