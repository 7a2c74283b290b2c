"""The vectors of DingTalk, which code independent of this project has made."""

import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.clicks import Click, read_click
from bot.channels.dingtalk.frames import CARD_TOPIC, DONE, ROBOT_TOPIC, FrameKind, answer, read_frame, response
from bot.channels.dingtalk.gateway import Gateway, Opened
from bot.channels.dingtalk.payloads import read_heard
from bot.channels.dingtalk.signing import is_equal, is_recent, sign_card, sign_robot, sign_webhook
from bot.channels.dingtalk.webhooks import is_alive
from tests.channels.dingtalk.vectors import AT, BODY, EXCHANGES, STREAM, VECTORS, frame_of
from tests.channels.serving import serve_app

Case = dict[str, Any]


@pytest.mark.parametrize("case", VECTORS["http_sign"], ids=lambda case: case["source"][:24])
def test_a_robot_callback_is_signed_as_in_the_vectors(case: Case) -> None:
    assert sign_robot(case["app_secret"], case["timestamp"]) == case["sign"]
    assert is_equal(case["sign"], sign_robot(case["app_secret"], case["timestamp"]))


@pytest.mark.parametrize("case", VECTORS["http_window"]["cases"], ids=lambda case: f"{case['now'] - case['timestamp']}")
def test_a_signature_counts_for_one_hour_and_no_millisecond_more(case: Case) -> None:
    assert is_recent(str(case["timestamp"]), case["now"]) is case["accept"]


def test_a_custom_robot_is_called_with_the_signature_of_the_vectors() -> None:
    case = VECTORS["custom_robot_sign"]

    url = sign_webhook("https://oapi.dingtalk.com/robot/send?access_token=x", case["secret"], int(case["timestamp"]))

    assert sign_robot(case["secret"], case["timestamp"]) == case["sign_base64"]
    assert url.endswith(f"&timestamp={case['timestamp']}&sign={case['sign_urlencoded']}")


def test_a_click_over_http_is_signed_as_in_the_vectors() -> None:
    case = VECTORS["card_http_callback_sign"]
    headers = case["headers"]

    signature = sign_card(case["api_secret"], headers["x-ddpaas-signature-timestamp"])

    assert signature == headers["x-ddpaas-signature"]


def test_a_robot_message_is_read_as_the_vectors_expect() -> None:
    expected = VECTORS["robot_message"]["expect"]

    heard = read_heard(BODY)

    assert heard is not None
    assert (heard.text, heard.is_group) == (expected["text_trimmed"], expected["is_group"])
    assert (heard.message_id, heard.chat) == ("msgExample==", "group:cidExample==:0147000001")
    assert expected["reply_by"].split()[-2] == str(heard.webhook_until)
    assert is_alive(heard.webhook_until, AT)


@pytest.mark.parametrize("name", ["m-ping", "m-dis"])
def test_a_system_frame_is_answered_with_the_same_data(name: str) -> None:
    frame = read_frame(frame_of(name))

    assert frame.kind is FrameKind.SYSTEM
    assert json.loads(answer(frame, frame.body)) == EXCHANGES[name]["up"]


def test_a_message_by_stream_is_the_same_as_by_http_and_acknowledged_as_in_the_vectors() -> None:
    frame = read_frame(frame_of("m-bot"))

    assert frame.topic == ROBOT_TOPIC
    assert read_heard(frame.tree()) == read_heard(BODY)
    assert json.loads(answer(frame, DONE)) == EXCHANGES["m-bot"]["up"]


def test_a_click_by_stream_is_read_and_answered_with_the_changed_card() -> None:
    frame = read_frame(frame_of("m-card"))

    up = json.loads(answer(frame, response({"cardData": {"cardParamMap": {"state": "done"}}})))

    assert frame.topic == CARD_TOPIC
    assert read_click(frame.tree()) == Click("o1", "0147000001", 1)
    assert up == EXCHANGES["m-card"]["up"]


async def test_a_connection_is_opened_as_in_the_vectors() -> None:
    asked: list[tuple[str, Case, str]] = []

    async def open_connection(request: web.Request) -> web.Response:
        asked.append((request.path, await request.json(), request.headers["Accept"]))
        return web.json_response(STREAM["open_response"])

    app = web.Application()
    app.router.add_post(STREAM["open_request"]["path"], open_connection)
    async with serve_app(app) as address, aiohttp.ClientSession() as client:
        opened = await Gateway(Caller(client), Credentials("CID", "CSECRET", address)).open()

    ((_, body, accept),) = asked
    wanted = STREAM["open_request"]
    assert opened == Opened(STREAM["ws_url"])
    assert accept == wanted["headers"]["Accept"]
    assert {name: body[name] for name in ("clientId", "clientSecret", "subscriptions")} == {
        name: wanted["body"][name] for name in ("clientId", "clientSecret", "subscriptions")
    }
