"""The web server: its addresses, its start and its graceful end."""

import asyncio
import logging
import signal
from collections.abc import Callable

import structlog
from aiohttp import web, web_response

from bot.channels.base import Clock, Readiness, Turns, read_clock
from bot.channels.web.chat import MAX_BODY, ChatEndpoint
from bot.channels.web.guards import guard_errors, protect
from bot.channels.web.page import Page
from bot.channels.web.probes import Probes
from bot.errors import SettingsError
from bot.metrics import Metrics

DRAIN_SECONDS = 7.0
LINGER_SECONDS = 2.0
IDLE_SECONDS = 75.0

_log = structlog.get_logger(__name__)
# What is no HTTP is answered before any handler or signal: this is the one place where its header can be set.
web_response.SERVER_SOFTWARE = "policybot"  # type: ignore[attr-defined]


class _Answered(logging.Filter):
    """Leaves out bodies that could not be unpacked: the client has been told, and nothing here is at fault."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], web.RequestPayloadError))


logging.getLogger("aiohttp.server").addFilter(_Answered())


def format_address(host: str, port: int) -> str:
    """The address as a browser takes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def create_web_app(
    turns: Turns, readiness: Readiness, metrics: Metrics, *, has_page: bool = True, clock: Clock = read_clock
) -> web.Application:
    """The server's addresses; without a page only those for machines."""
    app = web.Application(client_max_size=MAX_BODY + 1, middlewares=[guard_errors(metrics)])
    app.on_response_prepare.append(protect)
    probes = Probes(readiness, metrics)
    app.router.add_get("/healthz", probes.get_health)
    app.router.add_get("/readyz", probes.get_readiness)
    app.router.add_get("/metrics", probes.get_metrics)
    if has_page:
        page, chat = Page(), ChatEndpoint(turns, clock)
        app.router.add_get("/", page.get_index)
        app.router.add_get("/static/{name}", page.get_part)
        app.router.add_post("/api/chat", chat.post)
    return app


async def run_server(
    app: web.Application,
    host: str,
    port: int,
    stop: asyncio.Event | None = None,
    on_start: Callable[[str, int], None] | None = None,
) -> None:
    """Serve until SIGTERM, SIGINT or `stop`; then take no new request, finish those in work and return within 10 s.

    `on_start` is told the address once it answers; the port may be given as 0. Raises SettingsError when the address is
    taken, or is none.
    """
    stop = stop or asyncio.Event()
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=DRAIN_SECONDS,
        lingering_time=LINGER_SECONDS,
        keepalive_timeout=IDLE_SECONDS,
    )
    await runner.setup()
    try:
        bound = await _listen(runner, host, port)
        _log.info("server_started", host=host, port=bound)
        if on_start:
            on_start(host, bound)
        await _wait_for_stop(stop)
        _log.info("server_stopping")
    finally:
        await runner.cleanup()
    _log.info("server_stopped")


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, UnicodeError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else "这不是一个地址"
        raise SettingsError(f"无法监听 {host}:{port}（{why}），请换一个地址或端口。") from error
    return int(runner.addresses[0][1])


async def _wait_for_stop(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for one in signals:
        loop.add_signal_handler(one, stop.set)
    try:
        await stop.wait()
    finally:
        for one in signals:
            loop.remove_signal_handler(one)
