"""Interactive cards of the simulated DingTalk: sending, updating, and clicks by both ways."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from tests.simulators.dingtalk import CardTemplate, DingTalk, Mode, TemplateButton
from tests.simulators.dingtalk.frames import CARD_TOPIC
from tests.simulators.dingtalk.signing import sign_card_callback
from tests.simulators.dingtalk_partners import QUICK, VECTORS, HttpRobot, call, card, http_robot, stream_robot

CREATE, INSTANCES, STREAMING = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances", "/v1.0/card/streaming"


@pytest.fixture
async def robot() -> AsyncIterator[HttpRobot]:
    async with http_robot() as listening:
        yield listening


@pytest.fixture
async def dingtalk(robot: HttpRobot) -> AsyncIterator[DingTalk]:
    async with DingTalk(robot.url, timing=QUICK) as running:
        running.member("0147", "小钉")
        yield running


def by_http(**changes: object) -> dict[str, Any]:
    return card(callbackType="HTTP", callbackRouteKey="policybot", **changes)


async def test_a_card_is_shown_with_its_values_and_buttons(dingtalk: DingTalk) -> None:
    status, answer = await call(dingtalk, CREATE, card())

    shown = dingtalk.member("0147").sees
    assert status == 200
    assert answer["result"]["deliverResults"][0]["success"] is True
    assert shown.card
    assert (shown.kind, shown.card.values["title"], dingtalk.member("0147").options) == ("card", "请选择", ("是", "否"))
    assert dingtalk.violations == []


async def test_a_card_in_a_group_mentions_members(dingtalk: DingTalk) -> None:
    group = dingtalk.group()
    group.member("0147")
    model = {"robotCode": dingtalk.platform.app.robot_code, "atUserIds": {"0147": "小钉", "x": "外人"}}

    await call(
        dingtalk,
        CREATE,
        card(
            openSpaceId=f"dtv1.card//IM_GROUP.{group.chat.conversation_id}",
            imGroupOpenSpaceModel={"supportForward": True},
            imGroupOpenDeliverModel=model,
        ),
    )

    assert group.replies[0].mentions == ("0147",)
    assert dingtalk.violations == []


async def test_a_card_for_some_cannot_be_clicked_by_others(dingtalk: DingTalk) -> None:
    group = dingtalk.group()
    asker, other = group.member("0147"), group.member("0148")
    model = {"robotCode": dingtalk.platform.app.robot_code, "recipients": ["0147"]}

    await call(
        dingtalk,
        CREATE,
        card(
            openSpaceId=f"dtv1.card//IM_GROUP.{group.chat.conversation_id}",
            imGroupOpenSpaceModel={"supportForward": True},
            imGroupOpenDeliverModel=model,
        ),
    )

    assert (asker.options, other.options) == (("是", "否"), ())


async def test_status_200_is_not_delivery(dingtalk: DingTalk) -> None:
    status, answer = await call(dingtalk, CREATE, card(openSpaceId="dtv1.card//IM_ROBOT.nobody"))

    assert (status, answer["result"]["deliverResults"][0]["success"]) == (200, False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cardTemplateId": ""}, "param.cardTemplateIdEmpty"),
        ({"outTrackId": ""}, "param.outTrackIdEmpty"),
        ({"openSpaceId": ""}, "param.openSpaceIdEmpty"),
        ({"openSpaceId": "IM_ROBOT.0147"}, "param.openSpaceIdInvalid"),
        ({"imRobotOpenSpaceModel": {}}, "param.openSpaceModelInvalid"),
        ({"imRobotOpenDeliverModel": {}}, "param.openDeliverModelEmpty"),
        ({"imRobotOpenDeliverModel": {"spaceType": "IM_GROUP"}}, "param.openDeliverModelError"),
        ({"openSpaceId": "dtv1.card//IM_GROUP.x", "imGroupOpenSpaceModel": {"supportForward": True}}
         | {"imGroupOpenDeliverModel": {"robotCode": "other"}}, "param.openDeliverModelError"),
        ({"callbackType": "stream"}, "param.invalid"),
        ({"cardData": {"cardParamMap": {"count": 3}}}, "param.invalid"),
        ({"cardData": {"cardParamMap": {"k" * 101: ""}}}, "param.invalid"),
        ({"cardData": {"cardParamMap": {"text": "字" * 342}}}, "param.invalid"),
        ({"cardData": {"cardParamMap": []}}, "param.invalid"),
    ],
    ids=["template", "name", "no space", "space", "space model", "no model", "model", "robot", "callback", "number",
         "key", "value", "list"],
)  # fmt: skip
async def test_a_card_with_something_wrong_is_refused(dingtalk: DingTalk, changes: dict[str, Any], code: str) -> None:
    status, answer = await call(dingtalk, CREATE, card(**changes))

    assert (status, answer["code"]) == (400, code)
    assert len(dingtalk.violations) == 1


async def test_1024_bytes_and_100_bytes_pass_and_a_name_is_used_once(dingtalk: DingTalk) -> None:
    values = {"cardParamMap": {"k" * 100: "字" * 341 + "x"}}
    assert (await call(dingtalk, CREATE, card(cardData=values)))[0] == 200

    assert (await call(dingtalk, CREATE, card()))[1]["code"] == "param.cardAlreadyExist"


async def test_an_update_by_key_keeps_the_rest_and_one_without_loses_it(dingtalk: DingTalk) -> None:
    await call(dingtalk, CREATE, card())
    shown = dingtalk.member("0147").sees.card
    assert shown
    change: dict[str, Any] = {"outTrackId": "o1", "cardData": {"cardParamMap": {"title": "已选"}}}

    await call(dingtalk, INSTANCES, change | {"cardUpdateOptions": {"updateCardDataByKey": True}}, method="PUT")
    assert (shown.values["title"], dingtalk.member("0147").options, dingtalk.violations) == ("已选", ("是", "否"), [])

    await call(dingtalk, INSTANCES, change, method="PUT")
    assert dict(shown.values) == {"title": "已选"}
    assert "updateCardDataByKey" in dingtalk.violations[0]


async def test_streaming_goes_on_until_the_last_piece(dingtalk: DingTalk) -> None:
    await call(dingtalk, CREATE, card())
    shown = dingtalk.member("0147").sees.card
    assert shown

    async def stream(guid: str, content: str, **more: object) -> int:
        body = {"outTrackId": "o1", "guid": guid, "key": "body", "content": content} | more
        return (await call(dingtalk, STREAMING, body, method="PUT"))[0]

    assert await stream("g1", "第一", isFull=True) == 200
    assert await stream("g1", "第一又来", isFull=True) == 200
    assert await stream("g2", "第一段", isFull=True, isFinalize=True) == 200
    assert (shown.values["body"], dingtalk.violations) == ("第一段", [])
    assert await stream("g3", "x" * 1025, isFull=True) == 400
    assert await stream("g4", "再写", isFull=True) == 200
    assert len(dingtalk.violations) == 3


async def test_a_click_by_http_is_signed_and_the_answer_changes_the_card(dingtalk: DingTalk, robot: HttpRobot) -> None:
    await call(dingtalk, CREATE, by_http())
    values = {"title": "您选了：是", "buttons": "[]"}
    robot.answers = [
        web.json_response({"cardData": {"cardParamMap": values}, "cardUpdateOptions": {"updateCardDataByKey": True}})
    ]

    clicked = await dingtalk.member("0147").clicks("是")

    vector = json.loads(VECTORS["stream"]["exchanges"][2]["down"]["data"])
    headers, body = robot.headers[0], robot.bodies[0]
    stamp = headers["x-ddpaas-signature-timestamp"]
    assert clicked.is_answered
    assert headers["x-ddpaas-signature"] == sign_card_callback(stamp, dingtalk.platform.app.client_secret)
    assert {key: type(value) for key, value in body.items()} == {key: type(value) for key, value in vector.items()}
    assert json.loads(body["content"])["cardPrivateData"] == {
        "actionIds": ["yes"],
        "params": {"text": "是", "id": "yes"},
    }
    assert dingtalk.member("0147").options == ()
    assert dingtalk.violations == []


async def test_a_click_goes_where_the_route_was_registered(dingtalk: DingTalk, robot: HttpRobot) -> None:
    route = {"callbackRouteKey": "mine", "callbackUrl": f"{robot.url}/dingtalk/card", "apiSecret": "s1"}
    await call(dingtalk, "/v1.0/card/callbacks/register", route)
    await call(dingtalk, CREATE, card(callbackType="HTTP", callbackRouteKey="mine"))

    assert (await dingtalk.member("0147").clicks("否")).is_answered
    stamp = robot.headers[0]["x-ddpaas-signature-timestamp"]
    assert robot.headers[0]["x-ddpaas-signature"] == sign_card_callback(stamp, "s1")


async def test_a_click_that_is_not_answered_in_time_is_noted(robot: HttpRobot) -> None:
    robot.answers = [0.3]
    async with DingTalk(robot.url, timing=replace(QUICK, card_limit=0.05)) as dingtalk:
        user = dingtalk.member("0147")
        await call(dingtalk, CREATE, by_http())

        assert not (await user.clicks("是")).is_answered
        assert dingtalk.violations[-1] == "/dingtalk/card：点击卡片后 0.05 秒内没有答复，用户会看到出错提示"


async def test_a_click_by_stream_without_a_connection_is_not_brought_later() -> None:
    async with DingTalk(mode=Mode.STREAM, timing=replace(QUICK, card_limit=0.05)) as dingtalk:
        user = dingtalk.member("0147")
        await call(dingtalk, CREATE, card())

        assert not (await user.clicks("是")).is_answered
        assert dingtalk.streams.unacknowledged == []


@pytest.fixture
async def streaming() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as running:
        running.member("0147")
        yield running


async def test_a_click_by_stream_is_answered_in_the_ack(streaming: DingTalk) -> None:
    vector = VECTORS["stream"]["exchanges"][2]
    await call(streaming, CREATE, card())
    async with stream_robot(streaming) as robot:
        clicking = asyncio.create_task(streaming.member("0147").clicks("是"))
        frame = await robot.frame(CARD_TOPIC)
        await robot.ack(frame, '{"response":{"userPrivateData":{"cardParamMap":{"state":"done"}}}}')

        assert (await clicking).is_answered
        assert (set(frame), set(json.loads(frame["data"]))) == (
            set(vector["down"]),
            set(json.loads(vector["down"]["data"])),
        )
        assert streaming.violations == []
        shown = streaming.member("0147").sees.card
        assert shown
        assert "state" not in shown.values


async def test_updating_inside_the_callback_is_noted(streaming: DingTalk) -> None:
    await call(streaming, CREATE, card())
    change = {"outTrackId": "o1", "cardUpdateOptions": {"updateCardDataByKey": True}}
    async with stream_robot(streaming) as robot:
        clicking = asyncio.create_task(streaming.member("0147").clicks("是"))
        frame = await robot.frame(CARD_TOPIC)
        await call(streaming, INSTANCES, change | {"cardData": {"cardParamMap": {"title": "x"}}}, method="PUT")
        await robot.ack(frame, '{"response":{}}')

        assert (await clicking).is_answered
        assert len(streaming.violations) == 1


@pytest.mark.parametrize(
    ("data", "violation"),
    [
        ('{"response":"OK"}', "response 应是对象"),
        ('{"response":{"cardData":{"cardParamMap":{"n":1}}}}', "应是文字"),
        ('{"response":{"cardParamMap":{}}}', "不认识的字段 'cardParamMap'"),
        ('{"response":{"cardData":{"cardParamMap":{"title":"x"}}}}', "updateCardDataByKey"),
    ],
    ids=["text", "number", "place", "by key"],
)
async def test_a_wrong_answer_to_a_click_is_noted(streaming: DingTalk, data: str, violation: str) -> None:
    await call(streaming, CREATE, card())
    async with stream_robot(streaming) as robot:
        clicking = asyncio.create_task(streaming.member("0147").clicks("是"))
        await robot.ack(await robot.frame(CARD_TOPIC), data)
        await clicking

    assert violation in streaming.violations[0]


async def test_a_published_template_draws_its_buttons_and_knows_its_variables(streaming: DingTalk) -> None:
    button = TemplateButton("{first}", "choose", {"value": "{first}"}, shown_if="open")
    streaming.cards.publish(CardTemplate("t1", frozenset({"title", "first", "open"}), (button,)))

    refused = await call(streaming, CREATE, card())
    unknown = await call(streaming, CREATE, card(cardTemplateId="t2"))
    await call(streaming, CREATE, card(cardData={"cardParamMap": {"first": "通州区", "open": "true"}}))

    assert (refused[1]["code"], unknown[1]["code"]) == ("param.invalid", "param.templateNotExist")
    assert streaming.member("0147").options == ("通州区",)
