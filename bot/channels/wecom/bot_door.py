"""The door of WeCom's AI bot by callback, at `/wecom/bot`."""

from collections.abc import Mapping
from typing import Protocol, assert_never

import structlog
from aiohttp import web

from bot.channels.wecom.api import dump_json
from bot.channels.wecom.bot_answers import Answers
from bot.channels.wecom.bot_caring import Care
from bot.channels.wecom.bot_clicks import Clicks
from bot.channels.wecom.bot_desk import Desk
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
from bot.channels.wecom.bot_records import load, read_case
from bot.channels.wecom.crypto import CallbackRefused, Cipher, read_encrypted_json
from bot.outbox import Outcome, Refused
from bot.sessions.base import Parcel

PATH = "/wecom/bot"

Json = Mapping[str, object]

_log = structlog.get_logger(__name__)


class BotFigures(Protocol):
    """What is counted of the AI bot."""

    def count_rating(self, channel: str, rating: str) -> None:
        """One more opinion of a user on an answer."""

    def count_error(self, kind: str) -> None:
        """One more thing that an operator should know of."""


class BotCallbackDoor:
    """Takes the platform's callbacks and answers in their responses; what comes later goes by the outbox."""

    names = (CHANNEL,)

    def __init__(self, desk: Desk, cipher: Cipher, figures: BotFigures) -> None:
        self._desk = desk
        self._cipher = cipher
        self._figures = figures
        self._answers = Answers(desk)
        self._clicks = Clicks(desk, self._answers)
        self._care = Care(desk)

    def add_routes(self, app: web.Application) -> None:
        """The one address of both the verification and the callbacks."""
        app.router.add_get(PATH, self.verify)
        app.router.add_post(PATH, self.take)

    async def run(self) -> None:
        """Let turns that take long go on, until cancelled."""
        await self._desk.work.run(self._desk.pace.drain)

    async def verify(self, request: web.Request) -> web.Response:
        """The echo of the platform, decrypted: this address is ours."""
        return web.Response(body=self._open(request, request.query.get("echostr", "")), content_type="text/plain")

    async def take(self, request: web.Request) -> web.Response:
        """The response to a callback; CallbackRefused becomes a 400 that says nothing."""
        body = await request.read()
        try:
            callback = read_callback(self._open(request, read_encrypted_json(body)))
        except CallbackRefused as error:
            _log.warning("wecom_bot_refused_callback", why=error.why)
            raise
        answer = await self._answer(callback)
        if answer is None:
            return web.Response()
        return web.json_response(body=self._seal(answer, request.query.get("nonce", "")))

    def _open(self, request: web.Request, encrypted: str) -> bytes:
        given = request.query
        return self._cipher.open(
            given.get("msg_signature", ""), given.get("timestamp", ""), given.get("nonce", ""), encrypted
        )

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

    async def _answer(self, callback: Callback) -> Json | None:
        match callback:
            case Asked():
                return await self._answers.to_message(callback)
            case Polled():
                return await self._answers.to_poll(callback)
            case Entered():
                return await self._answers.to_entry(callback)
            case Clicked():
                return await self._clicks.to_click(callback)
            case Rated():
                self._figures.count_rating(CHANNEL, callback.rating)
                return None
            case Replaced() | Unknown():
                _log.info("wecom_bot_unknown", kind=type(callback).__name__)
                return None
            case _ as unreachable:
                assert_never(unreachable)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:  # noqa: ARG002 - all attempts are alike
        """Post what is to be posted, or see to a message whose turn was slow."""
        match content := load(parcel.content):
            case {"kind": "post", "url": str(url), "body": dict(body)}:
                return await self._desk.poster.post(url, body)
            case {"kind": "care"}:
                return await self._see_to(content)
            case _:
                return Refused("unreadable")

    async def _see_to(self, kept: Json) -> Outcome:
        try:
            case = read_case(kept)
        except (KeyError, ValueError):
            return Refused("unreadable")
        return await self._care.see_to(case)
