"""The addresses of HTTP mode: who is let in, what is refused, and what happens when nothing can be kept."""

import json
import time
from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from bot.channels.dingtalk.signing import sign_card, sign_robot
from tests.channels.dingtalk.echoing import FullStore, echoing
from tests.channels.dingtalk.running import QUICK, TEMPLATE, Running, running
from tests.channels.dingtalk.vectors import AT, BODY
from tests.simulators.dingtalk import DingTalk, HandClock, Mode

SECRET = "secret-of-the-simulated-app-0001"
NOW = str(AT)
HOUR = 3_600_000


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.HTTP, timing=QUICK, clock=HandClock(AT)) as platform:
        yield platform


@pytest.fixture
async def bot(dingtalk: DingTalk) -> AsyncIterator[Running]:
    store = FullStore(time.time)
    async with running(dingtalk, store, turns=echoing(store), template=TEMPLATE) as run:
        yield run


async def post(
    dingtalk: DingTalk, body: object, headers: Mapping[str, str] | None = None, path: str = "/dingtalk/robot"
) -> tuple[int, Any]:
    data = body if isinstance(body, bytes | BytesIO | AsyncIterator) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **(robot_headers() if headers is None else headers)}
    url = dingtalk.bot_url + path
    async with aiohttp.ClientSession() as client, client.post(url, data=data, headers=sent) as response:
        return response.status, await response.json()


def robot_headers(timestamp: str = NOW, secret: str = SECRET) -> dict[str, str]:
    return {"timestamp": timestamp, "sign": sign_robot(secret, timestamp)}


def card_headers(timestamp: str = NOW, secret: str = SECRET) -> dict[str, str]:
    return {"x-ddpaas-signature-timestamp": timestamp, "x-ddpaas-signature": sign_card(secret, timestamp)}


async def test_a_message_is_answered_at_once_with_nothing(dingtalk: DingTalk, bot: Running) -> None:
    assert await post(dingtalk, BODY) == (200, {"msgtype": "empty"})
    assert len(await bot.store.outbox.waiting()) <= 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"timestamp": NOW},
        {"sign": sign_robot(SECRET, NOW)},
        {"timestamp": NOW, "sign": ""},
        {"timestamp": NOW, "sign": sign_robot("other", NOW)},
        {"timestamp": NOW, "sign": sign_robot(SECRET, NOW).lower()},
        {"timestamp": str(AT + 1), "sign": sign_robot(SECRET, NOW)},
        robot_headers(str(AT - HOUR - 1)),
        robot_headers(str(AT + HOUR + 1)),
        robot_headers("1700000000"),
        robot_headers("-1"),
        robot_headers("1e3"),
        robot_headers("9" * 30),
        robot_headers("１７０００００００００００"),
        {"timestamp": NOW, "sign": "签名"},
    ],
    ids=lambda headers: "&".join(f"{name}={value[:14]}" for name, value in headers.items()) or "none",
)
@pytest.mark.usefixtures("bot")
async def test_a_wrong_or_old_signature_is_refused(dingtalk: DingTalk, headers: dict[str, str]) -> None:
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}

    status, answer = await post(dingtalk, BODY, encoded)

    assert status == 403
    assert answer == {"error": "签名不对，或者时间相差超过 1 小时。"}


@pytest.mark.parametrize("offset", [-HOUR, HOUR], ids=["before", "after"])
@pytest.mark.usefixtures("bot")
async def test_a_signature_of_exactly_an_hour_counts(dingtalk: DingTalk, offset: int) -> None:
    assert (await post(dingtalk, BODY, robot_headers(str(AT + offset))))[0] == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5_000, {}, {"conversationId": "c"}, {"senderId": "s"}],
    ids=lambda body: str(body)[:12],
)
@pytest.mark.usefixtures("bot")
async def test_what_is_no_message_is_refused_in_chinese(dingtalk: DingTalk, body: object) -> None:
    status, answer = await post(dingtalk, body)

    assert status == 400
    assert answer["error"].endswith("。")


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for begin in range(0, len(body), 2**16):
        yield body[begin : begin + 2**16]


