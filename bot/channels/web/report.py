"""The page to print: all that the session of this browser came to. Its data come by POST and stand in no address."""

import asyncio

import structlog
from aiohttp import web

from bot.channels.base import Clock, Reports, read_clock
from bot.channels.web.chat import TURN_SECONDS, read_body, refuse
from bot.channels.web.page import Page
from bot.channels.web.payloads import CHANNEL, conversation_of, dump_report, parse_report
from bot.errors import SessionError

UNAVAILABLE = "现在读不出您的回答，请过一会儿再试。"

_log = structlog.get_logger(__name__)


class ReportEndpoint:
    """Answers with the result of the session that asks, and of no other."""

    def __init__(self, reports: Reports, clock: Clock) -> None:
        self._reports = reports
        self._clock = clock

    async def post(self, request: web.Request) -> web.Response:
        """The result as JSON, an empty object where there is none."""
        asked = parse_report(await read_body(request))
        try:
            async with asyncio.timeout(TURN_SECONDS):
                report = await self._reports.make(CHANNEL, conversation_of(asked.session), self._clock())
        except (SessionError, TimeoutError) as error:
            _log.warning("report_failed", error=type(error).__name__)
            raise refuse(UNAVAILABLE, is_temporary=True) from error
        return web.Response(body=dump_report(report), content_type="application/json", charset="utf-8")


def offer_reports(app: web.Application, reports: Reports, clock: Clock = read_clock) -> None:
    """Add the page to print and its data to the server's addresses."""
    app.router.add_get("/print", Page().get_report)
    app.router.add_post("/api/report", ReportEndpoint(reports, clock).post)
