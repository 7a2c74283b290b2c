"""Messages a second and how long an answer takes by DingTalk, over HTTP and by Stream, beside a bare echo.

    python -m benchmarks.dingtalk [MESSAGES] [AT ONCE]

The bot runs in a process of its own, with the shipped content and a SQLite store on disk; this process is the platform
and the people. Each person waits for the answer before saying more. The bare echo takes the same messages in the same
form and posts an answer of the same size, with nothing in between: neither store nor dialog.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, TCPConnector, web

from bot.channels.dingtalk.signing import sign_robot
from tests.channels.dingtalk.vectors import BODY, EXCHANGES

MESSAGES, AT_ONCE = 1_000, 16
SAID = ("亦庄", "国家级小巨人", "数据入表有补贴吗", "买了科技保险，保费86.2万", "看结果")
SECRET = "secret-of-the-benchmark"
PATIENCE = 60.0
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run came to: seconds in all, and of each answer."""

    seconds: float
    answers: Sequence[float]
    lag: str

    def __str__(self) -> str:
        """For people to read."""
        ranked = sorted(self.answers)
        p99 = ranked[int(len(ranked) * 0.99) - 1] * 1000
        median = statistics.median(ranked) * 1000
        return (
            f"{len(ranked) / self.seconds:6.0f} messages/s   median {median:6.1f} ms   p99 {p99:6.1f} ms   {self.lag}"
        )


class Platform:
    """Gives out webhooks, tickets and tokens, and notes when each answer comes."""

    def __init__(self) -> None:
        self.url = ""
        self.socket: web.WebSocketResponse | None = None
        self.connected = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[None]] = {}

    async def start(self) -> web.AppRunner:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/webhook", self._take_answer)
        app.router.add_post("/v1.0/gateway/connections/open", self._open)
        app.router.add_get("/connect", self._connect)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    def message(self, person: str, number: int, text: str) -> str:
        """What somebody says, as the platform passes it on."""
        until = int(time.time() * 1000) + 5_400_000
        webhook = f"{self.url}/webhook?session={person}"
        who = {"senderStaffId": person, "senderId": person, "conversationType": "1", "conversationId": person}
        return json.dumps(
            {
                **BODY,
                **who,
                "msgId": f"{person}-{number}",
                "text": {"content": text},
                "sessionWebhook": webhook,
                "sessionWebhookExpiredTime": until,
            }
        )

    def expect(self, person: str) -> asyncio.Future[None]:
        """Done when the person is answered."""
        self._waiting[person] = asyncio.get_running_loop().create_future()
        return self._waiting[person]

    async def _take_answer(self, request: web.Request) -> web.Response:
        await request.read()
        waiting = self._waiting.get(request.query["session"])
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
        return web.json_response({"errcode": 0})

    async def _open(self, _: web.Request) -> web.Response:
        return web.json_response({"endpoint": self.url.replace("http", "ws", 1) + "/connect", "ticket": "t"})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        self.connected.set()
        async for _ in self.socket:
            pass
        return self.socket


async def deliver_by_http(client: ClientSession, bot: str, data: str) -> None:
    """One callback, signed."""
    stamp = str(int(time.time() * 1000))
    headers = {"Content-Type": "application/json", "timestamp": stamp, "sign": sign_robot(SECRET, stamp)}
    async with client.post(f"{bot}/dingtalk/robot", data=data.encode(), headers=headers) as response:
        assert response.status == 200, await response.text()


async def deliver_by_stream(platform: Platform, name: str, data: str) -> None:
    """One frame."""
    assert platform.socket is not None
    down = EXCHANGES["m-bot"]["down"]
    frame = {**down, "headers": {**down["headers"], "messageId": name}, "data": data}
    await platform.socket.send_str(json.dumps(frame))


async def measure(mode: str, server: str, messages: int, at_once: int) -> Figures:
    """Let people talk to one kind of server in one mode."""
    platform = Platform()
    runner = await platform.start()
    answers: list[float] = []
    async with (
        running(server, mode, platform.url) as (bot, lag),
        ClientSession(connector=TCPConnector(limit=0)) as client,
    ):
        if mode == "stream":
            await asyncio.wait_for(platform.connected.wait(), PATIENCE)

        async def talk(worker: int, count: int) -> None:
            for turn in range(count):
                person = f"p{worker}x{turn // len(SAID)}"
                data = platform.message(person, turn, SAID[turn % len(SAID)])
                answered, began = platform.expect(person), time.perf_counter()
                if mode == "http":
                    await deliver_by_http(client, bot, data)
                else:
                    await deliver_by_stream(platform, f"{person}-{turn}", data)
                await asyncio.wait_for(answered, PATIENCE)
                answers.append(time.perf_counter() - began)

        await talk(at_once, len(SAID))  # to warm up
        answers.clear()
        began = time.perf_counter()
        await asyncio.gather(*(talk(worker, messages // at_once) for worker in range(at_once)))
        seconds = time.perf_counter() - began
    await runner.cleanup()
    return Figures(seconds, tuple(answers), lag())


@asynccontextmanager
async def running(server: str, mode: str, platform: str) -> AsyncIterator[tuple[str, "Lag"]]:
    """A server in a process of its own; gives its address and, afterwards, how late its loop was."""
    command = [sys.executable, "-m", "benchmarks.dingtalk_server", server, mode, platform, SECRET]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=-1, stdout=-1
    )
    assert process.stdout is not None
    lag = Lag()
    try:
        yield (await process.stdout.readline()).decode().strip(), lag
    finally:
        told, _ = await process.communicate(b"")
        lag.told = told.decode().strip().splitlines()[-1] if told else ""


class Lag:
    """What a server told of its loop when it ended."""

    def __init__(self) -> None:
        self.told = ""

    def __call__(self) -> str:
        """In words."""
        return self.told


def main() -> None:
    """Measure, and print one line for each."""
    given = [int(word) for word in sys.argv[1:]]
    messages, at_once = (*given, *(MESSAGES, AT_ONCE)[len(given) :])
    for mode in ("http", "stream"):
        for server in ("echo", "bot"):
            figures = asyncio.run(measure(mode, server, messages, at_once))
            print(f"{mode:7}{server:5}{figures}", flush=True)


if __name__ == "__main__":
    main()
