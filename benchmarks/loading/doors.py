"""The two ways in that are loaded: the web chat, and WeCom's self-built app with its encrypted callbacks."""

import asyncio
import json
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Protocol

from aiohttp import ClientSession

from benchmarks.loading.bots import AES_KEY, AGENT_ID, CORP_ID, TOKEN
from tests.simulators.wecom.crypto import Crypto

NONCE = "nonce"
PLATFORM_SECONDS = 5.0
DELIVERIES = 4
"""The platform delivers a message again when it was not answered within its time: so many times in all."""


class Way(Protocol):
    """How a message gets to the bot, and its answer back."""

    async def ask(self, bot: str, user: str, number: int, text: str) -> str:
        """The answer as it was sent; AssertionError where there is none."""


class Web:
    """`POST /api/chat`."""

    def __init__(self, client: ClientSession) -> None:
        self._client = client

    async def ask(self, bot: str, user: str, number: int, text: str) -> str:
        """The answer's JSON."""
        body = json.dumps({"session": user, "text": text, "message_id": f"{user}-{number}"}).encode()
        async with self._client.post(
            f"{bot}/api/chat", data=body, headers={"Content-Type": "application/json"}
        ) as response:
            answer = await response.text()
            assert response.status == 200, answer
            assert '"text"' in answer, answer
            return answer


class Wecom:
    """A callback of the platform, answered in the response."""

    def __init__(self, client: ClientSession) -> None:
        self._client = client
        self._crypto = Crypto(TOKEN, AES_KEY, CORP_ID)

    async def ask(self, bot: str, user: str, number: int, text: str) -> str:
        """The answer's XML, still encrypted; it is opened now and then. As the platform does, it is asked for again."""
        query, body = seal_callback(self._crypto, user, number, text)
        for _ in range(DELIVERIES):
            answer = await self._deliver(bot, query, body)
            if answer is not None:
                break
        assert answer is not None, "no answer to any delivery"
        if number % 10 == 0:
            assert "<Content>" in self._open(answer)
        return answer

    async def _deliver(self, bot: str, query: dict[str, str], body: bytes) -> str | None:
        try:
            async with (
                asyncio.timeout(PLATFORM_SECONDS),
                self._client.post(f"{bot}/wecom/app", params=query, data=body) as response,
            ):
                answer = await response.text()
        except TimeoutError:
            return None
        return answer if response.status == 200 and "<Encrypt>" in answer else None

    def _open(self, answer: str) -> str:
        sealed = ET.fromstring(answer).findtext("Encrypt")
        assert sealed is not None
        return self._crypto.decrypt(sealed)


def seal_callback(crypto: Crypto, user: str, number: int, text: str) -> tuple[dict[str, str], bytes]:
    """A message of somebody as the platform posts it, encrypted: the query and the body."""
    stamp = str(int(time.time()))
    message_id = hash((user, number)) & (2**62 - 1)
    message = (
        f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{message_id}</MsgId><AgentID>{AGENT_ID}</AgentID></xml>"
    )
    sealed = crypto.encrypt(message)
    query = {"msg_signature": crypto.sign(stamp, NONCE, sealed), "timestamp": stamp, "nonce": NONCE}
    return query, f"<xml><ToUserName>{CORP_ID}</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()


WAYS: Mapping[str, Callable[[ClientSession], Way]] = {"web": Web, "wecom": Wecom}
