"""The simulated DingTalk against the vendor's own SDK: its client as the bot, its parsers on our frames.

So the simulator is not only our own belief. The SDK runs as a program of its own, since it blocks its loop.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk, Mode, QuotaExhausted, RichText, Text, audio, picture
from tests.simulators.dingtalk.contents import Content
from tests.simulators.dingtalk_partners import QUICK

SDK_ROBOT = Path(__file__).with_name("dingtalk_sdk_robot.py")
TIMING = replace(QUICK, redeliver_after=60, ack_limit=PATIENCE, card_limit=2, system_limit=5)
SDK_IDS_ARE_NOT_IN_THE_TEXT = "没有写在正文里"


class SdkRobot:
    """The SDK's program, and the lines that it prints."""

    def __init__(self, lines: asyncio.StreamReader) -> None:
        self._lines = lines

    async def tells(self, kind: str) -> dict[str, Any]:
        """The next line of that kind."""
        async with asyncio.timeout(PATIENCE):
            while True:
                line: dict[str, Any] = json.loads(await self._lines.readline())
                if line["kind"] == kind:
                    return line


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=TIMING) as running:
        yield running


@pytest.fixture
async def robot(dingtalk: DingTalk) -> AsyncIterator[SdkRobot]:
    app = dingtalk.platform.app
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SDK_ROBOT),
        app.client_id,
        app.client_secret,
        env=os.environ | {"DINGTALK_OPENAPI_ENDPOINT": dingtalk.url, "NO_PROXY": "127.0.0.1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout
    try:
        await dingtalk.streams.connects()
        yield SdkRobot(process.stdout)
    finally:
        process.kill()
        await process.communicate()


async def test_the_sdk_connects_reads_a_message_and_answers(dingtalk: DingTalk, robot: SdkRobot) -> None:
    user = dingtalk.member("0147", "小钉")

    delivery = await user.says("几点开门")
    read = await robot.tells("message")

    assert (await user.hears()).text == "@0147 收到：几点开门"
    assert delivery
    assert delivery.ack
    assert delivery.ack.data == {"response": "OK"}
    assert (read["texts"], read["nick"], read["staff_id"], read["conversation_type"]) == (
        ["几点开门"],
        "小钉",
        "0147",
        "1",
    )
    assert read["again"] == json.loads(delivery.data) | {"atUsers": []}
    assert dingtalk.violations == []


async def test_the_sdk_reads_a_group_and_answers_there(dingtalk: DingTalk, robot: SdkRobot) -> None:
    group = dingtalk.group("测试群")
    asker = group.member("0147")

    await asker.says("@policybot 几点开门")
    read = await robot.tells("message")
    answer = await asker.hears()
    await asker.says("@policybot markdown")

    assert (read["title"], read["is_in_at_list"], read["texts"]) == ("测试群", True, [" 几点开门"])
    assert read["at_users"] == [{"dingtalkId": dingtalk.platform.app.bot_id}]
    assert (answer.text, answer.mentions) == ("@0147 收到：几点开门", ("0147",))
    assert (await asker.hears()).kind == "markdown"
    assert [SDK_IDS_ARE_NOT_IN_THE_TEXT in one for one in dingtalk.violations] == [True], (
        "as the SDK's markdown does it"
    )


@pytest.mark.parametrize(
    ("content", "texts", "images"),
    [
        (Text("silent"), ["silent"], None),
        (RichText(("silent", None)), ["silent"], ["code-of-a-picture"]),
        (picture(), [], ["code-of-a-picture"]),
        (audio("silent"), [], None),
    ],
    ids=["text", "richText", "picture", "audio"],
)
async def test_the_sdk_parses_each_type_and_writes_it_as_it_was(
    dingtalk: DingTalk, robot: SdkRobot, content: Content, texts: list[str], images: list[str] | None
) -> None:
    delivery = await dingtalk.member("0147").sends(content)

    read = await robot.tells("message")

    assert (read["msgtype"], read["texts"], read["images"]) == (content.msgtype, texts, images)
    assert delivery
    again = read["again"]
    sent = json.loads(delivery.data)
    assert {name: again[name] for name in sent} == sent
    assert read["headers"]["topic"] == "/v1.0/im/bot/messages/get"
    assert dingtalk.violations == []


async def test_the_sdk_stumbles_over_a_message_beyond_the_quota_as_is_known(
    dingtalk: DingTalk, robot: SdkRobot
) -> None:
    user = dingtalk.member("0147")

    delivery = await user.sends(QuotaExhausted(), waits=False)
    answer = await user.asks("还在吗")
    read = await robot.tells("message")

    assert (answer.text, read["texts"]) == ("@0147 收到：还在吗", ["还在吗"])
    assert delivery
    assert not delivery.is_acknowledged


async def test_the_sdk_sends_updates_and_answers_cards(dingtalk: DingTalk, robot: SdkRobot) -> None:
    user = dingtalk.member("0147")
    await user.says("card")
    names = (await robot.tells("cards"))["names"]

    clicked = await user.clicks("是")
    click = await robot.tells("click")

    shown = [dict(message.card.values) for message in user.inbox if message.card]
    assert clicked.is_answered
    assert (click["user"], click["card"], click["corp"]) == ("0147", names[0], "dingcorp0001")
    assert click["content"]["cardPrivateData"]["actionIds"] == ["yes"]
    assert [values["title"] for values in shown] == ["选好了", "改过"]
    assert shown[1]["body"] == "流式"
    assert dingtalk.violations == []


async def test_the_sdk_takes_events_pings_and_a_disconnect_and_comes_again(dingtalk: DingTalk, robot: SdkRobot) -> None:
    event = await dingtalk.event("chat_quit", {"chatId": "1"})
    read = await robot.tells("event")
    pinged = await dingtalk.streams.ping()
    await dingtalk.streams.keep_alive()
    left = await dingtalk.streams.disconnect()
    await dingtalk.streams.connects()

    assert (event.is_acknowledged, pinged, left) == (True, True, True)
    assert (read["type"], read["data"], read["corp"]) == ("chat_quit", {"chatId": "1"}, "dingcorp0001")
    assert len(dingtalk.calls("/v1.0/gateway/connections/open")) == 2
    assert dingtalk.violations == []


async def test_the_sdk_gets_one_token_for_several_calls(dingtalk: DingTalk, robot: SdkRobot) -> None:
    user = dingtalk.member("0147")

    await user.says("card")
    await robot.tells("cards")

    assert len(dingtalk.calls("/v1.0/oauth2/accessToken")) == 1
    assert {call.status for call in dingtalk.platform.journal.calls} <= {101, 200}
