"""Stream mode: one connection after the other, as long as the program runs."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

import structlog
from aiohttp import ClientError, ClientSession, ClientWSTimeout

from bot.channels.dingtalk.calls import CALL_SECONDS
from bot.channels.dingtalk.connection import BEAT_SECONDS, CLOSE_SECONDS, Connection, Receiver
from bot.channels.dingtalk.gateway import Gateway, NotOpened
from bot.channels.dingtalk.listening import CHANNEL
from bot.channels.dingtalk.recent import Recent
from bot.channels.platform_errors import NO_ANSWER_LABEL, Kind
from bot.metrics import Metrics

STEADY_SECONDS = 30.0
"""A connection that lived so long was a good one: the waits begin anew."""
LONGEST_WAIT = 60.0
LARGEST_MESSAGE = 1024 * 1024
REMEMBERED = 20_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How time passes: the clock, the waits between connections, the looks at an open one, and the longest call."""

    clock: Callable[[], float] = monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    beat: float = BEAT_SECONDS
    call: float = CALL_SECONDS


class Stream:
    """Keeps a connection open, each with a ticket of its own, and waits longer after each that failed."""

    def __init__(
        self, client: ClientSession, gateway: Gateway, receiver: Receiver, metrics: Metrics, pace: Pace
    ) -> None:
        self._client = client
        self._gateway = gateway
        self._receiver = receiver
        self._metrics = metrics
        self._pace = pace
        self._recent = Recent(REMEMBERED)
        metrics.set_connected(CHANNEL, is_connected=False)

    async def run(self) -> None:
        """Receive until cancelled."""
        failures = 0
        while True:
            began = self._pace.clock()
            why = await self._connect_once()
            lived = self._pace.clock() - began
            failures = 0 if lived >= STEADY_SECONDS else failures + 1
            wait = wait_after(failures)
            _log.info("dingtalk_stream_ended", why=why, lived=round(lived, 1), wait=round(wait, 1))
            await self._pace.sleep(wait)

    async def _connect_once(self) -> str:
        """Why it ended."""
        opened = await self._gateway.open()
        if isinstance(opened, NotOpened):
            return f"not opened: {opened.why}"
        try:
            async with asyncio.timeout(self._pace.call):
                socket = await self._client.ws_connect(
                    opened.url,
                    timeout=ClientWSTimeout(ws_close=CLOSE_SECONDS),
                    autoping=False,
                    max_msg_size=LARGEST_MESSAGE,
                )
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            self._metrics.count_platform_error(CHANNEL, "connect", NO_ANSWER_LABEL, Kind.RETRY)
            return f"not connected: {type(error).__name__}"  # its sentence holds the ticket
        _log.info("dingtalk_stream_connected")
        self._metrics.set_connected(CHANNEL, is_connected=True)
        try:
            return await Connection(socket, self._receiver, self._recent, self._pace.clock).serve(self._pace.beat)
        finally:
            self._metrics.set_connected(CHANNEL, is_connected=False)


def wait_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubled up to a minute, and spread over replicas."""
    longest = min(LONGEST_WAIT, 2.0 ** min(failures, 16) / 2)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
