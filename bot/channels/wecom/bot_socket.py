"""One long connection to WeCom: frames out with their answers, frames in, and the heart-beat that finds it dead."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from secrets import token_hex
from weakref import WeakValueDictionary

import structlog
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, ClientWSTimeout, WSMsgType

from bot.channels.platform_errors import NO_ANSWER_LABEL, CountError, Kind, uncounted
from bot.channels.trees import Tree, dump_json, read_object
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.error_codes import NO_ANSWER, kind_of, label_of
from bot.errors import PolicybotError

LARGEST_FRAME = 1024 * 1024

_log = structlog.get_logger(__name__)


class SocketLost(PolicybotError):
    """Raised when a connection is gone, or answers no more; what was sent last may have arrived or not."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the long connection to WeCom is lost ({why}); it is opened again by itself")
        self.why = why


class FrameRefused(PolicybotError):
    """Raised when the platform answers a frame with an error code."""

    def __init__(self, code: int, command: str) -> None:
        super().__init__(f"WeCom answered {code} to {command}; see docs/guides/wecom-errors.zh-CN.md")
        self.code = code


@dataclass(frozen=True, slots=True)
class Frame:
    """What the platform tells: the id that an answer must name, and the body of the callback."""

    request: str
    body: Tree

    @property
    def kind(self) -> str:
        """The type of an event; empty for a message."""
        event = self.body.get("event")
        kind = event.get("eventtype") if isinstance(event, dict) else None
        return kind if isinstance(kind, str) else ""


class BotSocket:
    """One connection; `listen` must run for `ask` to get its answers."""

    def __init__(self, socket: ClientWebSocketResponse, pace: Pace, count: CountError) -> None:
        self._socket = socket
        self._pace = pace
        self._count = count
        self._answers: dict[str, asyncio.Future[int | None]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def is_open(self) -> bool:
        """Whether frames can still be sent."""
        return not self._socket.closed

    async def ask(self, command: str, body: Tree | None = None, request: str = "") -> None:
        """Send a frame and wait until it is taken; raises FrameRefused, or SocketLost, which closes the connection.

        Frames with one request id go one after the other.
        """
        request = request or make_request_id()
        async with self._locks.setdefault(request, asyncio.Lock()):
            code = await self._exchange(command, request, body)
        if code:
            self._count(command, label_of(code), kind_of(code))
            raise FrameRefused(code, command)

    async def _exchange(self, command: str, request: str, body: Tree | None) -> int:
        frame = {"cmd": command, "headers": {"req_id": request}} | ({} if body is None else {"body": body})
        answer = self._answers[request] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._pace.answer):
                await self._socket.send_str(dump_json(frame).decode())
                code: int | None = await answer
        except (TimeoutError, ClientError, OSError, RuntimeError) as error:
            # A late answer would be taken for that of the next frame: better a new connection.
            await self.close()
            self._count(command, NO_ANSWER_LABEL, Kind.RETRY)
            raise SocketLost(type(error).__name__) from None
        finally:
            self._answers.pop(request, None)
        if code is None:
            raise SocketLost("closed")
        return code

    async def listen(self) -> AsyncIterator[Frame]:
        """What the platform tells, until the connection ends."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT and (frame := self._read(message.data)) is not None:
                    yield frame
        finally:
            self._give_up()

    def _read(self, text: str) -> Frame | None:
        match read_object(text):
            case {"headers": {"req_id": str(request)}, "errcode": int(code)}:
                self._settle(request, code)
            case {"cmd": str(), "headers": {"req_id": str(request)}, "body": dict(body)}:
                return Frame(request, body)
            case {"headers": {"req_id": str(request)}} if request in self._answers:
                self._settle(request, NO_ANSWER)
            case _:
                _log.warning("wecom_bot_frame_unread")
        return None

    def _settle(self, request: str, code: int) -> None:
        answer = self._answers.get(request)
        if answer is not None and not answer.done():
            answer.set_result(code)

    def _give_up(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(None)

    async def beat(self) -> None:
        """Ask for a sign of life again and again; raises SocketLost when there is none."""
        while True:
            await self._pace.sleep(self._pace.heartbeat)
            try:
                await self.ask("ping")
            except FrameRefused as error:
                await self.close()
                raise SocketLost(f"ping {error.code}") from None

    async def close(self) -> None:
        """End the connection, whether the other side answers or not."""
        self._give_up()
        try:
            async with asyncio.timeout(self._pace.closing):
                await self._socket.close()
        except (TimeoutError, ClientError, OSError, RuntimeError):
            pass


async def open_socket(http: ClientSession, url: str, pace: Pace, count: CountError = uncounted) -> BotSocket:
    """A new connection, not yet subscribed; raises SocketLost."""
    try:
        async with asyncio.timeout(pace.opening):
            socket = await http.ws_connect(
                url, timeout=ClientWSTimeout(ws_close=pace.closing), max_msg_size=LARGEST_FRAME, autoping=True
            )
    except (TimeoutError, ClientError, OSError, ValueError) as error:
        count("connect", NO_ANSWER_LABEL, Kind.RETRY)
        raise SocketLost(type(error).__name__) from None
    return BotSocket(socket, pace, count)


def make_request_id() -> str:
    """An id for a frame that answers none."""
    return token_hex(16)
