"""What can go wrong on the platform's side, on a test's order."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.simulators.base import Clock

Serve = Callable[[], Awaitable[web.Response]]


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the next so many calls of the paths that contain a text."""

    kind: str
    left: int
    path: str = ""
    errcode: int = 0
    status: int = 500
    seconds: float = 0.0


class Faults:
    """The troubles that are still to come."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[Fault] = []
        self._down_until = 0.0
        self._released = asyncio.Event()

    def fail(self, errcode: int, count: int = 1, path: str = "") -> None:
        """Answer with an errcode instead of doing what is asked."""
        self._waiting.append(Fault("errcode", count, path, errcode=errcode))

    def answer_status(self, status: int = 500, count: int = 1, path: str = "") -> None:
        """Answer with an HTTP status and no JSON."""
        self._waiting.append(Fault("status", count, path, status=status))

    def garble(self, count: int = 1, path: str = "") -> None:
        """Answer 200 with a body that is no JSON."""
        self._waiting.append(Fault("garble", count, path))

    def close(self, count: int = 1, path: str = "") -> None:
        """Close the connection without doing what is asked."""
        self._waiting.append(Fault("close", count, path))

    def lose_answer(self, count: int = 1, path: str = "") -> None:
        """Do what is asked, then close the connection: the caller can't know."""
        self._waiting.append(Fault("lose", count, path))

    def hang(self, seconds: float, count: int = 1, path: str = "") -> None:
        """Answer nothing for so many real seconds, then close the connection."""
        self._waiting.append(Fault("hang", count, path, seconds=seconds))

    def delay(self, seconds: float, count: int = 1, path: str = "") -> None:
        """Do what is asked so many real seconds late."""
        self._waiting.append(Fault("delay", count, path, seconds=seconds))

    def go_down(self, seconds: float) -> None:
        """Close every connection until the clock has moved so far."""
        self._down_until = self._clock.now() + seconds

    def come_up(self) -> None:
        """Serve again, whatever was ordered before."""
        self._down_until = 0.0
        self._waiting.clear()

    def release(self) -> None:
        """Let go of every call that hangs: the simulator stops."""
        self._released.set()

    async def serve(self, request: web.Request, serve: Serve) -> web.Response:
        """The answer to a call, with the next trouble that is meant for it."""
        fault = self._take(request.path)
        match fault.kind:
            case "none":
                return await serve()
            case "errcode":
                return web.json_response({"errcode": fault.errcode, "errmsg": "injected"})
            case "status":
                return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
            case "garble":
                return web.Response(text=json.dumps({"errcode": 0})[:-1], content_type="application/json")
            case "delay" | "hang":
                await self._pause(fault.seconds)
        if fault.kind in {"lose", "delay"}:
            answer = await serve()
            if fault.kind == "delay":
                return answer
        return cut(request)

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the simulator stops."""
        try:
            await asyncio.wait_for(self._released.wait(), seconds)
        except TimeoutError:
            return

    def _take(self, path: str) -> Fault:
        """The trouble for one call."""
        if self._clock.now() < self._down_until:
            return Fault("close", 1)
        for fault in self._waiting:
            if fault.path in path:
                fault.left -= 1
                if not fault.left:
                    self._waiting.remove(fault)
                return fault
        return Fault("none", 1)


def cut(request: web.Request) -> web.Response:
    """Close the connection under a call."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
