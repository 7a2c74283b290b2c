"""The simulated 微信客服: reading, the five messages, welcome and hand-over."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.simulators.base import PATIENCE
from tests.simulators.scripted_bot import ScriptedBot, meet
from tests.simulators.wecom import State, WeCom
from tests.simulators.wecom_client import Client


@pytest.fixture
async def met() -> AsyncIterator[tuple[WeCom, ScriptedBot, Client]]:
    async with meet() as (wecom, bot), aiohttp.ClientSession() as session:
        yield wecom, bot, Client(wecom, session)


Met = tuple[WeCom, ScriptedBot, Client]


def token_of(bot: ScriptedBot) -> str:
    return bot.heard[-1].findtext("Token") or ""


async def test_what_customers_write_is_read_by_cursor_and_page(met: Met) -> None:
    wecom, bot, client = met
    customer = wecom.customer("wm1")
    for text in ("你好", "在吗", "有什么政策"):
        await customer.says(text)
    wecom.kf_api.page, wecom.kf_api.empty_pages = 2, 1

    empty = await client.sync(token_of(bot))
    first = await client.sync(token_of(bot), empty["next_cursor"])
    second = await client.sync(token_of(bot), first["next_cursor"])

    assert (empty["msg_list"], empty["has_more"]) == ([], 1)
    assert [item["text"]["content"] for item in first["msg_list"]] == ["你好", "在吗"]
    assert (first["has_more"], second["has_more"]) == (1, 0)
    assert second["msg_list"][0]["origin"] == 3
    assert wecom.violations == []


async def test_without_a_cursor_three_days_come_again(met: Met) -> None:
    wecom, bot, client = met
    customer = wecom.customer("wm1")
    await customer.says("旧的")
    wecom.clock.advance(4 * 24 * 3600)
    await customer.says("新的")

    answer = await client.sync(token_of(bot))

    assert [item["text"]["content"] for item in answer["msg_list"]] == ["新的"]


async def test_a_token_of_the_callback_lives_ten_minutes(met: Met) -> None:
    wecom, bot, client = met
    await wecom.customer("wm1").says("你好")
    wecom.clock.advance(601)

    answer = await client.sync(token_of(bot))

    assert answer["errcode"] == 95013


async def test_the_sixth_message_fails_until_the_customer_writes_again(met: Met) -> None:
    wecom, _, client = met
    customer = wecom.customer("wm1")
    await customer.says("你好")

    codes = [(await client.say("wm1", f"第{number}条"))["errcode"] for number in range(6)]
    await customer.says("再来")
    again = await client.say("wm1", "好")

    assert codes == [0, 0, 0, 0, 0, 95001]
    assert again["errcode"] == 0
    assert len(customer.inbox) == 6
    assert len(wecom.violations) == 1


async def test_an_id_of_the_bots_own_works_once(met: Met) -> None:
    wecom, _, client = met
    await wecom.customer("wm1").says("你好")

    codes = [(await client.say("wm1", "好", msgid="m-1"))["errcode"] for _ in range(2)]

    assert codes == [0, 95033]
    assert wecom.customer("wm1").inbox.texts == ["好"]
    assert wecom.violations == []


async def test_two_days_later_nothing_can_be_sent(met: Met) -> None:
    wecom, _, client = met
    await wecom.customer("wm1").says("你好")
    wecom.clock.advance(48 * 3600 + 1)

    await client.get_token()
    answer = await client.say("wm1", "好")

    assert answer["errcode"] == 95001
    assert wecom.violations == []


MENU = {"type": "click", "click": {"id": "a_1", "content": "通州区"}}


@pytest.mark.parametrize(
    ("menu", "errcode"),
    [
        pytest.param({"head_content": "选", "list": [MENU]}, 0, id="right"),
        pytest.param({"list": [MENU] * 11}, 40058, id="eleven"),
        pytest.param({"head_content": "政" * 342}, 40058, id="long head"),
        pytest.param({"list": [{"type": "click", "click": {"id": "a#", "content": "x"}}]}, 40058, id="id"),
        pytest.param({"list": [{"type": "click", "click": {"id": "a", "content": "政" * 43}}]}, 40058, id="long label"),
        pytest.param({"lists": []}, 40058, id="unknown field"),
    ],
)
async def test_menus_keep_their_limits(met: Met, menu: dict[str, Any], errcode: int) -> None:
    wecom, _, client = met
    await wecom.customer("wm1").says("你好")
    who = {"touser": "wm1", "open_kfid": wecom.platform.accounts.open_kfid}

    answer = await client.post("kf/send_msg", **who, msgtype="msgmenu", msgmenu=menu)

    assert answer["errcode"] == errcode
    assert bool(wecom.violations) == bool(errcode)


async def test_a_click_on_a_menu_says_its_text_with_its_id(met: Met) -> None:
    wecom, _, client = met
    customer = wecom.customer("wm1")
    await customer.says("你好")
    who = {"touser": "wm1", "open_kfid": wecom.platform.accounts.open_kfid}
    await client.post("kf/send_msg", **who, msgtype="msgmenu", msgmenu={"list": [MENU]})

    item = await customer.clicks_menu("通州区")

    assert item["text"] == {"content": "通州区", "menu_id": "a_1"}


async def test_a_welcome_is_possible_once_within_twenty_seconds(met: Met) -> None:
    wecom, _, client = met
    customer = wecom.customer("wm1")
    event = (await customer.enters())["event"]
    welcome = {"code": event["welcome_code"], "msgtype": "text", "text": {"content": "您好"}}

    first = await client.post("kf/send_msg_on_event", **welcome)
    second = await client.post("kf/send_msg_on_event", **welcome)
    again = (await customer.enters())["event"]
    wecom.clock.advance(49 * 3600)
    late = (await customer.enters())["event"]
    wecom.clock.advance(21)
    await client.get_token()
    expired = await client.post("kf/send_msg_on_event", **{**welcome, "code": late["welcome_code"]})

    assert (first["errcode"], second["errcode"], expired["errcode"]) == (0, 95007, 95007)
    assert "welcome_code" not in again
    assert customer.inbox.texts == ["您好"]


async def test_a_person_takes_over_and_gives_back(met: Met) -> None:
    wecom, bot, client = met
    customer, li = wecom.customer("wm1"), wecom.agent("lisi")
    await customer.says("转人工")
    who = {"open_kfid": wecom.platform.accounts.open_kfid, "external_userid": "wm1"}

    pool = await client.post("kf/service_state/trans", **who, service_state=2)
    await client.post("kf/send_msg_on_event", code=pool["msg_code"], msgtype="text", text={"content": "正在转接"})
    await li.takes(customer)
    state = await client.post("kf/service_state/get", **who)
    unknowing = await client.say("wm1", "机器人还不知道")
    assert (unknowing["errcode"], wecom.violations) == (95018, [])
    await client.sync(token_of(bot))
    silent = await client.say("wm1", "机器人不该说话")
    await li.says(customer, "您好，我是小李")
    await li.ends(customer)
    back = await client.post("kf/service_state/trans", **who, service_state=1)
    answer = await client.sync(token_of(bot))

    assert (state["service_state"], state["servicer_userid"]) == (State.HUMAN, "lisi")
    assert (silent["errcode"], back["errcode"]) == (95018, 95016)
    assert len(wecom.violations) == 1
    assert customer.inbox.texts == ["正在转接", "您好，我是小李"]
    assert [item["origin"] for item in answer["msg_list"]] == [3, 4, 5, 4]
    assert answer["msg_list"][3]["event"]["msg_code"]


@pytest.mark.parametrize(
    ("is_receiving", "is_activated", "errcode"),
    [
        pytest.param(True, True, 0, id="ready"),
        pytest.param(False, True, 95019, id="away"),
        pytest.param(True, False, 95014, id="not activated"),
    ],
)
async def test_a_person_must_be_ready(met: Met, is_receiving: object, is_activated: object, errcode: int) -> None:
    wecom, _, client = met
    li = wecom.agent("lisi")
    li.servicer.is_receiving, li.servicer.is_activated = bool(is_receiving), bool(is_activated)
    await wecom.customer("wm1").says("转人工")
    who = {"open_kfid": wecom.platform.accounts.open_kfid, "external_userid": "wm1"}

    answer = await client.post("kf/service_state/trans", **who, service_state=3, servicer_userid="lisi")

    assert answer["errcode"] == errcode


async def test_a_customer_who_refuses_gets_nothing_and_an_event_tells(met: Met) -> None:
    wecom, bot, client = met
    customer = wecom.customer("wm1")
    await customer.says("你好")
    customer.session.refuses = True

    sent = await client.say("wm1", "好", msgid="m-1")
    async with asyncio.timeout(PATIENCE):
        await bot.has_heard(2)
    answer = await client.sync(token_of(bot))

    assert sent["errcode"] == 0
    assert list(customer.inbox) == []
    assert answer["msg_list"][-1]["event"]["fail_msgid"] == "m-1"


async def test_a_token_of_the_app_does_not_open_customer_service(met: Met) -> None:
    wecom, _, client = met
    await client.get_token(wecom.platform.accounts.secret)

    answer = await client.sync("x")

    assert answer["errcode"] == 48002


async def test_the_bot_hears_when_a_person_stops_receiving(met: Met) -> None:
    wecom, bot, client = met
    wecom.customer("wm1")
    li = wecom.agent("lisi")

    await li.stops()
    await li.starts()
    events = [item["event"] for item in (await client.sync(token_of(bot)))["msg_list"]]

    assert [(event["event_type"], event["status"]) for event in events] == [
        ("servicer_status_change", 2),
        ("servicer_status_change", 1),
    ]
    assert "external_userid" not in events[0]


async def test_each_account_has_a_log_of_its_own(met: Met) -> None:
    wecom, bot, client = met
    await wecom.customer("wm1").says("一")
    await wecom.customer("wm1", "wk2").says("二")

    answer = await client.post("kf/sync_msg", open_kfid="wk2", token=token_of(bot))
    strange = await client.post("kf/sync_msg", open_kfid="wk3", token=token_of(bot))

    assert [item["text"]["content"] for item in answer["msg_list"]] == ["二"]
    assert bot.heard[-1].findtext("OpenKfId") == "wk2"
    assert strange["errcode"] == 95000


async def test_without_token_messages_are_read_twice_a_minute(met: Met) -> None:
    wecom, _, client = met
    body = {"open_kfid": wecom.platform.accounts.open_kfid}

    codes = [(await client.post("kf/sync_msg", **body))["errcode"] for _ in range(3)]

    assert codes == [0, 0, 45009]


async def test_lost_callbacks_leave_several_messages_for_the_next(met: Met) -> None:
    wecom, bot, client = met
    wecom.kf_bell.is_muted = True
    await wecom.customer("wm1").says("一")
    wecom.kf_bell.is_muted = False
    await wecom.customer("wm1").sends_location("北京通州")

    answer = await client.sync(token_of(bot))

    assert len(bot.heard) == 1
    assert [item["msgtype"] for item in answer["msg_list"]] == ["text", "location"]


async def test_a_code_works_only_in_the_state_it_was_given_in(met: Met) -> None:
    wecom, _, client = met
    customer, li = wecom.customer("wm1"), wecom.agent("lisi")
    await customer.says("转人工")
    who = {"open_kfid": wecom.platform.accounts.open_kfid, "external_userid": "wm1"}
    code = (await client.post("kf/service_state/trans", **who, service_state=2))["msg_code"]
    await li.takes(customer)

    late = await client.post("kf/send_msg_on_event", code=code, msgtype="text", text={"content": "正在转接"})

    assert late["errcode"] == 95018
    assert wecom.violations == []
