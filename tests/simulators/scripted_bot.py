"""A bot that answers what a test tells it to: the partner that tries out the simulated WeCom itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus
from xml.etree import ElementTree as ET

from aiohttp import web

from tests.channels.serving import serve_app
from tests.simulators.wecom import Timing, WeCom
from tests.simulators.wecom.crypto import Crypto
from tests.simulators.wecom.passive import xml_of

Answer = web.Response | str | dict[str, Any] | None
FAST = {"poll": 0.001}


@dataclass(slots=True)
class ScriptedBot:
    """Keeps what came and answers by its script, a function of the decrypted message."""

    app_crypto: Crypto
    bot_crypto: Crypto
    on_app: Callable[[ET.Element], Answer] = lambda _: None
    on_bot: Callable[[dict[str, Any]], Answer] = lambda _: None
    heard: list[ET.Element] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    delay: float = 0.0
    nonce: str = ""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def application(self) -> web.Application:
        """The server's routes."""
        app = web.Application()
        app.router.add_get("/wecom/app", self.echo)
        app.router.add_post("/wecom/app", self.app)
        app.router.add_post("/wecom/bot", self.bot)
        return app

    async def has_heard(self, count: int) -> None:
        """Return once so many callbacks of the app's address have come."""
        while len(self.heard) < count:
            self.changed.clear()
            await self.changed.wait()

    async def echo(self, request: web.Request) -> web.Response:
        """Answer the verification."""
        query = dict(part.split("=", 1) for part in request.rel_url.raw_query_string.split("&"))
        echo = unquote_plus(query["echostr"])
        await asyncio.sleep(self.delay)
        self.app_crypto.check(query["msg_signature"], query["timestamp"], query["nonce"], echo)
        return web.Response(text=self.app_crypto.decrypt(echo))

    async def app(self, request: web.Request) -> web.Response:
        """Answer a callback of the app or of customer service."""
        self.queries.append(dict(request.query))
        encrypted = ET.fromstring(await request.text()).findtext("Encrypt") or ""
        query = request.query
        self.app_crypto.check(query["msg_signature"], query["timestamp"], query["nonce"], encrypted)
        message = ET.fromstring(self.app_crypto.decrypt(encrypted))
        self.heard.append(message)
        self.changed.set()
        await asyncio.sleep(self.delay)
        answer = self.on_app(message)
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=self.seal(answer) if isinstance(answer, str) and answer else "")

    def seal(self, reply: str) -> str:
        """The packet around a passive reply."""
        encrypted = self.app_crypto.encrypt(reply)
        signature = self.app_crypto.sign("1770000000", "n0nce", encrypted)
        packet = {"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": 1770000000, "Nonce": "n0nce"}
        return xml_of(packet)

    async def bot(self, request: web.Request) -> web.Response:
        """Answer a callback of the AI bot."""
        self.queries.append(dict(request.query))
        message = json.loads(self.bot_crypto.decrypt((await request.json())["encrypt"]))
        self.told.append(message)
        await asyncio.sleep(self.delay)
        answer = self.on_bot(message)
        if not isinstance(answer, dict):
            return answer if isinstance(answer, web.Response) else web.Response(text=answer or "")
        encrypted, nonce = self.bot_crypto.encrypt(json.dumps(answer)), self.nonce or request.query["nonce"]
        signature = self.bot_crypto.sign("1770000000", nonce, encrypted)
        packet = {"encrypt": encrypted, "msgsignature": signature, "timestamp": 1770000000, "nonce": nonce}
        return web.json_response(packet)


def text_reply(message: ET.Element, text: str) -> str:
    """A passive text."""
    return reply_of(message, "text", Content=text)


def reply_of(message: ET.Element, kind: str, **fields: Any) -> str:
    """Any passive reply."""
    head = {"ToUserName": message.findtext("FromUserName"), "FromUserName": message.findtext("ToUserName")}
    return xml_of({**head, "CreateTime": 1770000000, "MsgType": kind, **fields})


@asynccontextmanager
async def meet(
    prepare: Callable[[WeCom], object] = lambda _: None, **timing: Any
) -> AsyncIterator[tuple[WeCom, ScriptedBot]]:
    """A WeCom and a scripted bot that know each other; `prepare` may add to the WeCom before it starts."""
    wecom = WeCom(timing=Timing(**{**FAST, **timing}))
    prepare(wecom)
    async with wecom:
        bot = ScriptedBot(wecom.app_door.crypto, wecom.bot_door.crypto)
        async with serve_app(bot.application()) as wecom.bot_url:
            yield wecom, bot
