"""What machines ask of the server: is it alive, is it ready, what are its figures."""

import asyncio
import json
from datetime import datetime
from functools import partial
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.channels.base import Readiness
from bot.content.status import ContentStatus
from bot.errors import PolicybotError
from bot.metrics import Metrics

CHECK_SECONDS = 3.0
SHOWN_PROBLEMS = 50

_log = structlog.get_logger(__name__)
_dump = partial(json.dumps, ensure_ascii=False)


class Probes:
    """The addresses /healthz, /readyz and /metrics."""

    def __init__(self, readiness: Readiness, metrics: Metrics) -> None:
        self._readiness = readiness
        self._metrics = metrics

    async def get_health(self, _request: web.Request) -> web.Response:
        """The process runs and answers."""
        return web.json_response({"status": "ok"})

    async def get_readiness(self, _request: web.Request) -> web.Response:
        """Content is loaded and the store can be used; 503 when not. Refused content is told of: the old one serves."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                content = await self._readiness.check()
        except (PolicybotError, TimeoutError) as error:
            self._metrics.count_store_error("probe")
            _log.warning("not_ready", error=type(error).__name__)
            reason = {"status": "unavailable", "reason": type(error).__name__}
            return web.json_response(reason, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.json_response({"status": "ready", **_describe(content)}, dumps=_dump)

    async def get_metrics(self, _request: web.Request) -> web.Response:
        """The figures for Prometheus."""
        return web.Response(body=self._metrics.render(), headers={"Content-Type": self._metrics.content_type})


def _describe(content: ContentStatus) -> dict[str, object]:
    """The version in use and since when; of a refused one what is wrong with it, the first problems in full."""
    told: dict[str, object] = {"content_version": content.version, "content_since": _say_time(content.since)}
    if (refused := content.refused) is not None:
        told["content_refused"] = {
            "version": refused.version,
            "since": _say_time(refused.since),
            "problem_count": len(refused.problems),
            "problems": [str(problem) for problem in refused.problems[:SHOWN_PROBLEMS]],
        }
    return told


def _say_time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
