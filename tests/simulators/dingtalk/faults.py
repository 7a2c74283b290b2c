"""What can go wrong at the platform, or on the way there, as a test orders it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from tests.simulators.dingtalk.clock import Clock
from tests.simulators.dingtalk.limits import RateLimit
from tests.simulators.dingtalk.refusals import Json

HTML = "<!doctype html><html><body><h1>405</h1><p>您的访问被阻断</p></body></html>"
SYSTEM_ERROR: Json = {"code": "system.error", "message": "未知的系统错误"}
BANNED: Json = {"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "simulated"}
WINDOW, BAN = 20.0, 300.0
Answer = Callable[[web.Request], Awaitable[web.Response | None]]


@dataclass(slots=True)
class Fault:
    """Something that happens to the next calls of a path, or of all paths below one that ends in a slash."""

    path: str
    times: int
    answer: Answer
    is_afterwards: bool = False

    def concerns(self, path: str) -> bool:
        """Whether it happens to a call of that path."""
        return path.startswith(self.path) if self.path.endswith("/") else path == self.path


class Faults:
    """The faults that are due, and the ban of an IP that calls too often."""

    def __init__(self, clock: Clock, calls: int) -> None:
        self._due: list[Fault] = []
        self._calls = RateLimit(clock, calls, WINDOW, BAN)
        self._over = asyncio.Event()
        self.bans_with_html = True

    def fail(
        self, path: str, times: int = 1, *, status: int = 500, body: str | Mapping[str, object] | None = None
    ) -> None:
        """Answer the next calls of a path so; a text is sent as HTML, which a client must survive."""

        async def answer(_: web.Request) -> web.Response:
            if isinstance(body, str):
                return web.Response(status=status, text=body, content_type="text/html")
            return web.json_response(SYSTEM_ERROR if body is None else dict(body), status=status)

        self._due.append(Fault(path, times, answer))

    def delay(self, path: str, seconds: float, times: int = 1) -> None:
        """Let the next calls of a path wait before they are carried out."""

        async def answer(_: web.Request) -> None:
            await asyncio.sleep(seconds)

        self._due.append(Fault(path, times, answer))

    def hang(self, path: str, times: int = 1) -> None:
        """Never answer the next calls of a path."""

        async def answer(_: web.Request) -> web.Response:
            await self._over.wait()
            return web.Response(status=503)

        self._due.append(Fault(path, times, answer))

    def cut(self, path: str, times: int = 1) -> None:
        """Carry out nothing, and cut the connection of the next calls of a path."""

        async def answer(request: web.Request) -> web.Response:
            _cut(request)
            return web.Response(status=503)

        self._due.append(Fault(path, times, answer))

    def lose(self, path: str, times: int = 1) -> None:
        """Carry out the next calls of a path, and cut the connection before the answer: the caller cannot know."""

        async def answer(request: web.Request) -> web.Response:
            _cut(request)
            return web.Response(status=503)

        self._due.append(Fault(path, times, answer, is_afterwards=True))

    def ban(self, *, with_html: bool = True) -> None:
        """Ban the caller's IP for five minutes."""
        self.bans_with_html = with_html
        self._calls.block()

    def clear(self) -> None:
        """Let everything work again."""
        self._due.clear()
        self._calls.clear()

    def release(self) -> None:
        """End all calls that hang."""
        self._over.set()

    async def answer(self, request: web.Request) -> web.Response | None:
        """The answer of a fault that is due, or of the ban; None where the call is to be carried out."""
        if not self._calls.passes():
            banned = web.Response(text=HTML, content_type="text/html", status=405)
            return banned if self.bans_with_html else web.json_response(BANNED)
        return await self._happen(request, is_afterwards=False)

    async def answer_afterwards(self, request: web.Request) -> web.Response | None:
        """What becomes of the answer to a call that was carried out; None where it goes out as it is."""
        return await self._happen(request, is_afterwards=True)

    async def _happen(self, request: web.Request, *, is_afterwards: bool) -> web.Response | None:
        for fault in self._due:
            if fault.is_afterwards is is_afterwards and fault.concerns(request.path):
                fault.times -= 1
                if fault.times <= 0:
                    self._due.remove(fault)
                return await fault.answer(request)
        return None


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
