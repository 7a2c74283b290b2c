"""HTTP mode: the platform posts to the bot, signed, and again after a failure."""

import asyncio
import io
import json
from dataclasses import dataclass

import aiohttp

from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk.signing import sign_callback, sign_card_callback

ROBOT_PATH, CARD_PATH = "/dingtalk/robot", "/dingtalk/card"
CONTENT_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Route:
    """Where the clicks on cards go, and the secret that signs them."""

    url: str
    secret: str


class HttpCallbacks:
    """Posts messages and clicks to the bot."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()

    async def deliver(self, delivery: Delivery) -> None:
        """Post a message, again with a new timestamp after a failure, until it is taken or given up."""
        timing = self._platform.timing
        for attempt in range(timing.http_retries + 1):
            if attempt:
                await asyncio.sleep(timing.http_pause)
            delivery.attempts += 1
            if await self.post(delivery):
                break
        delivery.is_settled.set()

    async def post(self, delivery: Delivery) -> bool:
        """Post a message once, and say whether the bot took it."""
        url = self._platform.bot_url + ROBOT_PATH
        answer = await self._post(url, delivery.data, self.signed_headers(), self._platform.timing.http_limit)
        delivery.answer = answer
        return answer is not None

    def signed_headers(self, timestamp: int | None = None) -> dict[str, str]:
        """The headers that show that a message comes from the platform, now or at another time in milliseconds."""
        stamp = str(self._platform.clock.now() if timestamp is None else timestamp)
        sign = sign_callback(stamp, self._platform.app.client_secret)
        return {"Content-Type": CONTENT_TYPE, "timestamp": stamp, "sign": sign}

    async def click(self, delivery: Delivery, route: Route) -> Json | None:
        """Post a click on a card, once: the bot's answer, or None."""
        stamp = str(self._platform.clock.now())
        signature = sign_card_callback(stamp, route.secret)
        headers = {"x-ddpaas-signature-timestamp": stamp, "x-ddpaas-signature": signature}
        return await self._post(route.url, delivery.data, headers, self._platform.timing.card_limit)

    async def _post(self, url: str, data: str, headers: dict[str, str], limit: float) -> Json | None:
        """The bot's answer as an object, empty where it said nothing; None where it did not take the message."""
        session = self._session = self._session or aiohttp.ClientSession()
        headers = {"Content-Type": CONTENT_TYPE, **headers}
        path = url.removeprefix(self._platform.bot_url)
        try:
            async with (
                asyncio.timeout(limit),
                session.post(url, data=io.BytesIO(data.encode()), headers=headers) as response,
            ):
                text = await response.text()
        except TimeoutError:
            self._platform.journal.blame(path, f"{limit} 秒内没有答复")
            return None
        except (aiohttp.ClientError, UnicodeDecodeError) as error:
            self._platform.journal.note(path, data, 0, str(error))
            return None
        self._platform.journal.note(path, data, response.status, text)
        if response.status != 200:
            self._platform.journal.blame(path, f"答复的状态是 {response.status}，应是 200")
            return None
        return self._read(path, text)

    def _read(self, path: str, text: str) -> Json:
        if not text.strip():
            return {}
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            return answer
        self._platform.journal.blame(path, "答复应是空的，或 JSON 对象")
        return {}
