"""Encrypted callbacks of WeCom's self-built app: turns a second and how long each takes, against a bare echo.

Run: python -m benchmarks.wecom [conversations] [rounds]. The echo is aiohttp and wechatpy, nothing else: decrypt,
parse, answer with the same text, encrypt. The bot takes whole turns on the shipped content with the SQLite store, and
counts and logs each: with the answer in the response, and with a secret, where it is posted to the outbox and sent to a
platform that takes all.
Between them stands the door with a responder that thinks nothing: what is left is the dialog. Servers and client are
processes of their own; rounds alternate, the median counts. Aim: at least 45 % of the echo's rate.
"""

import asyncio
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from wechatpy.enterprise import create_reply, parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from benchmarks.loading.bots import AES_KEY, AGENT_ID, CORP_ID, TOKEN
from benchmarks.loading.doors import seal_callback
from benchmarks.loading.people import SAID
from bot.channels.tokens import SharedToken
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.app_answers import ActiveAnswers, Line, PassiveAnswers
from bot.channels.wecom.app_door import AppDoor
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.crypto import Cipher
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.reception import Reception
from bot.content.loading import load_content, shipped_content
from bot.dialog.state import State
from bot.doors.foundation import observer
from bot.logs import configure_logs
from bot.messages import OutboundMessage
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import ContentResponder
from bot.sessions.sqlite import SqliteStore
from bot.turns import Response, Said, Trouble, TurnHandler
from tests.simulators.wecom.crypto import Crypto

KINDS = {
    "echo": "bare aiohttp + wechatpy echo",
    "door": "the door and the store, no dialog",
    "passive": "whole turn, answer in the response",
    "active": "whole turn, outbox",
}
CONVERSATIONS, ROUNDS, AT_ONCE = 60, 3, 16
Handler = Callable[[web.Request], Awaitable[web.Response]]


def read_time() -> datetime:
    return datetime.now(UTC)


def stop_at(trouble: Trouble) -> None:
    """A figure with a failed turn in it is none."""
    raise SystemExit(f"{trouble.event}: {trouble.what}")