@pytest.mark.parametrize("path", ["/dingtalk/robot", "/dingtalk/card"])
@pytest.mark.parametrize("size", [70_000, 20_000_000], ids=["70 KB", "20 MB"])
@pytest.mark.parametrize("has_length", [True, False], ids=["whole", "in pieces"])
async def test_too_large_a_body_is_refused_and_the_next_one_answered(
    dingtalk: DingTalk, bot: Running, path: str, size: int, *, has_length: bool
) -> None:
    large = json.dumps({**BODY, "text": {"content": "x" * size}}).encode()
    headers = robot_headers() if path == "/dingtalk/robot" else card_headers()

    status, _ = await post(dingtalk, BytesIO(large) if has_length else in_pieces(large), headers, path)
    await dingtalk.member("0147").says("甲")
    await bot.settles()

    assert status == 413
    assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]


async def test_a_body_under_a_captured_signature_gets_no_answer_sent_elsewhere(
    dingtalk: DingTalk, bot: Running
) -> None:
    for number, webhook in enumerate(
        (
            "https://evil.example/robot/sendBySession?session=1",
            "http://oapi.dingtalk.com/robot/sendBySession?session=1",
            "https://oapi.dingtalk.com.evil.example/x",
            "https://oapi.dingtalk.com@evil.example/x",
            "https://oapi.dingtalk.com:8443/x",
            "file:///etc/passwd",
            "http://[::1",
        )
    ):
        body = {**BODY, "msgId": f"m{number}", "sessionWebhook": webhook, "conversationType": "1"}
        await post(dingtalk, body)
    await bot.settles()

    dead = [one.why for one in await bot.store.outbox.waiting()]
    assert len(dead) == 7  # the robot's interface knows of no such member either
    assert all("nobody" not in why for why in dead)


async def test_a_replay_with_the_same_id_is_answered_once(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    delivery = await user.says("甲")
    assert delivery
    await bot.settles()

    for _ in range(3):
        assert (await post(dingtalk, json.loads(delivery.data)))[0] == 200
    await bot.settles()

    assert [message.text for message in user.inbox] == ["1：甲"]


async def test_a_message_that_can_not_be_kept_is_not_taken_and_answered_when_it_comes_again(
    dingtalk: DingTalk, bot: Running
) -> None:
    store = bot.store
    assert isinstance(store, FullStore)
    store.full.is_full = True
    status, answer = await post(dingtalk, BODY)
    store.full.is_full = False
    again, _ = await post(dingtalk, BODY)

    assert (status, again) == (503, 200)
    assert "稍后" in answer["error"]


@pytest.mark.usefixtures("bot")
async def test_a_click_needs_the_signature_of_the_cards(dingtalk: DingTalk) -> None:
    click = {"outTrackId": "o1", "userId": "0147", "content": "{}"}
    wrong = [dict[str, str](), robot_headers(), card_headers(secret="other"), card_headers(str(AT - HOUR - 1))]

    good = await post(dingtalk, click, card_headers(), "/dingtalk/card")
    refused = [(await post(dingtalk, click, headers, "/dingtalk/card"))[0] for headers in wrong]
    bad = await post(dingtalk, {"userId": "0147"}, card_headers(), "/dingtalk/card")

    assert good[0] == 200
    assert refused == [403] * 4
    assert bad[0] == 400


async def test_stream_mode_has_no_addresses() -> None:
    store = FullStore(time.time)
    async with (
        DingTalk(mode=Mode.STREAM, timing=QUICK, clock=HandClock(AT)) as dingtalk,
        running(dingtalk, store, turns=echoing(store)),
    ):
        assert (await post(dingtalk, BODY))[0] == 404
