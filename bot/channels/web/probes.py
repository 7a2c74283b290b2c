"""What machines ask of the server: is it alive, is it ready, what are its figures."""

import asyncio
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.channels.base import Readiness
from bot.errors import PolicybotError
from bot.metrics import Metrics

CHECK_SECONDS = 3.0

_log = structlog.get_logger(__name__)


class Probes:
    """The addresses /healthz, /readyz and /metrics."""

    def __init__(self, readiness: Readiness, metrics: Metrics) -> None:
        self._readiness = readiness
        self._metrics = metrics

    async def get_health(self, _request: web.Request) -> web.Response:
        """The process runs and answers."""
        return web.json_response({"status": "ok"})

    async def get_readiness(self, _request: web.Request) -> web.Response:
        """Content is loaded and the store can be used; 503 when not."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                version = await self._readiness.check()
        except (PolicybotError, TimeoutError) as error:
            _log.warning("not_ready", error=type(error).__name__)
            reason = {"status": "unavailable", "reason": type(error).__name__}
            return web.json_response(reason, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.json_response({"status": "ready", "content_version": version})

    async def get_metrics(self, _request: web.Request) -> web.Response:
        """The figures for Prometheus."""
        return web.Response(body=self._metrics.render(), headers={"Content-Type": self._metrics.content_type})
