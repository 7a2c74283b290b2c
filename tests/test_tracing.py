"""Traces: what a collector gets of turns and sendings, over the real protocol, and that they cost nothing when off."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from bot.app import TRACES_TO, open_metrics
from bot.doors.foundation import observer
from bot.errors import SettingsError
from bot.logs import hash_session
from bot.metrics import Metrics
from bot.observing import Sending, Stage
from bot.outbox import Dispatcher
from bot.sessions.base import Parcel, SessionStore
from bot.sessions.memory import MemoryStore
from bot.tracing import CLOSE_SECONDS, TracedMetrics
from bot.turns import TurnFailed, TurnHandler
from tests.channels.serving import serve_app
from tests.fakes import Diary, FailingStore, message, no_attributes
from tests.test_outbox import Platform
from tests.test_server import server, talk
from tests.waiting import until_sent

TEXT = "我们是北京甲乙丙丁戊科技有限公司"
PERSON = "zhang-san"


@dataclass(slots=True)
class Collector:
    """Takes traces as a collector does, and reads them."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        assert request.content_type == "application/x-protobuf"
        self.bodies.append(await request.read())
        return web.Response()

    @property
    def spans(self) -> list[Span]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for of_resource in request.resource_spans
            for scope in of_resource.scope_spans
            for span in scope.spans
        ]

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


@asynccontextmanager
async def collecting(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Collector]:
    collector, app = Collector(), web.Application()
    app.router.add_post("/v1/traces", collector.take)
    async with serve_app(app) as address:
        monkeypatch.setenv(TRACES_TO, address)
        collector.address = address
        yield collector


async def take_turns(metrics: Metrics, store: SessionStore, *texts: str) -> None:
    await store.open()
    turns = TurnHandler(store, Diary(), no_attributes, lambda _: None, observe=observer(metrics))
    for number, text in enumerate(texts):
        await turns.handle(message(text, f"m{number}", PERSON))


def told(span: Span) -> dict[str, str]:
    return {one.key: one.value.string_value for one in span.attributes}


async def test_a_turn_is_a_span_with_its_stages_inside_and_nothing_of_what_was_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with collecting(monkeypatch) as collector:
        metrics = TracedMetrics()
        await take_turns(metrics, MemoryStore(), TEXT, "亦庄")
        await asyncio.to_thread(metrics.close)

    first, second = collector.named("turn")
    inside = [span for span in collector.spans if span.parent_span_id == first.span_id]
    assert first.trace_id != second.trace_id
    assert {Stage.WAITING, Stage.STORE} <= {span.name for span in inside}
    assert [span.name for span in inside].count("store") == 2
    for span in inside:
        assert span.trace_id == first.trace_id
        assert first.start_time_unix_nano <= span.start_time_unix_nano <= span.end_time_unix_nano
        assert span.end_time_unix_nano <= first.end_time_unix_nano
    assert told(first)["policybot.conversation"] == hash_session(PERSON)
    assert told(first)["policybot.ending"] == "answered"
    sent = b"".join(collector.bodies)
    assert PERSON.encode() not in sent
    assert TEXT.encode() not in sent


async def test_a_turn_that_failed_is_marked_so_and_the_figures_are_those_without_traces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with collecting(monkeypatch) as collector:
        metrics = TracedMetrics()
        with pytest.raises(TurnFailed):
            await take_turns(metrics, FailingStore("commit"), TEXT)
        metrics.count_sending(Sending("p1", "wecom", "PutOff", 2, 0.5))
        await asyncio.to_thread(metrics.close)

    (turn,), (sending,) = collector.named("turn"), collector.named("send")
    assert turn.status.code == Status.STATUS_CODE_ERROR
    assert told(sending) == {"policybot.door": "wecom", "policybot.outcome": "PutOff", "policybot.attempt": ""}
    assert sending.end_time_unix_nano - sending.start_time_unix_nano == 500_000_000
    shown = metrics.render().decode()
    assert 'policybot_sendings_total{door="wecom",outcome="PutOff"} 1.0' in shown
    assert 'policybot_turn_endings_total{channel="web",ending="unavailable"} 1.0' in shown


async def test_what_a_turn_posted_is_sent_within_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    await store.open()
    parcels = (Parcel(f"{PERSON}:1", "wecom", PERSON, b"1"), Parcel(f"{PERSON}:2", "wecom", PERSON, b"2"))
    async with collecting(monkeypatch) as collector:
        metrics = TracedMetrics()
        turns = TurnHandler(store, Diary(), no_attributes, lambda _: None, observe=observer(metrics))
        await turns.handle(message("亦庄"), lambda _: parcels)
        sending = asyncio.create_task(Dispatcher(store.outbox, {"wecom": Platform()}, metrics, time.time).run())
        await until_sent(store)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await asyncio.to_thread(metrics.close)

    (turn,) = collector.named("turn")
    assert [span.parent_span_id for span in collector.named("send")] == [turn.span_id] * 2
    assert PERSON.encode() not in b"".join(collector.bodies)


def test_where_nobody_collects_the_end_is_not_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACES_TO, "http://127.0.0.1:9")
    start = time.monotonic()

    with open_metrics() as metrics:
        metrics.count_sending(Sending("p1", "wecom", "Sent", 0, 0.1))

    assert isinstance(metrics, TracedMetrics)
    assert time.monotonic() - start < CLOSE_SECONDS + 2


def test_without_the_variable_nothing_is_traced_or_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRACES_TO, raising=False)
    imported = "import sys, bot.cli; print('bot.tracing' in sys.modules)"

    with open_metrics() as metrics:
        assert type(metrics) is Metrics
    done = subprocess.run([sys.executable, "-c", imported], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_where_the_libraries_are_missing_it_is_said_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACES_TO, "http://127.0.0.1:9")
    monkeypatch.delitem(sys.modules, "bot.tracing")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)

    with pytest.raises(SettingsError, match=r"policybot\[traces\]"), open_metrics():
        pass


async def test_a_server_sends_its_turns_to_the_collector(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def converse() -> str:
        with server(tmp_path) as (address, process):
            talk(address, PERSON, TEXT, "在亦庄")
            process.send_signal(signal.SIGTERM)
            return process.communicate(timeout=20)[1]

    async with collecting(monkeypatch) as collector:
        log = await asyncio.to_thread(converse)

    turns = collector.named("turn")
    assert [told(turn)["policybot.channel"] for turn in turns] == ["web", "web"]
    assert {span.name for span in collector.spans} == {"turn", *Stage}
    assert all(told(turn)["policybot.conversation"] in log for turn in turns)
    assert TEXT.encode() not in b"".join(collector.bodies)
