"""One websocket of the long connection: frames in and out, each answered, strictly one at a time per req_id."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine

from aiohttp import WSMsgType, web

from tests.simulators.wecom.callbacks import DETAIL, read_json
from tests.simulators.wecom.platform import Json, Platform, Refused

Command = Callable[["Line", str, str, Json], None]
WITHOUT_BODY = frozenset({"ping"})


class Line:
    """A connected bot, subscribed or not."""

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, platform: Platform, command: Command
    ) -> None:
        self._socket = socket
        self._transport = request.transport
        self._platform = platform
        self._command = command
        self._waiting: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_subscribed = False
        self.is_silent = False
        """Half open: the socket stands, but nothing is heard or said any more."""
        self.pings = 0
        self.heard_at = platform.clock.now()
        self.frames_left: int | None = None
        """After so many frames more the socket is closed."""

    async def serve(self) -> None:
        """Read frames until the socket closes."""
        async for message in self._socket:
            if self.is_silent:
                continue
            self.heard_at = self._platform.clock.now()
            if message.type is WSMsgType.TEXT:
                self._receive(message.data)
            else:
                self._platform.violated(f"长连接只收文本帧，得到 {message.type.name}")
            await self._count()
        for task in self._tasks:
            task.cancel()

    def _receive(self, text: str) -> None:
        """Take one frame; its answer goes out a moment later."""
        try:
            command, req_id, body = parse_frame(text)
        except ValueError as error:
            self._platform.violated(f"长连接的帧不对：{error}；{text[:120]}")
            return
        if req_id in self._waiting:
            self._platform.violated(f"同一 req_id 的上一帧还没有应答：{command} {req_id}")
        self._waiting.add(req_id)
        self.start(self._answer(command, req_id, body))

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do something beside reading; it ends with the connection."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, command: str, req_id: str, body: Json) -> None:
        """Do what is asked and acknowledge it."""
        await asyncio.sleep(self._platform.timing.acknowledge)
        answer: Json = {"headers": {"req_id": req_id}, "errcode": 0, "errmsg": "ok"}
        try:
            self._command(self, command, req_id, body)
        except Refused as refused:
            answer |= {"errcode": refused.errcode, "errmsg": refused.errmsg}
            if refused.is_wrong:
                self._platform.violated(f"{command}：{refused}")
        detail = json.dumps(body, ensure_ascii=False)[:DETAIL] if body and command != "aibot_subscribe" else ""
        self._platform.note(f"长连接 {command} → {answer['errcode']} {answer['errmsg']}\n{detail}".strip())
        self._waiting.discard(req_id)
        await self.send(answer)

    async def send(self, frame: Json) -> bool:
        """Whether the frame went out."""
        if self.is_silent or self._socket.closed:
            return False
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        except (ConnectionError, RuntimeError):
            return False
        return True

    async def close(self) -> None:
        """Close as the protocol wants it."""
        with contextlib.suppress(ConnectionError):
            await self._socket.close()

    def drop(self) -> None:
        """Cut the wire."""
        if isinstance(self._transport, asyncio.Transport):
            self._transport.abort()

    async def _count(self) -> None:
        if self.frames_left is not None:
            self.frames_left -= 1
            if self.frames_left <= 0:
                await self.close()


def parse_frame(text: str) -> tuple[str, str, Json]:
    """Command, req_id and body of a frame; ValueError says what is wrong."""
    frame = read_json(text)
    if not isinstance(frame, dict) or not isinstance(frame.get("cmd"), str):
        raise ValueError("要有 cmd")
    names = {"cmd", "headers"} | ({"body"} if frame["cmd"] not in WITHOUT_BODY or "body" in frame else set())
    if frame.keys() != names:
        raise ValueError(f"字段应是 {sorted(names)}，得到 {sorted(frame)}")
    headers, body = frame["headers"], frame.get("body", {})
    if not isinstance(headers, dict) or not isinstance(headers.get("req_id"), str) or not headers["req_id"]:
        raise ValueError("headers 要有 req_id")
    if not isinstance(body, dict):
        raise ValueError("body 应是对象")
    return frame["cmd"], headers["req_id"], body
