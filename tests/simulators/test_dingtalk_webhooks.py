"""What may be posted to the webhooks of the simulated DingTalk."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from aiohttp import web

from tests.simulators.dingtalk import Application, DingTalk, HandClock, Silence
from tests.simulators.dingtalk.members import Group, Member, NothingToClick
from tests.simulators.dingtalk.signing import sign_callback
from tests.simulators.dingtalk_partners import QUICK, VECTORS, HttpRobot, http_robot, post

SAY = "dtmd://dingtalkclient/sendMessage?content="
OK = {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
async def robot() -> AsyncIterator[HttpRobot]:
    async with http_robot() as listening:
        yield listening


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def dingtalk(robot: HttpRobot, clock: HandClock) -> AsyncIterator[DingTalk]:
    async with DingTalk(robot.url, timing=QUICK, clock=clock) as running:
        yield running


@pytest.fixture
async def user(dingtalk: DingTalk) -> Member:
    """Someone who has said something in the single chat."""
    member = dingtalk.member("0147", "小钉")
    await member.says("你好")
    return member


@pytest.fixture
async def group(dingtalk: DingTalk) -> Group:
    """A group in which somebody has asked the robot something."""
    asked = dingtalk.group()
    await asked.member("0147", "小钉").says("@policybot 你好")
    return asked


def text(content: str, **more: object) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": content}} | more


def card(*buttons: dict[str, str], **more: object) -> dict[str, Any]:
    return {"msgtype": "actionCard", "actionCard": {"title": "标题", "text": "正文", "btns": list(buttons)} | more}


async def reply(dingtalk: DingTalk, robot: HttpRobot, body: object) -> dict[str, Any]:
    """What the newest sessionWebhook answers."""
    _, answer = await post(dingtalk, robot.bodies[-1]["sessionWebhook"], body)
    return answer


@pytest.mark.parametrize(
    "body",
    [
        text("您好"),
        {"msgtype": "markdown", "markdown": {"title": "可申报 3 项", "text": "# 标题\n\n- 一\n- 二\n\n**120 万元**"}},
        {
            "msgtype": "markdown",
            "markdown": {"title": "题", "text": "## 题\n正文  \n  第二行\n\n> 引\n> 文\n\n1. 一\n2. 二"},
        },
        card({"title": "是", "actionURL": SAY + "%E6%98%AF"}, btnOrientation="1"),
        {
            "msgtype": "actionCard",
            "actionCard": {"title": "题", "text": "文", "singleTitle": "看", "singleURL": "https://a.cn"},
        },
        {"msgtype": "link", "link": {"title": "题", "text": "文", "messageUrl": "https://a.cn"}},
        {"msgtype": "feedCard", "feedCard": {"links": [{"title": "题", "messageURL": "https://a.cn", "picURL": "@x"}]}},
    ],
    ids=["text", "markdown", "lines", "buttons", "single", "link", "feed"],
)
@pytest.mark.usefixtures("user")
async def test_what_is_right_is_shown(dingtalk: DingTalk, robot: HttpRobot, body: dict[str, Any]) -> None:
    assert await reply(dingtalk, robot, body) == OK

    shown = dingtalk.member("0147").sees
    assert shown.kind == body["msgtype"]
    assert shown.via == "/robot/sendBySession"
    assert dingtalk.violations == []


@pytest.mark.parametrize(
    ("body", "errcode", "violation"),
    [
        ({"msgtype": "image", "image": {}}, 400105, "不支持的消息类型"),
        (text("  "), 40035, "缺少 text.content"),
        ({"msgtype": "markdown", "markdown": {"text": "文"}}, 40035, "缺少 markdown.title"),
        (card(), 40035, "actionCard.btns"),
        (card({"title": "", "actionURL": "https://a.cn"}), 40035, "按钮缺标题"),
        (card({"title": "是", "actionURL": "https://a.cn"}, btnOrientation=0), 40035, "btnOrientation"),
        (text("您好", at={"atUserIds": "0147"}), 40035, "列表"),
        (text("您好", at={"atUserIds": [str(n) for n in range(51)]}), 40035, "最多 @ 50 人"),
        ([1], 43004, "不是 JSON 对象"),
        ({"msgtype": "markdown", "markdown": {"title": "题", "text": "|a|b|\n|---|---|\n|1|2|"}}, 0, "不支持表格"),
        ({"msgtype": "markdown", "markdown": {"title": "题", "text": "```\nx\n```"}}, 0, "不支持代码块"),
        ({"msgtype": "markdown", "markdown": {"title": "题", "text": "一\n二"}}, 0, "换行不会显示"),
        (card({"title": "是", "actionURL": SAY + "是"}), 0, "URL 编码"),
        (card({"title": "是", "actionURL": SAY + "a+b"}), 0, "写成 %20"),
        (card({"title": "是", "actionURL": "dtmd://other?content=a"}), 0, "应为 dtmd"),
        (card({"title": "是", "actionURL": "javascript:1"}), 0, "协议"),
        (
            card({"title": "是", "actionURL": "https://a.cn"}, singleTitle="看", singleURL="https://a.cn"),
            0,
            "btns 不会显示",
        ),
        (text("您好", atUsers=["0147"]), 0, "不认识的字段 'atUsers'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.usefixtures("user")
async def test_what_is_wrong_is_refused_or_shown_otherwise_and_noted(
    dingtalk: DingTalk, robot: HttpRobot, body: object, errcode: int, violation: str
) -> None:
    answer = await reply(dingtalk, robot, body)

    assert answer["errcode"] == errcode
    assert violation in dingtalk.violations[-1]
    assert bool(dingtalk.member("0147").inbox) is (errcode == 0)


async def test_a_mention_must_stand_in_the_text_too(dingtalk: DingTalk, robot: HttpRobot, group: Group) -> None:
    await reply(dingtalk, robot, text("@0147 您好", at={"atUserIds": ["0147"]}))
    await reply(dingtalk, robot, text("您好", at={"atUserIds": ["0147"]}))
    await reply(dingtalk, robot, text("@0199 您好", at={"atUserIds": ["0199"]}))

    assert [message.mentions for message in group.replies] == [("0147",), (), ()]
    assert [violation.split("：", 1)[1] for violation in dingtalk.violations] == [
        "at 里的 0147 没有写在正文里（应写 @0147），不会提醒到他",
        "@ 的 0199 不在群里",
    ]


@pytest.mark.usefixtures("user")
async def test_a_mention_in_a_single_chat_does_no_harm(dingtalk: DingTalk, robot: HttpRobot) -> None:
    assert await reply(dingtalk, robot, text("您好", at={"atUserIds": ["0147"]})) == OK
    assert dingtalk.violations == []


@pytest.mark.usefixtures("user")
async def test_empty_shows_nothing(dingtalk: DingTalk, robot: HttpRobot) -> None:
    assert await reply(dingtalk, robot, {"msgtype": "empty"}) == OK
    assert dingtalk.member("0147").inbox == []


@pytest.mark.usefixtures("user")
async def test_a_session_webhook_ends_when_it_says(dingtalk: DingTalk, robot: HttpRobot, clock: HandClock) -> None:
    clock.advance(QUICK.webhook_life - 0.001)
    assert await reply(dingtalk, robot, text("您好")) == OK

    clock.advance(0.001)
    assert (await reply(dingtalk, robot, text("您好")))["errcode"] == 300001
    assert len(dingtalk.violations) == 1


@pytest.mark.usefixtures("user")
async def test_a_session_webhook_may_end_before_its_time_without_the_bots_fault(
    dingtalk: DingTalk, robot: HttpRobot
) -> None:
    dingtalk.webhooks.forget_sessions()

    assert (await reply(dingtalk, robot, text("您好")))["errcode"] == 300001
    assert dingtalk.violations == []


@pytest.mark.usefixtures("user")
async def test_more_than_twenty_a_minute_block_the_webhook_for_ten(
    dingtalk: DingTalk, robot: HttpRobot, clock: HandClock
) -> None:
    codes = [(await reply(dingtalk, robot, text(str(number))))["errcode"] for number in range(21)]
    clock.advance(599)
    codes.append((await reply(dingtalk, robot, text("还早")))["errcode"])
    clock.advance(1)
    codes.append((await reply(dingtalk, robot, text("好了")))["errcode"])

    assert codes == [0] * 20 + [410100, 410100, 0]


async def test_a_custom_robot_shows_each_uuid_once(dingtalk: DingTalk, group: Group) -> None:
    custom = group.custom_robot()

    answers = [await post(dingtalk, custom.url, text("周报", msgUuid="u1")) for _ in range(2)]

    assert [answer for _, answer in answers] == [OK, OK]
    assert [message.text for message in group.replies] == ["周报"]


@pytest.mark.parametrize(
    ("stamp", "secret", "errcode"),
    [
        ("1700000000000", "SEC1", 0),
        ("1699996400000", "SEC1", 0),
        ("1699996399999", "SEC1", 310000),
        ("1700000000000", "SEC2", 310000),
        ("", "SEC1", 310000),
    ],
    ids=["right", "an hour old", "too old", "secret", "no stamp"],
)
async def test_a_custom_robot_with_a_secret_checks_the_signature(
    dingtalk: DingTalk, group: Group, stamp: str, secret: str, errcode: int
) -> None:
    custom = group.custom_robot("SEC1")
    sign = quote_plus(sign_callback(stamp, secret))

    _, answer = await post(dingtalk, f"{custom.url}&timestamp={stamp}&sign={sign}", text("周报"))

    assert answer["errcode"] == errcode


@pytest.mark.parametrize("case", VECTORS["http_window"]["cases"], ids=lambda case: str(case["now"] - case["timestamp"]))
async def test_a_signature_is_good_for_an_hour_as_in_the_vectors(case: dict[str, Any]) -> None:
    async with DingTalk(clock=HandClock(case["now"])) as dingtalk:
        custom = dingtalk.group().custom_robot("SEC1")
        sign = quote_plus(sign_callback(str(case["timestamp"]), "SEC1"))

        _, answer = await post(dingtalk, f"{custom.url}&timestamp={case['timestamp']}&sign={sign}", text("周报"))

    assert (answer["errcode"] == 0) is case["accept"]


async def test_an_unknown_custom_robot_is_refused(dingtalk: DingTalk) -> None:
    assert (await post(dingtalk, "/robot/send?access_token=x", text("周报")))[1]["errcode"] == 400101


@pytest.mark.usefixtures("user")
async def test_a_click_says_the_text_of_the_button(dingtalk: DingTalk, robot: HttpRobot) -> None:
    user = dingtalk.member("0147")
    await reply(dingtalk, robot, card({"title": "1 是", "actionURL": SAY + quote("是的 100%")}))

    clicked = await user.clicks("1 是")

    assert user.options == ("1 是",)
    assert clicked.said
    assert robot.bodies[-1]["text"]["content"] == "是的 100%"


async def test_a_click_in_a_group_mentions_the_robot(dingtalk: DingTalk, robot: HttpRobot, group: Group) -> None:
    markdown = {"title": "题", "text": f"选一个：[一般纳税人]({SAY}%E4%B8%80)"}
    await reply(dingtalk, robot, {"msgtype": "markdown", "markdown": markdown})

    await group.member("0148").clicks("一般纳税人")

    assert (robot.bodies[-1]["text"]["content"], robot.bodies[-1]["senderStaffId"]) == (" 一", "0148")


async def test_whether_a_click_in_a_group_mentions_the_robot_can_be_set(robot: HttpRobot) -> None:
    async with DingTalk(robot.url, app=Application(mentions_by_button=False)) as dingtalk:
        asker = dingtalk.group().member("0147")
        robot.answers = [web.json_response(card({"title": "是", "actionURL": SAY + "1"}))]
        await asker.asks("@policybot 你好")

        assert (await asker.clicks("是")).said is None
        assert len(robot.bodies) == 1


async def test_a_link_is_only_opened_and_what_is_not_there_cannot_be_clicked(
    dingtalk: DingTalk, robot: HttpRobot, user: Member
) -> None:
    await reply(dingtalk, robot, card({"title": "看", "actionURL": "https://a.cn"}))

    assert (await user.clicks("看")).opened == "https://a.cn"
    with pytest.raises(NothingToClick, match="没有"):
        await user.clicks("没有")
    assert json.loads(json.dumps(user.inbox[0].text)) == "正文"


async def test_asking_waits_for_the_answer_and_silence_is_told(dingtalk: DingTalk, robot: HttpRobot) -> None:
    robot.answers = [web.json_response(text("您好"))]

    assert (await dingtalk.member("0147").asks("你好")).text == "您好"
    with pytest.raises(Silence, match="0147"):
        await dingtalk.member("0147").hears(within=0.01)
