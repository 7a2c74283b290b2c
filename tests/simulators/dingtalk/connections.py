"""One websocket of the bot."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.simulators.dingtalk.frames import SYSTEM, Ack, Frame, problems_of_answer, read_ack
from tests.simulators.dingtalk.platform import Platform

UP = "WebSocket"
MAX_UP = 1 << 20


@dataclass(slots=True, eq=False)
class Waiting:
    """A frame that was sent; `over` once it is acknowledged, or never will be."""

    frame: Frame
    is_answered: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def answers(self, within: float) -> bool:
        """Whether it was acknowledged in the time given."""
        try:
            async with asyncio.timeout(within):
                await self.over.wait()
        except TimeoutError:
            return False
        return self.is_answered


class Connection:
    """Sends frames down, checks what comes up, and hands the ACKs on."""

    def __init__(
        self, platform: Platform, subscriptions: frozenset[tuple[str, str]], ack: Callable[[Ack], None]
    ) -> None:
        self.connection_id = platform.number("connection")
        self.is_deaf = False
        self.ws = web.WebSocketResponse(autoping=False, autoclose=False, max_msg_size=MAX_UP)
        self.pings = 0
        self._platform = platform
        self._subscriptions = subscriptions
        self._ack = ack
        self._sent: dict[str, Waiting] = {}
        self._leaving: Waiting | None = None
        self._request: web.Request | None = None
        self._over = asyncio.Event()
        self._cut = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether frames can go down; a deaf one counts, since the platform does not know."""
        return self._request is not None and not self._over.is_set() and self._leaving is None

    def takes(self, kind: str, topic: str) -> bool:
        """Whether the bot asked for this on this connection."""
        return (kind, topic) in self._subscriptions or (kind, "*") in self._subscriptions

    def accept(self, request: web.Request) -> None:
        """Take frames from now on."""
        self._request = request

    async def serve(self) -> None:
        """Read until the end of the connection."""
        async for message in self.ws:
            if self.is_deaf:
                continue
            if message.type is WSMsgType.PING:
                self.pings += 1
                await self.ws.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._take(message.data)
            elif message.type is WSMsgType.BINARY:
                self._blame("上行帧应是文字，不是二进制")
        self._over.set()
        for waiting in self._sent.values():
            waiting.over.set()
        if self._leaving and not self._leaving.is_answered and not self.is_deaf:
            self._blame("断开前没有先确认 disconnect")
        await self._cut.wait() if self.is_deaf else await self.ws.close()

    async def send(self, frame: Frame) -> Waiting:
        """Send a frame; on a half-open connection it gets lost."""
        waiting = self._sent[frame.message_id] = Waiting(frame)
        if not self.is_deaf and not self._over.is_set():
            now = self._platform.clock.now()
            written = frame.written(self._platform.app.client_id, self.connection_id, now)
            try:
                async with asyncio.timeout(self._platform.timing.send_limit):
                    await self.ws.send_str(written)
            except (ConnectionError, TimeoutError):
                self.cut()
        return waiting

    async def ask(self, topic: str, data: str) -> bool:
        """Send a SYSTEM frame that wants an answer, and say whether one came in time."""
        waiting = await self.send(Frame(SYSTEM, topic, data, self._platform.number("system")))
        return await waiting.answers(self._platform.timing.system_limit)

    async def disconnect(self, data: str) -> bool:
        """Ask the bot to go; say whether it acknowledged. One that stays is cut off."""
        frame = Frame(SYSTEM, "disconnect", data, self._platform.number("system"))
        self._leaving = Waiting(frame)
        self._leaving = await self.send(frame)
        answered = await self._leaving.answers(self._platform.timing.system_limit)
        if not self.is_deaf and not await self._ends():
            self._blame("确认了 disconnect，但没有断开" if answered else "没有确认 disconnect")
            self.cut()
        return answered

    def cut(self) -> None:
        """End the connection without a close frame."""
        self._cut.set()
        self._over.set()
        if self._request is not None and self._request.transport is not None:
            self._request.transport.abort()

    async def close(self, code: int = 1000) -> None:
        """Close the connection as websockets do."""
        await self.ws.close(code=code)

    async def _ends(self) -> bool:
        try:
            async with asyncio.timeout(self._platform.timing.system_limit):
                await self._over.wait()
        except TimeoutError:
            return False
        return True

    def _take(self, raw: str) -> None:
        ack, problems = read_ack(raw)
        for problem in problems:
            self._blame(problem)
        if ack is None:
            return
        waiting = self._sent.get(ack.message_id)
        topic = waiting.frame.topic if waiting else "?"
        self._platform.journal.note(f"{UP} {topic}", waiting.frame.data if waiting else "", ack.code, raw)
        if waiting is None:
            self._blame(f"ACK 的 messageId {ack.message_id!r} 不是这个连接上收到的")
            return
        for problem in problems_of_answer(waiting.frame, ack):
            self._blame(problem)
        if not waiting.is_answered:
            waiting.is_answered = True
            waiting.over.set()
            if waiting.frame.type != SYSTEM:
                self._ack(ack)

    def _blame(self, what: str) -> None:
        self._platform.journal.blame(UP, what)
