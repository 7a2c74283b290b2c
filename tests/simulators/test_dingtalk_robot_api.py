"""The robot API and the token of the simulated DingTalk, and its faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.simulators.dingtalk import DingTalk, HandClock
from tests.simulators.dingtalk_partners import QUICK, TOKEN_PATH, call, post

SINGLE, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def dingtalk(clock: HandClock) -> AsyncIterator[DingTalk]:
    async with DingTalk(timing=QUICK, clock=clock) as running:
        running.member("0147")
        yield running


async def token(dingtalk: DingTalk) -> str:
    app = dingtalk.platform.app
    _, answer = await post(dingtalk, TOKEN_PATH, {"appKey": app.client_id, "appSecret": app.client_secret})
    assert answer["expireIn"] == 7200
    return str(answer["accessToken"])


def message(dingtalk: DingTalk, key: str = "sampleText", **param: object) -> dict[str, Any]:
    content = json.dumps(param or {"content": "您好"}, ensure_ascii=False)
    return {"robotCode": dingtalk.platform.app.robot_code, "msgKey": key, "msgParam": content}


async def test_a_token_stays_the_same_and_is_renewed_while_it_lives(dingtalk: DingTalk, clock: HandClock) -> None:
    first = await token(dingtalk)
    clock.advance(7000)
    second = await token(dingtalk)
    clock.advance(7000)
    third = await token(dingtalk)
    clock.advance(7200)

    assert first == second == third != await token(dingtalk)


async def test_a_token_without_the_secret_is_not_given(dingtalk: DingTalk) -> None:
    status, answer = await post(dingtalk, TOKEN_PATH, {"appKey": dingtalk.platform.app.client_id, "appSecret": "x"})

    assert (status, answer["code"]) == (400, "invalidClientIdOrSecret")


async def test_a_call_needs_a_token_that_lives(dingtalk: DingTalk, clock: HandClock) -> None:
    body = message(dingtalk) | {"userIds": ["0147"]}
    old = await token(dingtalk)
    clock.advance(7200)

    status, answer = await post(dingtalk, SINGLE, body, **{"x-acs-dingtalk-access-token": old})
    assert (status, answer["code"], dingtalk.violations) == (400, "InvalidAuthentication", [])

    await post(dingtalk, SINGLE, body)
    assert len(dingtalk.violations) == 1


async def test_a_batch_says_who_got_nothing_with_status_200(dingtalk: DingTalk) -> None:
    dingtalk.member("0148")
    dingtalk.member("x", outside=True)
    dingtalk.robots.flow_controlled.add("0148")

    status, answer = await call(dingtalk, SINGLE, message(dingtalk) | {"userIds": ["0147", "0148", "x", "y"]})

    assert status == 200
    assert (answer["invalidStaffIdList"], answer["flowControlledStaffIdList"]) == (["x", "y"], ["0148"])
    assert [one.text for one in dingtalk.member("0147").inbox] == ["您好"]
    assert dingtalk.member("0148").inbox == []
    assert dingtalk.violations == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"userIds": []}, "invalidParameter.userIds.empty"),
        ({"userIds": [str(number) for number in range(21)]}, "invalidParameter.userIds.overMax"),
        ({"robotCode": "other"}, "invalidParameter.robotCode.notExsit"),
        ({"msgKey": "sampleMarkdwon"}, "invalidParameter.msgKey.invalid"),
        ({"msgParam": {"content": "您好"}}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "您好"}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"text":"您好"}'}, "invalidParameter.param.invalid"),
        ({"msgParam": '{"content":"您好","title":"题"}'}, "invalidParameter.param.invalid"),
        ({"msgParam": '{"content":1}'}, "invalidParameter.param.invalid"),
        ({"msgParam": json.dumps({"content": "字" * 5000}, ensure_ascii=False)}, "invalidParameter.msgParam.tooLong"),
    ],
    ids=["nobody", "21", "robot", "key", "object", "text", "missing", "surplus", "number", "too long"],
)
async def test_a_batch_with_something_wrong_is_refused(dingtalk: DingTalk, changes: dict[str, Any], code: str) -> None:
    status, answer = await call(dingtalk, SINGLE, message(dingtalk) | {"userIds": ["0147"]} | changes)

    assert (status, answer["code"]) == (400, code)
    assert len(dingtalk.violations) == 1
    assert dingtalk.member("0147").inbox == []


async def test_twenty_receivers_and_15000_bytes_pass(dingtalk: DingTalk) -> None:
    staff = [dingtalk.member(str(number)).person.staff_id for number in range(20)]
    content = "x" * (15_000 - len('{"content": ""}'))

    status, _ = await call(dingtalk, SINGLE, message(dingtalk, content=content) | {"userIds": staff})

    assert (status, dingtalk.violations) == (200, [])


@pytest.mark.parametrize(
    ("key", "param", "buttons"),
    [
        ("sampleMarkdown", {"title": "题", "text": "文 [看](https://a.cn)"}, ("看",)),
        ("sampleActionCard", {"title": "题", "text": "文", "singleTitle": "看", "singleURL": "https://a.cn"}, ("看",)),
        (
            "sampleActionCard2",
            {"title": "题", "text": "文"}
            | {"actionTitle1": "一", "actionURL1": "https://a.cn", "actionTitle2": "二", "actionURL2": "https://b.cn"},
            ("一", "二"),
        ),
        (
            "sampleActionCard6",
            {"title": "题", "text": "文"}
            | {"buttonTitle1": "一", "buttonUrl1": "https://a.cn", "buttonTitle2": "二", "buttonUrl2": "https://b.cn"},
            ("一", "二"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_each_template_shows_its_buttons(
    dingtalk: DingTalk, key: str, param: dict[str, str], buttons: tuple[str, ...]
) -> None:
    await call(dingtalk, SINGLE, message(dingtalk, key, **param) | {"userIds": ["0147"]})

    assert dingtalk.member("0147").options == buttons
    assert dingtalk.member("0147").sees.title == "题"
    assert dingtalk.violations == []


async def test_a_group_gets_a_message_by_its_conversation(dingtalk: DingTalk) -> None:
    group = dingtalk.group()

    status, answer = await call(dingtalk, GROUP, message(dingtalk) | {"openConversationId": group.chat.conversation_id})

    assert status == 200
    assert answer["processQueryKey"]
    assert group.replies[0].text == "您好"


@pytest.mark.parametrize("conversation", ["", "cidNobody=="])
async def test_a_group_that_is_not_there_is_refused(dingtalk: DingTalk, conversation: str) -> None:
    status, answer = await call(dingtalk, GROUP, message(dingtalk) | {"openConversationId": conversation})

    assert (status, "openConversationId" in answer["code"]) == (400, True)


async def test_an_address_that_does_not_exist_is_noted(dingtalk: DingTalk) -> None:
    status, _ = await post(dingtalk, "/v1.0/robot/send", {})

    assert (status, dingtalk.violations) == (404, ["/v1.0/robot/send：平台没有这个地址（POST）"])


async def test_a_wrong_method_and_a_huge_body_are_noted(dingtalk: DingTalk) -> None:
    assert (await call(dingtalk, SINGLE, {}, method="PUT"))[0] == 405
    assert (await post(dingtalk, "/robot/send?access_token=x", {}))[0] == 200
    assert (await call(dingtalk, SINGLE, {"msgParam": "x" * (600_000)}))[0] == 413

    assert ["方法" in dingtalk.violations[0], "太大" in dingtalk.violations[-1]] == [True, True]


async def test_ordered_failures_happen_so_many_times(dingtalk: DingTalk) -> None:
    dingtalk.faults.fail(TOKEN_PATH, 2, status=503)
    statuses = [(await post(dingtalk, TOKEN_PATH, {}))[0] for _ in range(3)]

    assert statuses == [503, 503, 400]


async def test_a_ban_answers_everything_for_five_minutes(dingtalk: DingTalk, clock: HandClock) -> None:
    dingtalk.faults.ban()
    async with aiohttp.ClientSession() as session, session.post(dingtalk.url + TOKEN_PATH, json={}) as response:
        assert (response.content_type, "<html>" in await response.text()) == ("text/html", True)

    dingtalk.faults.bans_with_html = False
    assert (await post(dingtalk, TOKEN_PATH, {}))[1]["status"] == 1111
    clock.advance(300)
    assert (await post(dingtalk, TOKEN_PATH, {}))[1]["code"] == "invalidClientIdOrSecret"


async def test_calls_can_hang_be_slow_or_be_cut(dingtalk: DingTalk) -> None:
    dingtalk.faults.hang(TOKEN_PATH)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await post(dingtalk, TOKEN_PATH, {})

    dingtalk.faults.cut(TOKEN_PATH)
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(dingtalk, TOKEN_PATH, {})

    dingtalk.faults.delay(TOKEN_PATH, 0.01)
    assert (await post(dingtalk, TOKEN_PATH, {}))[0] == 400


async def test_the_platform_can_go_down_and_come_back(dingtalk: DingTalk) -> None:
    url = dingtalk.url
    await dingtalk.goes_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(dingtalk, TOKEN_PATH, {})

    await dingtalk.comes_back()
    assert (await post(dingtalk, TOKEN_PATH, {}))[0] == 400
    assert dingtalk.url == url
