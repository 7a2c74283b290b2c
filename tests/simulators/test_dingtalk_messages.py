"""What the simulated DingTalk tells a robot by HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.simulators.dingtalk import (
    DingTalk,
    HandClock,
    QuotaExhausted,
    Raw,
    RichText,
    Text,
    Timing,
    audio,
    file,
    picture,
    video,
)
from tests.simulators.dingtalk.contents import Content
from tests.simulators.dingtalk.signing import sign_callback, sign_card_callback
from tests.simulators.dingtalk_partners import QUICK, VECTORS, HttpRobot, http_robot


@pytest.fixture
async def robot() -> AsyncIterator[HttpRobot]:
    async with http_robot() as listening:
        yield listening


@pytest.fixture
async def dingtalk(robot: HttpRobot) -> AsyncIterator[DingTalk]:
    async with DingTalk(robot.url, timing=QUICK, clock=HandClock()) as running:
        yield running


@pytest.mark.parametrize("case", VECTORS["http_sign"], ids=lambda case: case["source"][:20])
def test_the_signature_of_a_message_is_that_of_the_vectors(case: dict[str, str]) -> None:
    assert sign_callback(case["timestamp"], case["app_secret"]) == case["sign"]


def test_the_signatures_of_custom_robots_and_cards_are_those_of_the_vectors() -> None:
    robot, card = VECTORS["custom_robot_sign"], VECTORS["card_http_callback_sign"]

    stamp = card["headers"]["x-ddpaas-signature-timestamp"]

    assert sign_callback(robot["timestamp"], robot["secret"]) == robot["sign_base64"]
    assert sign_card_callback(stamp, card["api_secret"]) == card["headers"]["x-ddpaas-signature"]


async def test_a_text_of_a_single_chat_has_the_fields_of_the_vector_but_those_of_a_group(
    dingtalk: DingTalk, robot: HttpRobot
) -> None:
    delivery = await dingtalk.member("0147", "小钉").says("几点开门")

    body = robot.bodies[0]
    group_only = {"conversationTitle", "atUsers", "isInAtList"}
    assert set(VECTORS["robot_message"]["body"]) - group_only <= set(body)
    assert group_only.isdisjoint(body)
    assert (body["conversationType"], body["text"], body["senderStaffId"]) == ("1", {"content": "几点开门"}, "0147")
    assert body["sessionWebhookExpiredTime"] - body["createAt"] == 5_400_000
    assert delivery
    assert (delivery.is_acknowledged, delivery.msg_id) == (True, body["msgId"])


async def test_a_mention_in_a_group_has_all_fields_of_the_vector(dingtalk: DingTalk, robot: HttpRobot) -> None:
    group = dingtalk.group("测试群")
    group.member("0148", "小王")

    await group.member("0147", "小钉").says("@policybot 几点开门，@小王 问的")

    body = robot.bodies[0]
    assert set(VECTORS["robot_message"]["body"]) <= set(body)
    assert {key: type(body[key]) for key in VECTORS["robot_message"]["body"]} == {
        key: type(value) for key, value in VECTORS["robot_message"]["body"].items()
    }
    assert body["text"]["content"] == " 几点开门，@小王 问的"
    assert [user.get("staffId") for user in body["atUsers"]] == [None, "0148"]


async def test_what_does_not_mention_the_robot_is_not_sent_and_stands_in_the_group(
    dingtalk: DingTalk, robot: HttpRobot
) -> None:
    group = dingtalk.group()

    delivery = await group.member("0147").says("大家好")

    assert delivery is None
    assert robot.bodies == []
    assert [message.text for message in group.messages] == ["大家好"]


async def test_headers_are_signed_with_the_time_of_the_clock(dingtalk: DingTalk, robot: HttpRobot) -> None:
    await dingtalk.member("0147").says("你好")

    headers = robot.headers[0]
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["timestamp"] == "1700000000000"
    assert headers["sign"] == sign_callback("1700000000000", dingtalk.platform.app.client_secret)


async def test_a_message_can_be_large(dingtalk: DingTalk, robot: HttpRobot) -> None:
    robot.answers = [web.Response(status=413)]

    assert await dingtalk.member("0147").says("长" * 300_000)
    assert len(robot.bodies[0]["text"]["content"]) == 300_000


async def test_a_member_from_outside_has_no_staff_id(dingtalk: DingTalk, robot: HttpRobot) -> None:
    await dingtalk.group().member("x", outside=True).says("@policybot 你好")

    assert "senderStaffId" not in robot.bodies[0]
    assert robot.bodies[0]["senderId"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RichText(("看图", None)), {"content": {"richText": [{"text": "看图"}, "picture"]}}),
        (picture(), {"content": {"downloadCode": "code-of-a-picture"}}),
        (audio("有补贴吗"), {"content": {"recognition": "有补贴吗", "duration": 4000}}),
        (video(), {"content": {"videoType": "mp4"}}),
        (file("表.xlsx"), {"content": {"fileName": "表.xlsx"}}),
        (Text("你好", on_top=True), {"content": "你好"}),
        (Raw("sticker", {"content": {"id": 1}}), {"content": {"id": 1}}),
    ],
    ids=lambda value: getattr(value, "msgtype", ""),
)
async def test_each_type_has_its_fields(
    dingtalk: DingTalk, robot: HttpRobot, content: Content, expected: dict[str, Any]
) -> None:
    await dingtalk.member("0147").sends(content)

    body = robot.bodies[0]
    assert body["msgtype"] == content.msgtype
    assert "text" not in body
    if isinstance(expected["content"], dict) and "richText" not in expected["content"]:
        assert expected["content"].items() <= body["content"].items()


async def test_a_message_beyond_the_quota_has_neither_text_nor_content(dingtalk: DingTalk, robot: HttpRobot) -> None:
    await dingtalk.member("0147").sends(QuotaExhausted())

    assert {"text", "content"}.isdisjoint(robot.bodies[0])
    assert (robot.bodies[0]["errorCode"], bool(robot.bodies[0]["errorMessage"])) == ("20001", True)


async def test_a_quoted_message_comes_with_the_text(dingtalk: DingTalk, robot: HttpRobot) -> None:
    user = dingtalk.member("0147")
    await user.says("第一句")

    await user.says("第二句", quoting=user.chat.messages[0])

    replied = robot.bodies[1]["text"]
    assert replied["isReplyMsg"] is True
    assert replied["repliedMsg"]["msgId"] == robot.bodies[0]["msgId"]


async def test_speech_cannot_be_sent_with_a_mention(dingtalk: DingTalk) -> None:
    with pytest.raises(ValueError, match="audio"):
        await dingtalk.group().member("0147").sends(audio("你好"))


async def test_a_failed_message_is_sent_again_with_the_same_id_and_noted(dingtalk: DingTalk, robot: HttpRobot) -> None:
    robot.answers = [web.Response(status=503), web.Response()]

    delivery = await dingtalk.member("0147").says("你好")

    assert delivery
    assert (delivery.is_acknowledged, delivery.attempts) == (True, 2)
    assert len({body["msgId"] for body in robot.bodies}) == 1
    assert dingtalk.violations == ["/dingtalk/robot：答复的状态是 503，应是 200"]


async def test_an_answer_that_takes_too_long_is_a_failure(robot: HttpRobot) -> None:
    robot.answers = [0.3, 0.3]
    timing = Timing(http_limit=0.05, http_retries=1, http_pause=0.01)

    async with DingTalk(robot.url, timing=timing) as dingtalk:
        delivery = await dingtalk.member("0147").says("你好")

        assert delivery
        assert not delivery.is_acknowledged
        assert dingtalk.violations == ["/dingtalk/robot：0.05 秒内没有答复"] * 2


async def test_a_robot_that_is_not_there_is_no_violation() -> None:
    async with DingTalk("http://127.0.0.1:9", timing=QUICK) as dingtalk:
        delivery = await dingtalk.member("0147").says("你好")

        assert delivery
        assert (delivery.is_acknowledged, delivery.attempts, dingtalk.violations) == (False, 3, [])


async def test_an_answer_in_the_response_is_shown_unless_it_is_empty(dingtalk: DingTalk, robot: HttpRobot) -> None:
    user = dingtalk.member("0147")
    robot.answers = [
        web.json_response({"msgtype": "empty"}),
        web.json_response({"msgtype": "text", "text": {"content": "您好"}}),
    ]

    await user.says("你好")
    await user.says("在吗")

    assert [message.text for message in user.inbox] == ["您好"]
    assert dingtalk.violations == []


async def test_a_message_can_be_brought_twice(dingtalk: DingTalk, robot: HttpRobot) -> None:
    delivery = await dingtalk.member("0147").says("你好")
    assert delivery

    robot.answers = [web.json_response({"msgtype": "text", "text": {"content": "又来一次"}})]
    assert await dingtalk.repeats(delivery)
    assert robot.bodies[0] == robot.bodies[1]
    assert [message.text for message in dingtalk.member("0147").inbox] == ["又来一次"]
