"""Whatever a bot sends, the simulated DingTalk answers as a platform does, and never falls over itself."""

import copy
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.simulators.dingtalk import DingTalk, Limits, Mode
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk_partners import CALM, SUBSCRIPTIONS, call, card, post, stream_robot

JUNK: tuple[object, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "[",
    '[{"text":1}]',
    [],
    [1],
    [None],
    [[]],
    {},
    {"a": 1},
    {"a": {}},
)
TRIES = 150


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=CALM, limits=Limits(calls=0, webhook_per_minute=0)) as running:
        running.member("0147")
        yield running


def spoil(body: Json, draws: random.Random) -> Json:
    """The body with junk in some place, or without it."""
    spoilt: Any = copy.deepcopy(body)
    place = spoilt
    while True:
        key = draws.choice(list(place) if isinstance(place, dict) else range(len(place)))
        deeper = place[key]
        if isinstance(deeper, dict | list) and deeper and draws.random() < 0.7:
            place = deeper
            continue
        if isinstance(place, dict) and draws.random() < 0.2:
            del place[key]
        else:
            place[key] = draws.choice(JUNK)
        return dict(spoilt)


def bodies(dingtalk: DingTalk) -> dict[tuple[str, str], list[Json]]:
    """Right bodies for every address that takes a token."""
    app, group = dingtalk.platform.app, dingtalk.group()
    group.member("0147")
    robot = {"robotCode": app.robot_code, "msgKey": "sampleText", "msgParam": '{"content":"您好"}'}
    in_group = {
        "openSpaceId": f"dtv1.card//IM_GROUP.{group.chat.conversation_id}",
        "imGroupOpenSpaceModel": {"supportForward": True},
        "imGroupOpenDeliverModel": {
            "robotCode": app.robot_code,
            "atUserIds": {"0147": "小钉"},
            "recipients": ["0147"],
        },
        "privateData": {"0147": {"cardParamMap": {"a": "b"}}},
    }
    update = {"outTrackId": "o1", "cardData": {"cardParamMap": {"a": "b"}}, "privateData": in_group["privateData"]}
    return {
        ("POST", "/v1.0/robot/oToMessages/batchSend"): [robot | {"userIds": ["0147"]}],
        ("POST", "/v1.0/robot/groupMessages/send"): [robot | {"openConversationId": group.chat.conversation_id}],
        ("POST", "/v1.0/card/instances/createAndDeliver"): [card(), card(**in_group)],
        ("POST", "/v1.0/card/instances"): [card()],
        ("POST", "/v1.0/card/instances/deliver"): [card(), card(**in_group)],
        ("PUT", "/v1.0/card/instances"): [update | {"cardUpdateOptions": {"updateCardDataByKey": True}}],
        ("PUT", "/v1.0/card/streaming"): [
            {"outTrackId": "o1", "guid": "g", "key": "k", "content": "c", "isFull": True}
        ],
        ("POST", "/v1.0/card/callbacks/register"): [{"callbackRouteKey": "k", "callbackUrl": "http://127.0.0.1:9"}],
    }


async def test_spoilt_calls_are_answered(dingtalk: DingTalk) -> None:
    draws = random.Random(7)
    await call(dingtalk, "/v1.0/card/instances/createAndDeliver", card())

    for (method, path), right in bodies(dingtalk).items():
        statuses = set()
        for number in range(TRIES):
            body = spoil(draws.choice(right), draws)
            if "create" in path and body.get("outTrackId") == "o1":
                body["outTrackId"] = f"new{number}"
            statuses.add((await call(dingtalk, path, body, method))[0])
        assert statuses <= {200, 400}, path
    group = dingtalk.group()
    assert [message.buttons_for("0147") for message in group.replies]


WEBHOOK_BODIES: list[Json] = [
    {"msgtype": "text", "text": {"content": "@0147 您好"}, "at": {"atUserIds": ["0147"], "isAtAll": False}},
    {"msgtype": "markdown", "markdown": {"title": "题", "text": "文 [a](https://a.cn)"}},
    {
        "msgtype": "actionCard",
        "actionCard": {"title": "题", "text": "文", "btns": [{"title": "是", "actionURL": "https://a"}]},
    },
    {"msgtype": "feedCard", "feedCard": {"links": [{"title": "题", "messageURL": "https://a.cn", "picURL": "@x"}]}},
    {"msgtype": "link", "link": {"title": "题", "text": "文", "messageUrl": "https://a.cn"}},
]


async def test_spoilt_webhook_messages_are_answered(dingtalk: DingTalk) -> None:
    draws = random.Random(7)
    custom = dingtalk.group().custom_robot()

    answers = [await post(dingtalk, custom.url, spoil(draws.choice(WEBHOOK_BODIES), draws)) for _ in range(4 * TRIES)]

    assert {status for status, _ in answers} == {200}
    assert {answer["errcode"] for _, answer in answers} == {0, 40035, 400105}


async def test_spoilt_requests_to_the_gateway_are_answered(dingtalk: DingTalk) -> None:
    draws, app = random.Random(7), dingtalk.platform.app
    right: Json = {"clientId": app.client_id, "clientSecret": app.client_secret, "subscriptions": SUBSCRIPTIONS}

    answers = [
        await post(dingtalk, "/v1.0/gateway/connections/open", spoil(right, draws), Accept="application/json")
        for _ in range(TRIES)
    ]

    assert {status for status, _ in answers} <= {200, 400, 401}


async def test_spoilt_acks_are_noted_and_the_connection_stays(dingtalk: DingTalk) -> None:
    draws = random.Random(7)
    async with stream_robot(dingtalk) as robot:
        for number in range(TRIES):
            await dingtalk.member("0147").says(str(number), waits=False)
            frame = await robot.frame("/v1.0/im/bot/messages/get")
            headers = {"contentType": "application/json", "messageId": frame["headers"]["messageId"]}
            up: Json = {"code": 200, "headers": headers, "message": "OK", "data": '{"response":"OK"}'}
            await robot.ws.send_str(draws.choice((json.dumps(spoil(up, draws)), "[]", "1", "{", "")))

        await dingtalk.member("0147").says("还在吗", waits=False)
        assert await robot.frame("/v1.0/im/bot/messages/get")
    assert len(dingtalk.violations) > TRIES / 2
