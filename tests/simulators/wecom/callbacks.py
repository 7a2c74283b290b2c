"""Callbacks to the bot: encrypted, signed, sent again when the answer is slow or bad, and the answer opened."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from tests.simulators.wecom.crypto import Crypto
from tests.simulators.wecom.platform import Json, Platform

DETAIL = 400
"""As much of a message stands in the log."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One request as it goes over the wire; a test may send it again as it is."""

    url: str
    query: dict[str, str]
    body: str
    content_type: str


@dataclass(slots=True)
class Delivery:
    """What became of one callback: each attempt's status, or why there was none, and the answer that counted."""

    envelope: Envelope
    attempts: list[str] = field(default_factory=list)
    answer: bytes | None = None

    @property
    def is_lost(self) -> bool:
        """Whether the platform gave up."""
        return self.answer is None


class Door:
    """One callback address of the bot with its key; `pack` makes the outer body."""

    def __init__(self, platform: Platform, path: str, crypto: Crypto, *, is_json: bool) -> None:
        self._platform = platform
        self._path = path
        self.crypto = crypto
        self._is_json = is_json
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def seal(self, message: str, agent_id: str = "") -> Envelope:
        """The request that carries a message."""
        encrypted = self.crypto.encrypt(message)
        timestamp, nonce = str(self._platform.seconds()), f"{1597000000 + self._platform.number()}"
        signed = {
            "msg_signature": self.crypto.sign(timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        if self._is_json:
            return Envelope(self._url, signed, json.dumps({"encrypt": encrypted}), "application/json")
        return Envelope(self._url, signed, self._outer_xml(encrypted, agent_id), "text/xml")

    @property
    def _url(self) -> str:
        return self._platform.bot_url.rstrip("/") + self._path

    def _outer_xml(self, encrypted: str, agent_id: str) -> str:
        """The outer packet; the app's callbacks name the app, those of customer service don't."""
        agent = f"<AgentID><![CDATA[{agent_id}]]></AgentID>" if agent_id else ""
        corp_id = self._platform.accounts.corp_id
        head = f"<ToUserName><![CDATA[{corp_id}]]></ToUserName>{agent}"
        return f"<xml>{head}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"

    async def deliver(self, message: str, agent_id: str = "", *, is_retried: bool = True) -> Delivery:
        """Send a message, again and again as the platform does."""
        delivery = Delivery(self.seal(message, agent_id))
        for attempt in range(1 + (self._platform.timing.retries if is_retried else 0)):
            if attempt:
                await asyncio.sleep(self._platform.timing.retry_pause)
                if self._platform.timing.fresh_retries:
                    delivery.envelope = self.seal(message, agent_id)
            if await self._attempt(delivery):
                break
        self._platform.note(f"回调 {self._path} → {'、'.join(delivery.attempts)}\n{message[:DETAIL]}")
        return delivery

    async def _attempt(self, delivery: Delivery) -> bool:
        """Whether the answer came in time and is 200."""
        try:
            status, answer = await self.post(delivery.envelope)
        except TimeoutError:
            delivery.attempts.append("超时")
            return False
        except (aiohttp.ClientError, OSError) as error:
            delivery.attempts.append(type(error).__name__)
            return False
        delivery.attempts.append(str(status))
        if status == 200:
            delivery.answer = answer
        return status == 200

    async def post(self, envelope: Envelope, timeout: float | None = None) -> tuple[int, bytes]:  # noqa: ASYNC109
        """Status and body of one request, without a second try."""
        url = URL(f"{envelope.url}?{urlencode(envelope.query)}", encoded=True)
        wait = aiohttp.ClientTimeout(total=timeout or self._platform.timing.answer)
        headers = {"Content-Type": envelope.content_type}
        async with self._client().post(url, data=envelope.body.encode(), headers=headers, timeout=wait) as response:
            return response.status, await response.read()

    async def verify(self, echo: str = "4618726341023987651") -> None:
        """Save the callback address in the admin console: the bot must decrypt the echo within a second."""
        encrypted = self.crypto.encrypt(echo)
        timestamp, nonce = str(self._platform.seconds()), str(self._platform.number())
        query = {"msg_signature": self.crypto.sign(timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}
        url = URL(f"{self._url}?{urlencode({**query, 'echostr': encrypted})}", encoded=True)
        wait = aiohttp.ClientTimeout(total=self._platform.timing.verification)
        try:
            async with self._client().get(url, timeout=wait) as response:
                answer = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._platform.violated(f"验证回调地址：{wait.total} 秒内没有应答（{type(error).__name__}）")
            return
        if response.status != 200 or answer != echo.encode():
            self._platform.violated(f"验证回调地址：应原样返回明文 {echo}，得到 {response.status} {answer[:80]!r}")

    def _client(self) -> aiohttp.ClientSession:
        """One session for all requests."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


def read_json(text: str) -> object:
    """What a JSON text says; ValueError if it is none, or has half of a character."""
    found = json.loads(text)
    json.dumps(found, ensure_ascii=False).encode()
    return found


def parse_json(answer: bytes, note: Callable[[str], None]) -> Json | None:
    """An object, or none after a note of what is wrong."""
    try:
        found = read_json(answer.decode("utf-8"))
    except ValueError as error:
        note(f"应答不是 JSON：{error}；{answer[:80]!r}")
        return None
    if not isinstance(found, dict):
        note(f"应答应是 JSON 对象：{answer[:80]!r}")
        return None
    return found