async def echo(request: web.Request) -> web.Response:
    """What wechatpy's documentation shows."""
    crypto, query = WeChatCrypto(TOKEN, AES_KEY, CORP_ID), request.query
    xml = crypto.decrypt_message(await request.read(), query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(xml)
    answer = create_reply(message.content, message).render()
    return web.Response(text=crypto.encrypt_message(answer, query["nonce"]), content_type="application/xml")


async def accept(_: web.Request) -> web.Response:
    return web.json_response({"errcode": 0, "access_token": "t", "expires_in": 7200, "invaliduser": ""})


async def tell_cpu(_: web.Request) -> web.Response:
    """The seconds of CPU that this process has taken."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return web.json_response(used.ru_utime + used.ru_stime)


async def listen(app: web.Application) -> int:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return int(runner.addresses[0][1])


class Parrot:
    """Answers what was said."""

    def respond(self, state: State, said: Said) -> Response:
        return Response(state, (OutboundMessage(said.text),), None)


def turns_on(store: SqliteStore, kind: str, metrics: Metrics) -> PatientTurns:
    bundle = load_content(shipped_content())
    responder = Parrot() if kind == "door" else ContentResponder(lambda: bundle, "wecom", retention_days=30)
    attributes = bundle.guide.knowledge.attributes
    return PatientTurns(TurnHandler(store, responder, lambda: attributes, stop_at, observe=observer(metrics)))


def build_door(kind: str, store: SqliteStore, client: aiohttp.ClientSession, platform: str) -> AppDoor:
    metrics = Metrics()
    turns = turns_on(store, kind, metrics)
    reception = Reception(Cipher(TOKEN, AES_KEY, CORP_ID), metrics)
    line = Line(turns, store.board, read_time, CORP_ID, AGENT_ID)
    if kind != "active":
        return AppDoor(reception, PassiveAnswers(line), turns)
    token = SharedToken(store.board, "bench", TokenSource(client, platform, CORP_ID, "secret").fetch)
    return AppDoor(
        reception, ActiveAnswers(line), turns, AppSender(WecomApi(client, platform, token), store.board, metrics)
    )


async def serve(kind: str, platform: str) -> None:
    """One server, whose port is printed; it ends with its process."""
    app = web.Application()
    app.router.add_get("/cpu", tell_cpu)
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w", encoding="utf-8") as log:
        configure_logs(stream=log)
        store = SqliteStore(Path(folder) / "bench.sqlite3", keep_days=30)
        await store.open()
        async with aiohttp.ClientSession() as client:
            if kind == "echo":
                app.router.add_post("/wecom/app", echo)
                door = None
            else:
                door = build_door(kind, store, client, platform)
                door.add_routes(app)
            gc.collect()
            gc.freeze()  # as `serve` does
            print(await listen(app), flush=True)
            senders = dict.fromkeys(door.names, door) if door else {}
            work = [Dispatcher(store.outbox, senders, Metrics(), time.time).run()]
            await asyncio.gather(*work, door.run() if door else asyncio.Event().wait())


async def talk(client: aiohttp.ClientSession, user: str, free: asyncio.Semaphore, taken: list[float]) -> None:
    """One conversation, each message after the answer to the one before."""
    crypto = Crypto(TOKEN, AES_KEY, CORP_ID)
    calls = [seal_callback(crypto, user, number, text) for number, text in enumerate(SAID)]
    async with free:
        for query, body in calls:
            began = time.perf_counter()
            async with client.post("/wecom/app", params=query, data=body) as response:
                await response.read()
                response.raise_for_status()
            taken.append(time.perf_counter() - began)


async def drive(url: str, conversations: int) -> None:
    """Hold the conversations, so many at once, and print the figures as JSON."""
    async with aiohttp.ClientSession(url) as client:
        await asyncio.gather(*(talk(client, f"warm{n}", asyncio.Semaphore(2), []) for n in range(2)))
        cpu, began, taken, free = await cpu_of(client), time.perf_counter(), list[float](), asyncio.Semaphore(AT_ONCE)
        name = f"user{time.time_ns()}-"
        await asyncio.gather(*(talk(client, f"{name}{n}", free, taken) for n in range(conversations)))
        seconds = time.perf_counter() - began
        cpu = await cpu_of(client) - cpu
    places = statistics.quantiles(taken, n=100)
    figures = {"rate": len(taken) / seconds, "p50": places[49], "p99": places[98], "cpu": cpu / len(taken)}
    print(json.dumps(figures), flush=True)


async def cpu_of(client: aiohttp.ClientSession) -> float:
    async with client.get("/cpu") as response:
        return float(await response.json())


async def platform() -> None:
    """A platform that takes everything."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", accept)
    print(await listen(app), flush=True)
    await asyncio.Event().wait()


class Child:
    """This file as another process, which prints its port."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "benchmarks.wecom", *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def measure(kind: str, platform_url: str, conversations: int) -> dict[str, float]:
    server = Child("serve", kind, platform_url)
    try:
        command = [sys.executable, "-m", "benchmarks.wecom", "drive", server.url, str(conversations)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures: dict[str, float] = json.loads(done.stdout)
        return figures
    finally:
        server.stop()


def compare(conversations: int, rounds: int) -> None:
    """Print the figures of each kind."""
    taker = Child("platform")
    try:
        found: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
        for _ in range(rounds):
            for kind in KINDS:
                found[kind].append(measure(kind, taker.url, conversations))
    finally:
        taker.stop()
    middle = {
        kind: {name: statistics.median(one[name] for one in figures) for name in figures[0]}
        for kind, figures in found.items()
    }
    print(f"{conversations} conversations of {len(SAID)} messages, {AT_ONCE} at once, median of {rounds} rounds")
    print(f"{'':38}{'a second':>10}{'of echo':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'of echo':>9}")
    for kind, name in KINDS.items():
        one, bare = middle[kind], middle["echo"]
        rate = f"{one['rate']:10.0f}{one['rate'] / bare['rate']:9.0%}"
        cpu = f"{one['cpu'] * 1e6:9.0f}{bare['cpu'] / one['cpu']:9.0%}"
        print(f"{name:38}{rate}{one['p50'] * 1e3:9.2f}{one['p99'] * 1e3:9.2f}{cpu}")


def main(arguments: list[str]) -> None:
    match arguments:
        case ["serve", kind, platform_url]:
            asyncio.run(serve(kind, platform_url))
        case ["drive", url, conversations]:
            asyncio.run(drive(url, int(conversations)))
        case ["platform"]:
            asyncio.run(platform())
        case _:
            numbers = [int(one) for one in arguments]
            compare(*(numbers + [CONVERSATIONS, ROUNDS][len(numbers) :]))


if __name__ == "__main__":
    main(sys.argv[1:])
