"""The simulated API of the app: sending and cards."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.simulators.wecom_client import Met, send

CARD: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "task_id": "t-1",
    "button_list": [{"text": "通州区", "key": "a"}, {"text": "经开区", "key": "b"}],
}
OPTION = {"id": "a", "text": "甲"}
SELECTOR = {"question_key": "q", "title": "地区", "option_list": [OPTION]}
SUBMIT = {"text": "提交", "key": "s"}
SELECTS = {**CARD, "card_type": "multiple_interaction", "select_list": [SELECTOR], "submit_button": SUBMIT}
del SELECTS["button_list"]


async def test_a_text_reaches_its_members_and_names_the_others_in_lower_case(met: Met) -> None:
    wecom, _ = met
    zhang = wecom.member("ZhangSan")

    answer = await send(met, touser="zhangsan|LiSi")

    assert (answer["errcode"], answer["invaliduser"]) == (0, "lisi")
    assert zhang.inbox.texts == ["你好"]
    assert wecom.violations == []


WRONG: dict[str, tuple[dict[str, Any], int]] = {
    "nobody": ({"touser": "lisi"}, 81013),
    "agent as text": ({"agentid": "1000002"}, 40058),
    "other agent": ({"agentid": 7}, 40056),
    "unknown field": ({"to_user": "x"}, 40058),
    "unknown type": ({"msgtype": "richtext"}, 40008),
    "empty text": ({"text": {"content": ""}}, 44004),
    "interval": ({"duplicate_check_interval": 14401}, 40058),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_message_is_refused(met: Met, name: str) -> None:
    wecom, _ = met
    wecom.member("zhangsan")
    change, errcode = WRONG[name]

    answer = await send(met, **change)

    assert answer["errcode"] == errcode
    assert bool(wecom.violations) == (name != "nobody")


async def test_a_long_text_is_cut_and_noted(met: Met) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")

    answer = await send(met, content={"content": "政" * 683})

    assert answer["errcode"] == 0
    assert zhang.inbox.texts == ["政" * 682]
    assert "2049" in wecom.violations[0]


async def test_escapes_are_refused_but_a_backslash_in_a_text_is_not(met: Met) -> None:
    wecom, client = met
    zhang = wecom.member("zhangsan")
    url = f"{wecom.url}/cgi-bin/message/send?access_token={client.token}"
    body = {"touser": "zhangsan", "msgtype": "text", "agentid": 1000002, "text": {"content": "你好"}}

    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        escaped = await response.json()
    plain = await send(met, content={"content": "C:\\u1234"})

    assert (escaped["errcode"], plain["errcode"]) == (40033, 0)
    assert zhang.inbox.texts == ["C:\\u1234"]


async def test_a_repeated_request_within_its_interval_is_not_shown_again(met: Met) -> None:
    wecom, client = met
    zhang = wecom.member("zhangsan")
    check: dict[str, Any] = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}

    for _ in range(2):
        await send(met, **check)
    await send(met, content={"content": "另一条"}, **check)
    wecom.clock.advance(601)
    await send(met, **check)

    assert client.token
    assert zhang.inbox.texts == ["你好", "另一条", "你好"]
    assert len(wecom.messages.duplicates) == 1


async def test_the_thirty_first_in_a_minute_is_dropped_without_errcode(met: Met) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")

    codes = {(await send(met, content={"content": str(number)}))["errcode"] for number in range(31)}

    assert codes == {0}
    assert len(zhang.inbox) == 30
    assert len(wecom.messages.dropped) == 1


WRONG_CARDS: dict[str, tuple[dict[str, Any], int]] = {
    "seven buttons": ({**CARD, "button_list": [{"text": str(n), "key": str(n)} for n in range(7)]}, 40058),
    "same keys": ({**CARD, "button_list": [{"text": "甲", "key": "a"}, {"text": "乙", "key": "a"}]}, 42039),
    "no key": ({**CARD, "button_list": [{"text": "甲"}]}, 42039),
    "long key": ({**CARD, "button_list": [{"text": "甲", "key": "k" * 1025}]}, 42039),
    "task id": ({**CARD, "task_id": "一"}, 42014),
    "no task id": ({name: value for name, value in CARD.items() if name != "task_id"}, 40058),
    "field": ({**CARD, "buttons": []}, 40058),
    "type": ({**CARD, "card_type": "buttons"}, 42014),
    "four lists": ({**SELECTS, "select_list": [{**SELECTOR, "question_key": str(n)} for n in range(4)]}, 42047),
    "no options": ({**SELECTS, "select_list": [{**SELECTOR, "option_list": []}]}, 42037),
    "eleven options": (
        {**SELECTS, "select_list": [{**SELECTOR, "option_list": [{"id": str(n), "text": "x"} for n in range(11)]}]},
        42037,
    ),
    "notice without action": ({"card_type": "text_notice", "main_title": {"title": "甲"}}, 40058),
    "link without address": (
        {"card_type": "text_notice", "main_title": {"title": "甲"}, "card_action": {"type": 1}},
        42014,
    ),
    "notice without title": (
        {"card_type": "text_notice", "card_action": {"type": 1, "url": "https://example.invalid"}},
        42014,
    ),
}


@pytest.mark.parametrize("name", WRONG_CARDS)
async def test_a_wrong_card_is_refused(met: Met, name: str) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")
    card, errcode = WRONG_CARDS[name]

    answer = await send(met, "template_card", card)

    assert answer["errcode"] == errcode, answer
    assert list(zhang.inbox) == []


@pytest.mark.parametrize("card", [CARD, SELECTS], ids=["buttons", "lists"])
async def test_a_right_card_is_shown_and_its_code_changes_it_once(met: Met, card: dict[str, Any]) -> None:
    wecom, client = met
    zhang = wecom.member("zhangsan")
    code = (await send(met, "template_card", card))["response_code"]
    change = {"userids": ["zhangsan"], "agentid": 1000002, "response_code": code, "button": {"replace_name": "已选"}}

    first = await client.post("message/update_template_card", **change)
    second = await client.post("message/update_template_card", **change)

    assert (first["errcode"], second["errcode"]) == (0, 60140)
    assert zhang.inbox[-1].replaced == "已选"


async def test_a_long_label_is_only_noted(met: Met) -> None:
    wecom, _ = met
    wecom.member("zhangsan")

    answer = await send(met, "template_card", {**CARD, "button_list": [{"text": "北京经济技术开发区域内", "key": "a"}]})

    assert answer["errcode"] == 0
    assert "建议" in wecom.violations[0]


async def test_a_task_id_works_once(met: Met) -> None:
    wecom, _ = met
    wecom.member("zhangsan")

    codes = [(await send(met, "template_card", CARD))["errcode"] for _ in range(2)]

    assert codes == [0, 42014]


@pytest.mark.parametrize(("is_task_id_first", "errcode"), [(True, 42014), (False, 0)])
async def test_a_card_sent_again_after_a_lost_answer_is_no_fault(
    met: Met, is_task_id_first: object, errcode: int
) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")
    wecom.messages.is_task_id_first = bool(is_task_id_first)

    codes = [(await send(met, "template_card", CARD, enable_duplicate_check=1))["errcode"] for _ in range(2)]

    assert codes == [0, errcode]
    assert len(zhang.inbox) == 1
    assert wecom.violations == []


async def test_an_app_without_callback_sends_no_buttons(met: Met) -> None:
    wecom, _ = met
    wecom.member("zhangsan")
    wecom.platform.has_callback = False

    answer = await send(met, "template_card", CARD)

    assert answer["errcode"] == 43012


async def test_a_test_can_wait_for_what_comes_later(met: Met) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(zhang.inbox.take(2))
        for text in ("一", "二"):
            await send(met, content={"content": text})

    assert [shown.text for shown in waiting.result()] == ["一", "二"]
    assert zhang.inbox.unread == []
    with pytest.raises(AssertionError, match=r"只有：.*一"):
        await zhang.inbox.find("三", within=0.01)


async def test_a_webhook_takes_twenty_a_minute(met: Met) -> None:
    wecom, client = met
    body = {"msgtype": "text", "text": {"content": "通知"}}

    path = f"webhook/send?key={wecom.webhook.key}&x="
    codes = [(await client.post(path, **body))["errcode"] for _ in range(21)]

    assert codes == [0] * 20 + [45009]


async def test_members_can_be_out_of_sight_or_without_licence(met: Met) -> None:
    wecom, _ = met
    zhang, li, wang = (wecom.member(name) for name in ("zhangsan", "lisi", "wangwu"))
    await li.unsubscribes()
    wecom.messages.unlicensed.add("wangwu")

    answer = await send(met, touser="zhangsan|lisi|wangwu")

    assert (answer["errcode"], answer["invaliduser"], answer["unlicenseduser"]) == (0, "lisi", "wangwu")
    assert [len(member.inbox) for member in (zhang, li, wang)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("content", "is_wrong"),
    [
        (
            '# 结果\n**3 项**\n> 前提\n[原文](https://example.invalid) `1` <font color="info">是</font>\n1. 通州区',
            False,
        ),
        ("| 地区 | 金额 |\n| --- | --- |", True),
        ("![图](https://example.invalid/p.png)", True),
        ("```\nx\n```", True),
        ('<font color="red">红</font>', True),
    ],
)
async def test_markdown_that_the_app_does_not_show_is_noted(met: Met, content: str, is_wrong: object) -> None:
    wecom, _ = met
    wecom.member("zhangsan")

    answer = await send(met, "markdown", {"content": content})

    assert answer["errcode"] == 0
    assert bool(wecom.violations) == is_wrong
