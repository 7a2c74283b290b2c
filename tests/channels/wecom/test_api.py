"""The client of the API: every code acted on, retries bounded, nothing secret told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.platform_errors import CountError, Kind, uncounted
from bot.channels.tokens import SharedToken
from bot.channels.trees import dump_json
from bot.channels.wecom import api as wecom_api
from bot.channels.wecom.api import ApiError, TokenSource, WecomApi, request_json, to_outcome
from bot.channels.wecom.error_codes import NO_ANSWER, kind_of
from bot.outbox import PutOff, Refused, Sent
from bot.sessions.memory import MemoryStore
from tests.simulators.wecom import WeCom

SEND = "/cgi-bin/message/send"
TEXT = {"touser": "zhangsan", "agentid": 1000002, "msgtype": "text", "text": {"content": "你好 😀 ]]>"}}


@asynccontextmanager
async def calling(
    secret: str = "", corp_id: str = "", count: CountError = uncounted
) -> AsyncIterator[tuple[WeCom, WecomApi]]:
    """A platform, and a client of it that waits for nothing."""
    async with WeCom() as wecom, aiohttp.ClientSession() as http:
        wecom.member("zhangsan")
        given = wecom.platform.accounts
        source = TokenSource(http, wecom.url, corp_id or given.corp_id, secret or given.secret, wecom.clock.now)
        token = SharedToken(MemoryStore(wecom.clock.now).board, "test", source.fetch)
        yield wecom, WecomApi(http, wecom.url, token, sleep=lambda _: asyncio.sleep(0), count=count)


async def test_a_text_arrives_as_it_is() -> None:
    async with calling() as (wecom, api):
        answer = await api.call(SEND, TEXT)

        assert answer["errcode"] == 0
        assert wecom.member("zhangsan").inbox.texts == ["你好 😀 ]]>"]
        assert wecom.violations == []


@pytest.mark.parametrize(
    ("code", "label", "kind"),
    [(60020, "60020", Kind.CONFIG), (99999, "other", Kind.PERMANENT), (NO_ANSWER, "no_answer", Kind.RETRY)],
)
async def test_a_call_that_is_not_done_is_counted_by_its_name_and_code(code: int, label: str, kind: Kind) -> None:
    counted: list[tuple[str, str, Kind]] = []
    async with calling(count=lambda *error: counted.append(error)) as (wecom, api):
        wecom.faults.fail(code, 1, SEND)

        with pytest.raises(ApiError):
            await api.call(f"{SEND}?a=secret", TEXT)

    assert counted == [("message/send", label, kind)]


async def test_a_token_that_is_not_given_is_counted_as_such_and_what_is_expected_is_not() -> None:
    counted: list[tuple[str, str, Kind]] = []
    async with calling(secret="wrong", count=lambda *error: counted.append(error)) as (_, api):
        with pytest.raises(ApiError):
            await api.call(SEND, TEXT)
        with pytest.raises(ApiError):
            await api.call(SEND, TEXT, expected=Kind.CONFIG)

    assert counted == [("gettoken", "40001", Kind.CONFIG)]


def test_a_body_has_no_escapes_and_is_the_same_each_time() -> None:
    assert dump_json(TEXT) == dump_json(json.loads(dump_json(TEXT)))
    assert b"\\u" not in dump_json({"a": "政策😀\ud800"})


async def test_a_busy_platform_is_asked_three_times_more() -> None:
    async with calling() as (wecom, api):
        wecom.faults.fail(-1, 3, SEND)
        assert (await api.call(SEND, TEXT))["errcode"] == 0

        wecom.faults.fail(-1, 4, SEND)
        with pytest.raises(ApiError) as failed:
            await api.call(SEND, TEXT)

        assert failed.value.kind is Kind.RETRY
        assert (await api.call(SEND, TEXT))["errcode"] == 0  # the four are used up: it was asked four times, not more


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_is_not_taken_is_renewed_once(code: int) -> None:
    async with calling() as (wecom, api):
        await api.call(SEND, TEXT)
        asked = wecom.tokens.asked

        wecom.faults.fail(code, 2, SEND)
        with pytest.raises(ApiError) as failed:
            await api.call(SEND, TEXT)

        assert (failed.value.code, failed.value.kind) == (code, Kind.STALE)
        assert wecom.tokens.asked == asked + 1


async def test_a_revoked_token_is_replaced_without_anybody_noticing() -> None:
    async with calling() as (wecom, api):
        await api.call(SEND, TEXT)
        wecom.tokens.revoke()

        await api.call(SEND, {**TEXT, "text": {"content": "再来"}})

        assert wecom.member("zhangsan").inbox.texts[-1] == "再来"
        assert wecom.violations == []


async def test_an_expired_token_is_not_used_any_more() -> None:
    async with calling() as (wecom, api):
        await api.call(SEND, TEXT)
        wecom.clock.advance(7200)

        await api.call(SEND, TEXT)

        assert wecom.tokens.asked == 2
        assert wecom.violations == []


@pytest.mark.parametrize("trouble", ["status", "garble", "close", "hang"])
async def test_no_answer_is_no_answer_whatever_it_looks_like(trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wecom_api, "CALL_SECONDS", 0.2)
    async with calling() as (wecom, api):
        await api.call(SEND, TEXT)
        match trouble:
            case "status":
                wecom.faults.answer_status(502, 1, SEND)
            case "garble":
                wecom.faults.garble(1, SEND)
            case "close":
                wecom.faults.close(1, SEND)
            case _:
                wecom.faults.hang(1.0, 1, SEND)

        with pytest.raises(ApiError) as failed:
            await api.call(SEND, TEXT)

        assert failed.value.code == NO_ANSWER
        assert failed.value.kind is Kind.RETRY


ODD = (
    b"",
    b"[]",
    b"null",
    b'"ok"',
    b"{}",
    b'{"errcode":"0"}',
    b'{"errcode":true}',
    b'{"status":1111}',
    b"\xff",
    b"[" * 9999,
)


@pytest.mark.parametrize("body", ODD, ids=[str(number) for number in range(len(ODD))])
async def test_what_is_no_answer_of_the_platform_is_none(body: bytes) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body)

    app = web.Application()
    app.router.add_post("/x", answer)
    server = TestServer(app)
    async with server, aiohttp.ClientSession() as http:
        with pytest.raises(ApiError) as failed:
            await request_json(http, str(server.make_url("/x")), b"{}")

    assert failed.value.kind is Kind.RETRY


@pytest.mark.parametrize(("secret", "corp_id", "code"), [("wrong", "", 40001), ("", "wrong", 40013)])
async def test_a_refused_secret_is_not_tried_again_for_a_minute(secret: str, corp_id: str, code: int) -> None:
    async with calling(secret, corp_id) as (wecom, api):
        for _ in range(5):
            with pytest.raises(ApiError) as failed:
                await api.call(SEND, TEXT)
            assert (failed.value.code, failed.value.kind) == (code, Kind.CONFIG)
        assert wecom.tokens.asked == 1

        wecom.clock.advance(61)
        with pytest.raises(ApiError):
            await api.call(SEND, TEXT)

        assert wecom.tokens.asked == 2


async def test_an_error_tells_neither_token_nor_secret() -> None:
    async with calling("not-this-secret") as (wecom, api):
        with pytest.raises(ApiError) as refused:
            await api.call(SEND, TEXT)
        wecom.clock.advance(61)
        wecom.faults.close(1)
        with pytest.raises(ApiError) as failed:
            await api.call(SEND, TEXT)

    for error in (refused.value, failed.value):
        assert "secret" not in str(error)
        assert "TOKEN" not in str(error)
        assert error.__cause__ is None


KINDS = {
    Kind.RETRY: (-1, NO_ANSWER),
    Kind.RATE: (45009, 45033, 45035),
    Kind.STALE: (40014, 42001),
    Kind.CONFIG: (40001, 40013, 40091, 40056, 301002, 43012, 48002, 60020, 93000, 93004),
    Kind.RECEIVER: (40003, 40031, 60111, 81013, 82001),
    Kind.EXPIRED: (60140, 846605, 846608),
    Kind.REPEATED: (95033,),
    Kind.BUG: (40008, 40033, 40058, 42014, 42037, 42039, 42047, 42051, 44004, 45002),
    Kind.PERMANENT: (12345, 42052),
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in KINDS.items() for code in codes])
def test_every_code_of_the_table_is_acted_on(kind: Kind, code: int) -> None:
    outcome = to_outcome(ApiError(code, SEND))

    assert kind_of(code) is kind
    match kind:
        case Kind.RETRY | Kind.STALE:
            assert outcome == PutOff(f"{kind.value} {code}")
        case Kind.RATE:
            assert isinstance(outcome, PutOff)
            assert (outcome.seconds or 0) >= 60
        case Kind.CONFIG:
            assert isinstance(outcome, PutOff)
            assert (outcome.seconds or 0) >= 300
        case Kind.REPEATED:
            assert outcome == Sent()
        case _:
            assert isinstance(outcome, Refused)
