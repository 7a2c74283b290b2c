"""The servers that `benchmarks.dingtalk` measures: the bot, or a bare echo, each telling how late its loop was."""

import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from aiohttp import ClientSession, WSMsgType, web

from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.door import DingtalkDoor, Ground, Robot
from bot.channels.dingtalk.frames import DONE, answer, read_frame
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import ContentResponder, rehearse
from bot.sessions.sqlite import SqliteStore
from bot.turns import TurnHandler
from tests.content_fixture import shipped_bundle
from tests.fakes import NOW

LOOK = 0.005
ANSWER = {"msgtype": "markdown", "markdown": {"title": "答", "text": "答" * 400}}


@dataclass(slots=True)
class Lags:
    """How much later than wanted the loop came back: by the clock, and by what this process computed meanwhile.

    The second does not depend on what else the machine does.
    """

    by_clock: list[float] = field(default_factory=list)
    by_work: list[float] = field(default_factory=list)

    async def note(self) -> None:
        """Look, for ever."""
        while True:
            began, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(LOOK)
            self.by_clock.append(max(0.0, time.perf_counter() - began - LOOK))
            self.by_work.append(max(0.0, time.process_time() - worked - LOOK))

    def __str__(self) -> str:
        """For people to read."""
        return f"loop lag {_say(self.by_clock)}, of it own work {_say(self.by_work)}"


def _say(lags: Sequence[float]) -> str:
    ranked = sorted(lags)
    return f"p99 {ranked[int(len(ranked) * 0.99) - 1] * 1000:.1f} ms, longest {ranked[-1] * 1000:.1f} ms"


async def listen(app: web.Application) -> web.AppRunner:
    """Serve on a free port and print the address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    return runner


async def wait_for_end() -> None:
    """Return when nothing more comes on standard input."""
    await asyncio.to_thread(sys.stdin.read)


async def echo(mode: str, platform: str, client: ClientSession) -> None:
    """Take a message, post an answer, and nothing else."""
    sending: set[asyncio.Task[None]] = set()

    async def reply(data: str) -> None:
        async with client.post(json.loads(data)["sessionWebhook"], json=ANSWER) as response:
            await response.read()

    def send(data: str) -> None:
        task = asyncio.create_task(reply(data))
        sending.add(task)
        task.add_done_callback(sending.discard)

    async def take(request: web.Request) -> web.Response:
        send(await request.text())
        return web.json_response({"msgtype": "empty"})

    async def receive() -> None:
        async with client.ws_connect(platform.replace("http", "ws", 1) + "/connect") as socket:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    frame = read_frame(message.data)
                    await socket.send_str(answer(frame, DONE))
                    send(frame.body)

    app = web.Application()
    app.router.add_post("/dingtalk/robot", take)
    await until_the_end(app, [receive()] if mode == "stream" else [])


async def bot(mode: str, platform: str, secret: str, client: ClientSession) -> None:
    """The bot as it is served, with its store on the disk."""
    bundle, metrics = shipped_bundle(), Metrics()
    rehearse(bundle, NOW)
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "kept.sqlite3", keep_days=30)
        await store.open()
        responder = ContentResponder(lambda: bundle, "dingtalk", retention_days=30)
        turns = TurnHandler(store, responder, lambda: bundle.guide.knowledge.attributes, lambda _: None)
        robot = Robot(Credentials("id", secret, platform), mode == "stream")
        door = DingtalkDoor(robot, Ground(turns, store, client, metrics))
        app = web.Application()
        door.add_routes(app)
        gc.collect()
        gc.freeze()  # as `serve` does
        dispatcher = Dispatcher(store.outbox, dict.fromkeys(door.names, door), metrics, time.time)
        await until_the_end(app, [dispatcher.run(), door.run()])
        await store.close()


async def until_the_end(app: web.Application, works: Sequence[Coroutine[None, None, None]]) -> None:
    """Serve, work, and tell at the end how late the loop was."""
    lags, before = Lags(), time.process_time()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in (lags.note(), *works)]
        runner = await listen(app)
        await wait_for_end()
        for task in tasks:
            task.cancel()
        await runner.cleanup()
    print(f"{time.process_time() - before:.2f} s of CPU, {lags}")


async def main() -> None:
    """Run the server of the arguments: echo or bot, the mode, the platform's address, the secret."""
    server, mode, platform, secret = sys.argv[1:]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    async with ClientSession() as client:
        await (echo(mode, platform, client) if server == "echo" else bot(mode, platform, secret, client))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())
