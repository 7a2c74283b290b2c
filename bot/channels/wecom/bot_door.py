"""The door of WeCom's AI bot by callback, at `/wecom/bot`."""

from typing import assert_never

import structlog
from aiohttp import web

from bot.channels.trees import EMPTY, Tree, read_object
from bot.channels.wecom.bot_answers import Answers, IsHeard
from bot.channels.wecom.bot_clicks import Clicks
from bot.channels.wecom.bot_follow_up import FollowUp
from bot.channels.wecom.bot_ground import CallbackGround
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
    read_callback,
)
from bot.channels.wecom.bot_records import read_case
from bot.channels.wecom.crypto import CallbackRefused, Cipher, read_encrypted_json
from bot.channels.wecom.reception import Reception, read_body
from bot.metrics import Metrics
from bot.outbox import Outcome, Refused
from bot.sessions.base import Parcel

PATH = "/wecom/bot"

_log = structlog.get_logger(__name__)


class BotCallbackDoor:
    """Takes the platform's callbacks and answers in their responses; what comes later goes by the outbox."""

    names = (CHANNEL,)

    def __init__(self, ground: CallbackGround, cipher: Cipher, metrics: Metrics) -> None:
        self._ground = ground
        self._reception = Reception(cipher, metrics, ground.clock)
        self._metrics = metrics
        self._answers = Answers(ground)
        self._clicks = Clicks(ground, self._answers)
        self._follow_up = FollowUp(ground)

    def add_routes(self, app: web.Application) -> None:
        """The one address of both the verification and the callbacks."""
        app.router.add_get(PATH, self._reception.verify)
        app.router.add_post(PATH, self.take)

    async def run(self) -> None:
        """Let turns that take long go on, until cancelled."""
        await self._ground.turns.run(self._ground.pace.drain)

    async def take(self, request: web.Request) -> web.Response:
        """The response to a callback."""
        try:
            encrypted = read_encrypted_json(await read_body(request))
            callback = read_callback(self._reception.open(request, encrypted))
        except CallbackRefused as refused:
            return self._reception.refuse(refused)
        answer = await self._answer(callback, lambda: _is_open(request))
        if answer is None:
            return web.Response()
        return self._reception.answer_json(answer, request.query.get("nonce", ""))

    async def _answer(self, callback: Callback, is_heard: IsHeard) -> Tree | None:
        match callback:
            case Asked():
                return await self._answers.to_message(callback, is_heard)
            case Polled():
                return await self._answers.to_poll(callback, is_heard)
            case Entered():
                return await self._answers.to_entry(callback)
            case Clicked():
                return await self._clicks.to_click(callback)
            case Rated():
                self._metrics.count_rating(CHANNEL, callback.rating)
                return None
            case Replaced() | Unknown():
                _log.info("wecom_bot_unknown", kind=type(callback).__name__)
                return None
            case _ as unreachable:
                assert_never(unreachable)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Post what is to be posted, or see to a message whose turn was slow."""
        match content := read_object(parcel.content) or EMPTY:
            case {"kind": "post", "url": str(url), "body": dict(body)}:
                return await self._ground.poster.post(url, body, attempt)
        case = read_case(content)
        return Refused("unreadable") if case is None else await self._follow_up.see_to(case, attempt)


def _is_open(request: web.Request) -> bool:
    """Whether who asked has not hung up."""
    return request.transport is not None and not request.transport.is_closing()
