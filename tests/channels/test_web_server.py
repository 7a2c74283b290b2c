"""The server around the chat: its page, its probes, its headers, its start and end."""

import asyncio
import os
import re
import signal
import time

import aiohttp
import pytest
from aiohttp import web

from bot.channels.web import server
from bot.channels.web.server import create_web_app, format_address, run_server
from bot.errors import SettingsError
from bot.messages import InboundMessage, Reply
from bot.metrics import Metrics
from bot.sessions.base import StoreUnavailable
from bot.turns import Pack
from tests.channels.fakes import Ready, ScriptedTurns
from tests.channels.serving import connect, serve, serve_app
from tests.simulators.base import PATIENCE

PARTS = [
    "chat.css",
    "report.css",
    "report.js",
    "report.html",
    "colors.css",
    "print.css",
    "chat.js",
    "view.js",
    "memory.js",
    "transport.js",
    "theme.js",
    "icon.svg",
]
GOOD = {"session": "s-12345678", "text": "你好"}


async def test_page_names_only_files_of_this_server() -> None:
    async with connect(ScriptedTurns()) as client, client.get("/") as response:
        page = await response.text()
        kind = response.headers["Content-Type"]

    assert kind == "text/html; charset=utf-8"
    assert not re.search(r"https?://|//[a-z]|style=|\son\w+=", page)
    assert not re.search(r"<script>|<style", page)


@pytest.mark.parametrize("name", PARTS)
async def test_part_of_the_page_is_served_and_not_sent_twice(name: str) -> None:
    async with connect(ScriptedTurns()) as client:
        async with client.get(f"/static/{name}") as first:
            tag, size = first.headers["ETag"], len(await first.read())
        async with client.get(f"/static/{name}", headers={"If-None-Match": tag}) as second:
            again = second.status, len(await second.read())

    assert size > 100
    assert again == (304, 0)


@pytest.mark.parametrize(
    "path", ["/static/", "/static/none.js", "/static/../chat.py", "/static/%2e%2e%2fchat.py", "/none", "/static/a/b"]
)
async def test_unknown_address_is_404_with_a_sentence(path: str) -> None:
    async with connect(ScriptedTurns()) as client, client.get(path) as response:
        assert response.status == 404
        assert await response.json() == {"error": "没有这个地址。"}


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/healthz", "/readyz", "/metrics", "/none", "/api/chat"])
async def test_every_answer_has_the_security_headers(path: str) -> None:
    async with connect(ScriptedTurns()) as client, client.get(path) as response:
        headers = response.headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers
    assert headers["Cache-Control"] in {"no-cache", "no-store"}


async def test_answer_to_what_is_no_http_does_not_name_the_make_of_the_server() -> None:
    async with serve(ScriptedTurns()) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GARBAGE\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        await writer.wait_closed()

    assert b" 400 " in answer.split(b"\r\n")[0]
    assert b"Server: policybot\r\n" in answer
    assert b"aiohttp" not in answer


async def test_ready_server_tells_its_content_version() -> None:
    async with connect(ScriptedTurns()) as client:
        async with client.get("/readyz") as ready:
            readiness = ready.status, await ready.json()
        async with client.get("/healthz") as health:
            alive = health.status

    told = {"status": "ready", "content_version": "2026.11-test", "content_since": "2026-11-01T00:00:00+00:00"}
    assert readiness == (200, told)
    assert alive == 200


async def test_server_without_store_is_alive_but_not_ready() -> None:
    async with connect(ScriptedTurns(), Ready(StoreUnavailable("disk full at /secret"))) as client:
        async with client.get("/readyz") as ready:
            readiness = ready.status, await ready.json()
        async with client.get("/healthz") as health:
            alive = health.status

    assert readiness == (503, {"status": "unavailable", "reason": "StoreUnavailable"})
    assert alive == 200


async def test_refusals_are_counted() -> None:
    async with connect(ScriptedTurns()) as client:
        async with client.post("/api/chat", data=b"{", headers={"Content-Type": "application/json"}):
            pass
        async with client.get("/metrics") as response:
            figures = await response.text()

    assert 'policybot_errors_total{kind="http_400"} 1.0' in figures


async def test_server_with_the_web_off_answers_machines_only() -> None:
    async with serve(ScriptedTurns(), has_page=False) as address, aiohttp.ClientSession(address) as client:
        statuses = {}
        for path in ("/", "/healthz"):
            async with client.get(path) as response:
                statuses[path] = response.status

    assert statuses == {"/": 404, "/healthz": 200}


class SlowTurns:
    def __init__(self) -> None:
        self.started = asyncio.Event()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:  # noqa: ARG002
        self.started.set()
        await asyncio.sleep(0.5)
        return Reply(())


async def test_end_waits_for_the_message_in_work_and_takes_no_new_one() -> None:
    turns = SlowTurns()
    start = time.monotonic()
    async with aiohttp.ClientSession() as client:
        async with serve(turns) as address:
            asking = asyncio.create_task(client.post(f"{address}/api/chat", json=GOOD))
            await turns.started.wait()
        answer = await asking
        status = answer.status
        answer.close()
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.get(f"{address}/healthz")

    assert status == 200
    assert time.monotonic() - start < 10


async def test_idle_connection_does_not_hold_up_the_end() -> None:
    async with aiohttp.ClientSession() as client, serve(ScriptedTurns()) as address:
        async with client.get(f"{address}/healthz") as response:
            await response.read()
        start = time.monotonic()

    assert time.monotonic() - start < server.DRAIN_SECONDS


async def test_body_that_never_comes_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "DRAIN_SECONDS", 0.2)
    async with serve(ScriptedTurns()) as address:
        _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(
            b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        )
        await writer.drain()
        start = time.monotonic()
    writer.close()

    assert time.monotonic() - start < 7


async def test_sigterm_ends_the_server() -> None:
    started = asyncio.Event()
    app = create_web_app(ScriptedTurns(), Ready(), Metrics())
    serving = asyncio.create_task(run_server(app, "127.0.0.1", 0, None, lambda _host, _port: started.set()))
    await asyncio.wait_for(started.wait(), PATIENCE)
    await asyncio.sleep(0)

    os.kill(os.getpid(), signal.SIGTERM)

    await asyncio.wait_for(serving, PATIENCE)


@pytest.mark.parametrize("host", ["a..b", "a" * 70, "203.0.113.1"])
async def test_address_that_is_none_is_told_in_a_sentence(host: str) -> None:
    with pytest.raises(SettingsError, match=f"无法监听 {host}:0（.+），请换一个地址或端口。"):
        await run_server(web.Application(), host, 0)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("localhost", "http://localhost:80")],
)
def test_address_is_written_as_a_browser_takes_it(host: str, address: str) -> None:
    assert format_address(host, 80) == address


async def test_port_in_use_is_told_in_a_sentence() -> None:
    async with serve_app(web.Application()) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(SettingsError, match=f"无法监听 127.0.0.1:{port}"):
            await run_server(web.Application(), "127.0.0.1", port)
