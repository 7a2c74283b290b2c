"""`GET /print` and `POST /api/report`: the whole result of the session that asks, and of no other."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from bot.channels.web.payloads import conversation_of
from bot.channels.web.report import UNAVAILABLE, offer_reports
from bot.channels.web.server import create_web_app
from bot.messages import PrintedResult
from bot.metrics import Metrics
from bot.sessions.base import StoreUnavailable
from tests.channels.fakes import Ready, ScriptedTurns
from tests.channels.serving import serve_app

MINE = "s-of-mine-12345678"
PRINTED = PrintedResult("2026-07-15", "【现在可以申领】\n1. 保费补贴：50 万元", ("第 1 项：保费补贴",))
JSON = {"Content-Type": "application/json"}


class KnownReports:
    """Has a result of one conversation, or the trouble it was given."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble

    async def make(self, channel: str, conversation: str, now: datetime) -> PrintedResult | None:
        """The result of the one conversation."""
        assert now.tzinfo is not None
        if self.trouble:
            raise self.trouble
        return PRINTED if (channel, conversation) == ("web", conversation_of(MINE)) else None


@asynccontextmanager
async def client_of(reports: KnownReports) -> AsyncIterator[aiohttp.ClientSession]:
    app = create_web_app(ScriptedTurns(), Ready(), Metrics())
    offer_reports(app, reports)
    async with serve_app(app) as address, aiohttp.ClientSession(address) as client:
        yield client


async def ask(client: aiohttp.ClientSession, body: Any) -> tuple[int, Any]:
    async with client.post("/api/report", data=json.dumps(body).encode(), headers=JSON) as response:
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, await response.json()


async def test_the_session_that_asks_gets_its_own_result() -> None:
    async with client_of(KnownReports()) as client:
        answer = await ask(client, {"session": MINE})

    assert answer == (200, {"day": "2026-07-15", "text": PRINTED.text, "proofs": list(PRINTED.proofs)})


@pytest.mark.parametrize("session", ["another", MINE[:-1], MINE.upper(), conversation_of(MINE)])
async def test_no_other_session_gets_anything(session: str) -> None:
    async with client_of(KnownReports()) as client:
        assert await ask(client, {"session": session}) == (200, {})


@pytest.mark.parametrize("body", [{}, {"session": ""}, {"session": 1}, []])
async def test_what_is_no_request_is_refused_with_a_sentence(body: Any) -> None:
    async with client_of(KnownReports()) as client:
        status, answer = await ask(client, body)

    assert status == 400
    assert answer["error"]


async def test_a_result_is_not_to_be_had_by_its_address() -> None:
    async with client_of(KnownReports()) as client, client.get(f"/api/report?session={MINE}") as response:
        assert response.status == 405


async def test_a_store_in_trouble_is_told_with_a_sentence() -> None:
    async with client_of(KnownReports(StoreUnavailable("gone"))) as client:
        assert await ask(client, {"session": MINE}) == (503, {"error": UNAVAILABLE})


async def test_the_page_has_no_data_and_keeps_to_this_server() -> None:
    async with client_of(KnownReports()) as client, client.get("/print") as response:
        page, policy = await response.text(), response.headers["Content-Security-Policy"]

    assert "保费" not in page
    assert "<style" not in page
    assert "style=" not in page
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
