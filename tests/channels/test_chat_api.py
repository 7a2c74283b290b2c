"""`POST /api/chat`: the contract's JSON, and a sentence for everything that is not it."""

import asyncio
import gzip
import json
import logging
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import read_clock
from bot.channels.web import chat
from bot.channels.web.payloads import ChatRequest, dump_reply, parse_chat, to_inbound
from bot.errors import RequestError
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.turns import FAILED, UNAVAILABLE, Pack, TurnFailed
from tests.channels.fakes import DELETION, MARKUP, PLACES, WELCOME, ScriptedTurns
from tests.channels.serving import connect

JSON = {"Content-Type": "application/json"}
GOOD = {"session": "s-12345678", "text": "你好", "message_id": "m1"}


async def post(client: aiohttp.ClientSession, body: Any) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with client.post("/api/chat", data=data, headers=JSON) as response:
        return response.status, await response.json()


async def test_reply_has_the_messages_their_options_and_the_state() -> None:
    async with connect(ScriptedTurns()) as client:
        status, answer = await post(client, {"session": "s-12345678", "text": ""})

    assert status == 200
    assert answer == {
        "messages": [{"text": WELCOME, "options": [{"id": one.id, "label": one.label} for one in PLACES]}],
        "state": {"profile": {}, "pending": "registration"},
    }


async def test_reply_tells_that_everything_was_removed() -> None:
    async with connect(ScriptedTurns()) as client:
        _, answer = await post(client, {**GOOD, "text": DELETION})

    assert answer["forgotten"] is True


@pytest.mark.parametrize("question", ["registration", "", None])
async def test_question_of_an_option_reaches_the_turn(question: str | None) -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        await post(client, {**GOOD, "question": question})

    assert turns.received[0].question == question


async def test_message_sent_again_gets_the_same_bytes_and_counts_once() -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        answers = []
        for _ in range(2):
            async with client.post("/api/chat", json=GOOD) as response:
                answers.append(await response.read())

    assert answers[0] == answers[1]
    assert len(turns.received) == 1


async def test_messages_without_an_id_are_different_messages() -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        await post(client, {"session": "s-12345678", "text": "1"})
        await post(client, {"session": "s-12345678", "text": "1", "message_id": None})

    assert len({message.message_id for message in turns.received}) == 2


async def test_session_id_is_hashed_and_sessions_are_apart() -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        for session in ("alpha-0001", "beta-00001", "alpha-0001"):
            await post(client, {"session": session, "text": "你好"})

    names = [message.conversation for message in turns.received]
    assert names[0] == names[2] != names[1]
    assert "alpha" not in names[0]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "😀👍🏽", MARKUP, "\u0000\u0007\u001b[31m红", "a\u202eb", "换\n行\t列", "字" * 5_000],
    ids=["empty", "blank", "emoji", "html", "control", "bidi", "lines", "long"],
)
async def test_any_text_reaches_the_turn_as_it_is(text: str) -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        status, _ = await post(client, {**GOOD, "text": text})

    assert status == 200
    assert turns.received[0].text == text


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(b"", "JSON", id="no body"),
        pytest.param(b"{", "JSON", id="broken json"),
        pytest.param(b"[1]", "JSON", id="a list"),
        pytest.param(b"null", "JSON", id="null"),
        pytest.param(b'{"session":"s","text":"\xff\xfe"}', "JSON", id="invalid utf-8"),
        pytest.param(b'{"session":"s","text":"\\ud800"}', "JSON", id="lone surrogate"),
        pytest.param(b"[" * 60_000, "JSON", id="deep"),
        pytest.param({"text": "a"}, "session", id="no session"),
        pytest.param({**GOOD, "session": ""}, "session", id="empty session"),
        pytest.param({**GOOD, "session": "s" * 129}, "session", id="long session"),
        pytest.param({**GOOD, "session": "a\nb"}, "session", id="session with a control character"),
        pytest.param({**GOOD, "session": 7}, "session", id="session is a number"),
        pytest.param({"session": "s"}, "text", id="no text"),
        pytest.param({**GOOD, "text": 7}, "text", id="text is a number"),
        pytest.param({**GOOD, "text": None}, "text", id="text is null"),
        pytest.param({**GOOD, "text": ["a"]}, "text", id="text is a list"),
        pytest.param({**GOOD, "message_id": ""}, "message_id", id="empty message id"),
        pytest.param({**GOOD, "message_id": 7}, "message_id", id="message id is a number"),
        pytest.param({**GOOD, "message_id": "m" * 129}, "message_id", id="long message id"),
        pytest.param({**GOOD, "question": 7}, "question", id="question is a number"),
        pytest.param({**GOOD, "question": "q" * 129}, "question", id="long question"),
    ],
)
async def test_bad_request_is_refused_with_a_sentence(body: Any, sentence: str) -> None:
    turns = ScriptedTurns()
    async with connect(turns) as client:
        status, answer = await post(client, body)

    assert status == 400
    assert list(answer) == ["error"]
    assert sentence in answer["error"]
    assert turns.received == []


