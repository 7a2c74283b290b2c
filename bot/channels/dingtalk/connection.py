"""One connection of Stream mode, from its first frame to its end."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

import structlog
from aiohttp import ClientError, ClientWebSocketResponse, WSMessage, WSMsgType

from bot.channels.dingtalk.frames import (
    CARD_TOPIC,
    DONE,
    ROBOT_TOPIC,
    Frame,
    FrameKind,
    answer,
    read_frame,
    response,
)
from bot.channels.dingtalk.payloads import Heard, read_heard
from bot.channels.dingtalk.recent import Recent
from bot.channels.trees import Tree
from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable

QUEUE = 1_000
TOGETHER = 256
CARDS_AT_ONCE = 32
LONGEST_FRAME = 128 * 1024
SEND_SECONDS = 5.0
BEAT_SECONDS = 20.0
CLOSE_SECONDS = 2.0
PAUSE = 0.2
UNREADABLE = (RequestError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a message may cause that nobody has thought of: it would come again and again, and must not end the program."""
EVENT_DONE = '{"status":"SUCCESS"}'

_log = structlog.get_logger(__name__)


class Receiver(Protocol):
    """Takes what a connection brings."""

    async def accept(self, heard: Sequence[Heard]) -> None:
        """Keep the messages. Raises StoreUnavailable."""

    async def click(self, body: Tree) -> dict[str, object]:
        """The data of the answer to a click. Raises RequestError and StoreUnavailable."""


class Connection:
    """Reads frames, keeps what they bring, and only then acknowledges them.

    What can't be kept is not acknowledged, so that it is delivered again. There are never more than QUEUE frames in
    memory: the socket is not read any further until some are kept.
    """

    def __init__(
        self, socket: ClientWebSocketResponse, receiver: Receiver, recent: Recent, clock: Callable[[], float]
    ) -> None:
        self._socket = socket
        self._receiver = receiver
        self._recent = recent
        self._clock = clock
        self._waiting: asyncio.Queue[Frame | None] = asyncio.Queue(QUEUE)
        self._clicks = asyncio.Semaphore(CARDS_AT_ONCE)
        self._heard_at = clock()
        self._why = "closed"

    async def serve(self, beat: float = BEAT_SECONDS) -> str:
        """Why the connection ended; it is closed then."""
        try:
            async with asyncio.TaskGroup() as group:
                keeper = group.create_task(self._keep_all())
                watch = group.create_task(self._watch(beat))
                await self._read(group)
                watch.cancel()
                await self._waiting.put(None)
                await keeper
        finally:
            await self._close()
        return self._why

    async def _read(self, group: asyncio.TaskGroup) -> None:
        while True:
            message = await self._socket.receive()
            self._heard_at = self._clock()
            if message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED}:
                return
            if message.type is WSMsgType.ERROR:
                self._why = "oversize or broken"
                return
            if await self._take(message, group):
                self._why = "asked to leave"
                return
            self._heard_at = self._clock()  # keeping took its time

    async def _take(self, message: WSMessage, group: asyncio.TaskGroup) -> bool:
        """Whether the platform wants to end the connection."""
        match message.type:
            case WSMsgType.PING:
                await self._send_pong(message.data)
            case WSMsgType.TEXT | WSMsgType.BINARY:
                return await self._take_frame(message.data, group)
            case _:
                pass
        return False

    async def _take_frame(self, data: str | bytes, group: asyncio.TaskGroup) -> bool:
        try:
            frame = read_frame(data)
        except RequestError:
            _log.warning("dingtalk_frame_unreadable", size=len(data))
            return False
        match frame.kind, frame.topic:
            case FrameKind.SYSTEM, "ping":
                await self._send(answer(frame, frame.body))
            case FrameKind.SYSTEM, "disconnect":
                await self._send(answer(frame, frame.body))
                return True
            case FrameKind.SYSTEM, _:
                pass
            case FrameKind.EVENT, _:
                await self._send(answer(frame, EVENT_DONE))
            case FrameKind.CALLBACK, topic if topic == CARD_TOPIC:
                await self._clicks.acquire()
                group.create_task(self._answer_click(frame))
            case FrameKind.CALLBACK, topic if topic == ROBOT_TOPIC and len(data) <= LONGEST_FRAME:
                await self._waiting.put(frame)
            case _:
                _log.warning("dingtalk_frame_refused", kind=frame.kind.value, size=len(data))
                await self._send(answer(frame, DONE))
        return False

    async def _keep_all(self) -> None:
        while (first := await self._waiting.get()) is not None:
            frames, is_last = [first], False
            while len(frames) < TOGETHER and not self._waiting.empty() and not is_last:
                more = self._waiting.get_nowait()
                is_last = more is None
                frames += [] if more is None else [more]
            await self._keep(frames)
            if is_last:
                return

    async def _keep(self, frames: Sequence[Frame]) -> None:
        read = {frame.message_id: heard for frame in frames if (heard := self._read_heard(frame)) is not None}
        names = {_name(heard) for heard in read.values()}
        fresh = {_name(heard): heard for heard in read.values() if _name(heard) not in self._recent}
        try:
            await self._receiver.accept(tuple(fresh.values()))
        except StoreUnavailable:
            _log.error("dingtalk_not_kept", frames=len(frames))
            await asyncio.sleep(PAUSE)
            return
        for name in names:
            self._recent.add(name)
        for frame in frames:
            await self._send(answer(frame, DONE))

    def _read_heard(self, frame: Frame) -> Heard | None:
        try:
            return read_heard(frame.tree())
        except UNREADABLE as error:
            _log.warning("dingtalk_message_unreadable", size=len(frame.body), what=type(error).__name__)
            return None

    async def _answer_click(self, frame: Frame) -> None:
        try:
            given = await self._receiver.click(frame.tree())
        except UNREADABLE as error:
            _log.warning("dingtalk_click_unreadable", size=len(frame.body), what=type(error).__name__)
            await self._send(answer(frame, DONE))
        except StoreUnavailable:
            _log.error("dingtalk_not_kept", frames=1)
        else:
            await self._send(answer(frame, response(given)))
        finally:
            self._clicks.release()

    async def _send(self, frame: str) -> None:
        """Send it; a connection on which nothing can be sent is closed, and what was not acknowledged comes again."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send_str(frame)
        except (ClientError, ConnectionError, TimeoutError, RuntimeError):
            await self._close()

    async def _send_pong(self, data: bytes) -> None:
        with suppress(ClientError, ConnectionError, RuntimeError):
            await self._socket.pong(data)

    async def _watch(self, beat: float) -> None:
        """Notice a socket that only seems to be open: nothing came, not even the answer to a ping."""
        while True:
            await asyncio.sleep(beat)
            if self._clock() - self._heard_at >= 2 * beat and not self._waiting.full():
                self._why = "half-open"
                await self._close()
                return
            with suppress(ClientError, ConnectionError, RuntimeError):
                await self._socket.ping()

    async def _close(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._socket.close()


def _name(heard: Heard) -> str:
    return f"{heard.chat}\0{heard.message_id}"
