"""The simulated self-built app: callbacks out, passive replies in, and what members see."""

import asyncio
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from aiohttp import web

from tests.simulators.scripted_bot import meet, reply_of, text_reply
from tests.simulators.wecom.crypto import Crypto

CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "task_id": "t-1",
    "button_list": [{"text": "通州区", "key": "a"}, {"text": "经开区", "key": "b"}],
}


async def test_a_member_says_something_and_reads_the_passive_reply() -> None:
    async with meet() as (wecom, bot):
        bot.on_app = lambda message: text_reply(message, f"你说：{message.findtext('Content')}")
        zhang = wecom.member("zhangsan")

        delivery = await zhang.says("你好 <b> ]]> & 😀")

        assert zhang.inbox.texts == ["你说：你好 <b> ]]> & 😀"]
        assert delivery.attempts == ["200"]
        assert wecom.violations == []


async def test_the_callback_address_is_verified() -> None:
    async with meet() as (wecom, _):
        await wecom.app_door.verify()

        assert wecom.violations == []


async def test_a_slow_verification_is_a_violation() -> None:
    async with meet(verification=0.02) as (wecom, bot):
        bot.delay = 0.1

        await wecom.app_door.verify()

        assert "没有应答" in wecom.violations[0]


async def test_a_callback_can_be_sent_again_as_it_is() -> None:
    async with meet() as (wecom, bot):
        delivery = await wecom.member("zhangsan").says("你好")

        status, _ = await wecom.app_door.post(delivery.envelope)

        assert status == 200
        assert bot.queries[0] == bot.queries[1]


async def test_a_callback_carries_the_fields_of_the_documents() -> None:
    async with meet() as (wecom, bot):
        await wecom.member("zhangsan").enters()
        await wecom.member("zhangsan").sends_location("通州区")

        assert [child.tag for child in bot.heard[0]] == [
            "ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "AgentID",
        ]  # fmt: skip
        assert bot.heard[1].findtext("Label") == "通州区"
        assert (bot.heard[1].findtext("MsgId") or "").isdigit()


@pytest.mark.parametrize("nonces", [4, 1])
async def test_a_failed_callback_is_sent_three_times_more(nonces: int) -> None:
    async with meet(fresh_retries=nonces > 1) as (wecom, bot):
        bot.on_app = lambda _: web.Response(status=500)

        delivery = await wecom.member("zhangsan").says("你好")

        assert delivery.attempts == ["500"] * 4
        assert delivery.is_lost
        assert len({query["nonce"] for query in bot.queries}) == nonces
        assert len({message.findtext("MsgId") for message in bot.heard}) == 1


async def test_a_slow_callback_is_cut_and_sent_again() -> None:
    async with meet(answer=0.03, retries=1) as (wecom, bot):
        bot.delay = 0.2

        delivery = await wecom.member("zhangsan").says("你好")

        assert delivery.attempts == ["超时", "超时"]


Script = Callable[[ET.Element], str]
WRONG: dict[str, tuple[Script, str]] = {
    "no type": (lambda _: "<xml><a>1</a></xml>", "没有 ''"),
    "no xml": (lambda _: "not xml", "被动回复的包不对"),
    "empty": (lambda message: text_reply(message, ""), "空"),
    "too long": (lambda message: text_reply(message, "政" * 683), "2049"),
    "no card event": (
        lambda message: reply_of(message, "update_button", Button={"ReplaceName": "好"}),
        "update_button",
    ),
    "no such type": (lambda message: reply_of(message, "markdown"), "没有 'markdown'"),
    "not swapped": (lambda message: text_reply(message, "a").replace("zhangsan", "lisi"), "对调"),
    "no signature": (lambda message: text_reply(message, "a"), "签名"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_passive_reply_is_a_violation(name: str) -> None:
    async with meet() as (wecom, bot):
        bot.on_app, complaint = WRONG[name]
        if name == "no signature":
            bot.app_crypto = Crypto("another", wecom.platform.accounts.aes_key, wecom.platform.accounts.corp_id)
            bot.app_crypto.check = lambda *_: None  # type: ignore[method-assign]

        await wecom.member("zhangsan").says("你好")

        assert any(complaint in violation for violation in wecom.violations), wecom.violations
        assert wecom.member("zhangsan").inbox.texts in ([], [""], ["政" * 682])


async def test_the_platform_itself_sends_events() -> None:
    async with meet() as (wecom, bot):
        await wecom.system_event("inactive_alert")

        assert bot.heard[0].findtext("FromUserName") == "sys"
        assert bot.heard[0].findtext("Event") == "inactive_alert"


async def test_an_injected_element_is_noticed() -> None:
    async with meet() as (wecom, bot):
        unsafe = "<Content><![CDATA[a]]></Content><MsgType><![CDATA[image]]></MsgType><Content><![CDATA[b]]></Content>"
        bot.on_app = lambda message: text_reply(message, "x").replace("<Content><![CDATA[x]]></Content>", unsafe)

        await wecom.member("zhangsan").says("你好")

        assert len(wecom.violations) == 1


async def test_a_click_can_be_answered_by_grey_buttons_or_another_card() -> None:
    async with meet() as (wecom, bot):
        zhang = wecom.member("zhangsan")
        wecom.messages.put_card("zhangsan", CARD)
        bot.on_app = lambda message: reply_of(message, "update_button", Button={"ReplaceName": "已选"})

        await zhang.clicks("通州区")

        event = bot.heard[-1]
        assert [event.findtext(tag) for tag in ("Event", "EventKey", "TaskId", "CardType")] == [
            "template_card_event", "a", "t-1", "button_interaction",
        ]  # fmt: skip
        assert zhang.inbox[-1].replaced == "已选"
        assert zhang.inbox[-1].labels == ()
        assert wecom.violations == []


async def test_a_card_in_xml_is_read_like_one_in_json() -> None:
    async with meet() as (wecom, bot):
        zhang = wecom.member("zhangsan")
        wecom.messages.put_card("zhangsan", CARD)
        card = {
            "CardType": "button_interaction",
            "MainTitle": {"Title": "注册在通州区"},
            "ButtonList": [{"Text": "改", "Style": 1, "Key": "c"}],
            "HorizontalContentList": {"KeyName": "地区", "Value": "通州"},
            "ReplaceText": "已选",
        }
        bot.on_app = lambda message: reply_of(message, "update_template_card", TemplateCard=card)

        await zhang.clicks("经开区")

        assert zhang.inbox[-1].text == "注册在通州区\n地区：通州"
        assert zhang.inbox[-1].replaced == "已选"
        assert wecom.violations == []


async def test_many_members_are_served_at_once() -> None:
    async with meet() as (wecom, bot):
        bot.on_app = lambda message: text_reply(message, f"{message.findtext('FromUserName')} 好")
        members = [wecom.member(f"user{number}") for number in range(200)]

        deliveries = await asyncio.gather(*(member.says("你好") for member in members))

        assert {delivery.attempts[-1] for delivery in deliveries} == {"200"}
        assert all(member.inbox.texts == [f"{member.name} 好"] for member in members)
        assert len({query["nonce"] for query in bot.queries}) == 200