@pytest.mark.parametrize("size", [65_600, 1_000_000])
async def test_body_over_64_kilobytes_is_too_large(size: int) -> None:
    async with connect(ScriptedTurns()) as client:
        status, answer = await post(client, {**GOOD, "text": "a" * size})

    assert (status, answer) == (413, {"error": "内容太长，一次最多 64 KB。"})


async def test_body_without_a_length_is_too_large_as_well() -> None:
    async def pour() -> Any:
        for _ in range(20):
            yield b"a" * 8_192

    async with connect(ScriptedTurns()) as client, client.post("/api/chat", data=pour(), headers=JSON) as response:
        assert response.status == 413


async def test_body_that_is_not_packed_as_it_says_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    body, headers = b"not gzip at all", {**JSON, "Content-Encoding": "gzip"}
    async with connect(ScriptedTurns()) as client, client.post("/api/chat", data=body, headers=headers) as response:
        assert response.status == 400
        assert "压缩" in (await response.json())["error"]
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_packed_body_counts_with_its_full_size() -> None:
    packed = gzip.compress(json.dumps({**GOOD, "text": "a" * 20_000_000}).encode())
    headers = {**JSON, "Content-Encoding": "gzip"}
    async with connect(ScriptedTurns()) as client, client.post("/api/chat", data=packed, headers=headers) as response:
        assert response.status == 413


async def test_body_of_exactly_64_kilobytes_is_taken() -> None:
    frame = json.dumps({**GOOD, "text": ""}).encode()
    body = json.dumps({**GOOD, "text": "a" * (64 * 1024 - len(frame))}).encode()

    async with connect(ScriptedTurns()) as client:
        status, _ = await post(client, body)

    assert status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_other_content_types_are_refused(kind: str) -> None:
    body, headers = json.dumps(GOOD), {"Content-Type": kind}
    async with connect(ScriptedTurns()) as client, client.post("/api/chat", data=body, headers=headers) as response:
        assert response.status == 415
        assert "application/json" in (await response.json())["error"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_refused(method: str) -> None:
    async with connect(ScriptedTurns()) as client, client.request(method, "/api/chat") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"
        assert await response.json() == {"error": "这个地址不支持这种请求方法。"}


async def test_store_trouble_is_503_and_the_same_message_can_be_sent_again() -> None:
    async with connect(ScriptedTurns([TurnFailed(UNAVAILABLE, is_temporary=True)])) as client:
        refused = await post(client, GOOD)
        accepted = await post(client, GOOD)

    assert refused == (503, {"error": UNAVAILABLE})
    assert accepted[0] == 200


async def test_turn_that_failed_for_good_shows_its_sentence() -> None:
    async with connect(ScriptedTurns([TurnFailed(FAILED, is_temporary=False)])) as client:
        assert await post(client, GOOD) == (500, {"error": FAILED})


async def test_unexpected_error_shows_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    turns = ScriptedTurns([RuntimeError("secret detail")])
    async with connect(turns) as client, client.post("/api/chat", json=GOOD) as response:
        status, body = response.status, await response.text()

    assert status == 500
    assert "secret" not in body
    assert "Traceback" not in body
    assert any(record.name == "aiohttp.server" for record in caplog.records)


async def test_body_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "BODY_SECONDS", 0.1)

    async def drip() -> Any:
        yield b'{"session":'
        await asyncio.sleep(1)
        yield b'"s"}'

    async with connect(ScriptedTurns()) as client, client.post("/api/chat", data=drip(), headers=JSON) as response:
        assert response.status == 408
        assert "太慢" in (await response.json())["error"]


async def test_turn_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "TURN_SECONDS", 0.1)

    class Hanging:
        async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:  # noqa: ARG002
            await asyncio.sleep(30)
            raise AssertionError

    async with connect(Hanging()) as client:
        status, _ = await post(client, GOOD)

    assert status == 503


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(RequestError):
        assert parse_chat(body).session


@given(st.text(max_size=200), st.text(min_size=1, max_size=128).filter(str.isprintable))
def test_text_passes_the_edge_unchanged(text: str, session: str) -> None:
    body = json.dumps({"session": session, "text": text}, ensure_ascii=False).encode("utf-8", "ignore")

    request = parse_chat(body)

    assert to_inbound(request, read_clock).text == text.encode("utf-8", "ignore").decode()


def test_request_is_read_with_its_message_id() -> None:
    assert parse_chat(json.dumps(GOOD).encode()) == ChatRequest(session="s-12345678", text="你好", message_id="m1")


def test_what_is_to_be_saved_as_a_file_has_its_name() -> None:
    files = (OutboundMessage("全部内容", file="我的资料.txt"), OutboundMessage("{}", file="我的资料.json"))

    answer = json.loads(dump_reply(Reply((*files, OutboundMessage("刚才的问题")))))

    assert [one.get("file") for one in answer["messages"]] == ["我的资料.txt", "我的资料.json", None]
