"""A platform on the loopback that knows each request again, as WeCom's duplicate check does."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class Platform:
    """Notes what people got to read: of each key the first, in the order of its lane.

    `lossy` is the share of requests that are taken, but whose answer is lost. While `gate` is shut, nothing is taken.
    """

    chance: random.Random = field(default_factory=lambda: random.Random(11))
    lossy: float = 0.0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    shown: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, list[str]] = field(default_factory=dict)
    senders: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    contradictions: int = 0
    knocking: int = 0
    url: str = ""
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        self.gate.set()
        app = web.Application()
        app.router.add_post("/", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        text = (await request.read()).decode()
        self.knocking += 1
        try:
            await self.gate.wait()
        finally:
            self.knocking -= 1
        if request.transport is None or request.transport.is_closing():
            return web.Response(status=500)  # who sent it is gone, and with it the request
        self._note(request.headers["X-Key"], request.headers["X-Lane"], text, request.headers["X-Replica"])
        if self.chance.random() < self.lossy:
            request.transport.abort()
        return web.Response()

    def _note(self, key: str, lane: str, text: str, sender: str) -> None:
        if key in self.shown:
            self.repeated += 1
            self.contradictions += self.shown[key] != text
            return
        self.shown[key] = text
        self.lanes.setdefault(lane, []).append(key)
        self.senders[sender] += 1
