"""The encrypted side of a callback address: requests opened, answers sealed, refusals all alike."""

import asyncio

import structlog
from aiohttp import web

from bot.channels.base import Clock, read_clock
from bot.channels.trees import Tree, dump_json
from bot.channels.wecom.crypto import LARGEST_BODY, CallbackRefused, Cipher, make_nonce
from bot.channels.wecom.passive import write_packet
from bot.metrics import Metrics

BODY_SECONDS = 2.0

_log = structlog.get_logger(__name__)


class Reception:
    """Opens what comes to one address, and closes what goes back."""

    def __init__(self, cipher: Cipher, metrics: Metrics, clock: Clock = read_clock) -> None:
        self._cipher = cipher
        self._clock = clock
        self.metrics = metrics

    async def verify(self, request: web.Request) -> web.Response:
        """What the platform asks when the address is set: its own words back, decrypted."""
        try:
            return web.Response(body=self.open(request, request.query.get("echostr", "")), content_type="text/plain")
        except CallbackRefused as refused:
            return self.refuse(refused)

    def open(self, request: web.Request, encrypted: str) -> bytes:
        """What was sent with this signed address; raises CallbackRefused."""
        query = request.query
        signature, timestamp, nonce = (query.get(name, "") for name in ("msg_signature", "timestamp", "nonce"))
        return self._cipher.open(signature, timestamp, nonce, encrypted)

    def answer(self, xml: str) -> web.Response:
        """The encrypted answer; an empty one where there is nothing to say."""
        if not xml:
            return web.Response()
        sealed = self._cipher.seal(xml.encode("utf-8", "replace"), self._now(), make_nonce())
        return web.Response(text=write_packet(sealed), content_type="application/xml")

    def answer_json(self, answer: Tree, nonce: str) -> web.Response:
        """The same of a bot's address, where the nonce of the callback goes back."""
        sealed = self._cipher.seal(dump_json(answer), self._now(), nonce)
        packet = {
            "encrypt": sealed.encrypt,
            "msgsignature": sealed.signature,
            "timestamp": sealed.timestamp,
            "nonce": sealed.nonce,
        }
        return web.json_response(body=dump_json(packet))

    def refuse(self, refused: CallbackRefused) -> web.Response:
        """The one answer to everything that is not right; why is for the log."""
        self.metrics.count_error("wecom_callback_refused")
        _log.warning("wecom_callback_refused", why=refused.why)
        return web.Response(status=400)

    def _now(self) -> int:
        return int(self._clock().timestamp())


async def read_body(request: web.Request) -> bytes:
    """The body, which is small and comes soon; raises CallbackRefused."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise CallbackRefused("size")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except (TimeoutError, web.RequestPayloadError, web.HTTPRequestEntityTooLarge, ConnectionError):
        raise CallbackRefused("body") from None
