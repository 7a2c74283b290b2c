"""A real server on a free port of this machine, for as long as a test needs it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot.channels.base import Readiness, Reports, Turns
from bot.channels.web.report import offer_reports
from bot.channels.web.server import create_web_app, run_server
from bot.metrics import Metrics
from tests.channels.fakes import Ready
from tests.simulators.base import PATIENCE


@asynccontextmanager
async def serve(
    turns: Turns, readiness: Readiness | None = None, *, has_page: bool = True, reports: Reports | None = None
) -> AsyncIterator[str]:
    """Serve the turns; gives the address without a slash at its end."""
    app = create_web_app(turns, readiness or Ready(), Metrics(), has_page=has_page)
    if reports is not None:
        offer_reports(app, reports)
    async with serve_app(app) as address:
        yield address


@asynccontextmanager
async def serve_app(app: web.Application) -> AsyncIterator[str]:
    """Serve an application; gives its address."""
    stop = asyncio.Event()
    started: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(host: str, port: int) -> None:
        started.set_result(f"http://{host}:{port}")

    server = asyncio.create_task(run_server(app, "127.0.0.1", 0, stop, note))
    try:
        yield await asyncio.wait_for(started, PATIENCE)
    finally:
        stop.set()
        await server


@asynccontextmanager
async def connect(turns: Turns, readiness: Readiness | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a server that answers with the turns."""
    async with serve(turns, readiness) as address, aiohttp.ClientSession(address) as client:
        yield client
