"""One call to the platform, whatever comes back."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.channels.dingtalk.calls import LONGEST_ANSWER, SPAN_SECONDS, Answer, Caller
from bot.channels.dingtalk.outcomes import is_token_stale, judge, judge_card, judge_single
from bot.outbox import PutOff, Refused, Sent
from tests.channels.serving import serve_app
from tests.simulators.base import PATIENCE


async def hang(_: web.Request) -> web.Response:
    await asyncio.sleep(0.5)
    return web.Response()


async def lead_astray(_: web.Request) -> web.Response:
    raise web.HTTPTemporaryRedirect("/fine")


async def be_fine(_: web.Request) -> web.Response:
    return web.json_response({"errcode": 0})


async def say_much(_: web.Request) -> web.Response:
    return web.Response(text="x" * 3 * LONGEST_ANSWER)


async def say_half(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    for name, handler in (("hang", hang), ("astray", lead_astray), ("fine", be_fine), ("much", say_much)):
        app.router.add_post(f"/{name}", handler)
    app.router.add_post("/half", say_half)
    async with serve_app(app) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/fine", 200, ""),
        ("/hang", 0, "TimeoutError"),
        ("/astray", 307, ""),
        ("/half", 0, "ServerDisconnectedError"),
        ("/much", 200, ""),
    ],
)
async def test_whatever_comes_back_is_an_answer(address: str, path: str, status: int, why: str) -> None:
    async with aiohttp.ClientSession() as client:
        answer = await Caller(client, seconds=0.2 if path == "/hang" else PATIENCE).call(
            "POST", address + path, {"a": 1}
        )

    assert (answer.status, answer.why) == (status, why)
    assert answer.is_fine is (path == "/fine")


async def test_nobody_there_is_an_answer_too() -> None:
    async with aiohttp.ClientSession() as client:
        for url in ("http://127.0.0.1:1/x", "http://", "nonsense", "http://[::1"):
            assert (await Caller(client).call("POST", url, {})).status == 0


async def test_pages_instead_of_answers_are_met_with_growing_pauses(address: str) -> None:
    now = [0.0]
    async with aiohttp.ClientSession() as client:
        caller = Caller(client, clock=lambda: now[0])
        pauses = []
        for _ in range(7):
            answer = await caller.call("POST", f"{address}/much", {})
            pauses.append(answer.pause)
            assert (await caller.call("POST", f"{address}/fine", {})).why == "banned"
            now[0] += answer.pause

        assert pauses == [15, 30, 60, 120, 240, 300, 300]
        assert (await caller.call("POST", f"{address}/fine", {})).is_fine


async def test_a_burst_of_calls_stays_below_what_gets_an_address_shut_out(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.dingtalk.calls.MOST_CALLS", 8)
    now, made = [0.0], list[float]()

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async with aiohttp.ClientSession() as client:
        caller = Caller(client, clock=lambda: now[0], sleep=sleep)
        for _ in range(30):
            assert (await caller.call("POST", f"{address}/fine", {})).is_fine
            made.append(now[0])
            now[0] += 0.5

    assert made[:8] == [number / 2 for number in range(8)]
    assert all(late - early >= SPAN_SECONDS for early, late in zip(made, made[8:], strict=False))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, {"errcode": 0}), Sent()),
        (Answer(200, {"errcode": "0"}), Sent()),
        (Answer(200, {"processQueryKey": "x"}), Sent()),
        (Answer(200, {"errcode": 310000, "errmsg": "keywords not in content"}), Refused("status 200 code 310000")),
        (Answer(200, {"errcode": 410100}), PutOff("code 410100", 600.0)),
        (Answer(400, {"code": "param.invalid"}), Refused("status 400 code param.invalid")),
        (Answer(503), PutOff("status 503")),
        (Answer(0, why="TimeoutError"), PutOff("TimeoutError")),
    ],
    ids=str,
)
def test_an_answer_means_made_later_or_never(answer: Answer, outcome: object) -> None:
    assert judge(answer) == outcome


def test_delivery_is_more_than_status_200() -> None:
    reached = Answer(200, {"invalidStaffIdList": ["a"], "flowControlledStaffIdList": ["b"]})
    lost = Answer(200, {"result": {"deliverResults": [{"success": False, "errorMsg": "场域不存在"}]}})

    assert judge_single(reached, "a") == Refused("no such member")
    assert judge_single(reached, "b") == PutOff("flow control", 60.0)
    assert judge_single(reached, "c") == Sent()
    assert judge_card(lost) == Refused("card not delivered")
    assert judge_card(Answer(400, {"code": "param.cardAlreadyExist"})) == Sent()


def test_a_stale_token_is_told_from_other_refusals() -> None:
    assert is_token_stale(Answer(401, {"code": "x"}))
    assert is_token_stale(Answer(400, {"code": "InvalidAuthentication"}))
    assert is_token_stale(Answer(200, {"errcode": 40014}))
    assert not is_token_stale(Answer(403, {"code": "Forbidden.AccessDenied"}))
