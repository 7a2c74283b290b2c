"""The door of WeCom's AI bot by callback, at `/wecom/bot`."""

from typing import assert_never

import structlog
from aiohttp import web

from bot.channels.wecom.api import dump_json
from bot.channels.wecom.bot_answers import Answers, IsHeard
from bot.channels.wecom.bot_caring import Care
from bot.channels.wecom.bot_clicks import Clicks
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_payloads import (
    CHANNEL,
    Asked,
    Callback,
    Clicked,
    Entered,
    Json,
    Polled,
    Rated,
    Replaced,
    Unknown,
    read_callback,
)
from bot.channels.wecom.bot_records import load, read_case
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

    def __init__(self, desk: Desk, cipher: Cipher, metrics: Metrics) -> None:
        self._desk = desk
        self._cipher = cipher
        self._reception = Reception(cipher, metrics, desk.clock)
        self._metrics = metrics
        self._answers = Answers(desk)
        self._clicks = Clicks(desk, self._answers)
        self._care = Care(desk)

    def add_routes(self, app: web.Application) -> None:
        """The one address of both the verification and the callbacks."""
        app.router.add_get(PATH, self._reception.verify)
        app.router.add_post(PATH, self.take)

    async def run(self) -> None:
        """Let turns that take long go on, until cancelled."""
        await self._desk.work.run(self._desk.pace.drain)

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
        return web.json_response(body=self._seal(answer, request.query.get("nonce", "")))

    def _seal(self, answer: Json, nonce: str) -> bytes:
        sealed = self._cipher.seal(dump_json(answer), int(self._desk.clock().timestamp()), nonce)
        return dump_json(
            {
                "encrypt": sealed.encrypt,
                "msgsignature": sealed.signature,
                "timestamp": sealed.timestamp,
                "nonce": sealed.nonce,
            }
        )

    async def _answer(self, callback: Callback, is_heard: IsHeard) -> Json | None:
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
        match content := load(parcel.content):
            case {"kind": "post", "url": str(url), "body": dict(body)}:
                return await self._desk.poster.post(url, body, attempt)
            case {"kind": "care"}:
                return await self._see_to(content, attempt)
            case _:
                return Refused("unreadable")

    async def _see_to(self, kept: Json, attempt: int) -> Outcome:
        try:
            case = read_case(kept)
        except (KeyError, ValueError):
            return Refused("unreadable")
        return await self._care.see_to(case, attempt)


def _is_open(request: web.Request) -> bool:
    """Whether who asked has not hung up."""
    return request.transport is not None and not request.transport.is_closing()
