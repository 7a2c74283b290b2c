"""The walk through every door, with a scripted bot at the other end."""

import asyncio
from typing import Any
from xml.etree import ElementTree as ET

import aiohttp

from tests.simulators.scripted_bot import meet, reply_of, text_reply
from tests.simulators.wecom.walk import AGENT, Walk
from tests.simulators.wecom_client import Client

CARD: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "button_list": [{"text": "通州区", "key": "a"}],
}


async def test_an_app_that_answers_passively_is_walked_through() -> None:
    async with meet() as (wecom, bot):
        lines: list[str] = []
        member = wecom.member("zhangsan")

        def answer(message: ET.Element) -> str:
            if message.findtext("Event") == "template_card_event":
                return reply_of(message, "update_button", Button={"ReplaceName": "已选"})
            if message.findtext("Content") == "通州区":
                wecom.messages.put_card("zhangsan", {**CARD, "task_id": "t-1"})
            return text_reply(message, "收到")

        bot.on_app = answer

        await Walk(wecom, lines.append, quiet=0.001).app()

        assert member.inbox.texts.count("收到") == 7
        assert "用户：［点“通州区”］" in lines
        assert "　　　（按钮变成：已选）" in lines
        assert wecom.violations == []


async def test_a_bot_in_a_group_is_walked_through() -> None:
    async with meet() as (wecom, bot):
        lines: list[str] = []

        def answer(message: dict[str, Any]) -> dict[str, Any]:
            if message["msgtype"] == "event":
                card = {**CARD, "task_id": "t-2", "main_title": {"title": "选好了"}, "replace_text": "已选"}
                return {"response_type": "update_template_card", "template_card": card}
            if "通州区" in message["text"]["content"]:
                return {"msgtype": "template_card", "template_card": {**CARD, "task_id": "t-2"}}
            return {"msgtype": "stream", "stream": {"id": message["msgid"], "finish": True, "content": "收到"}}

        bot.on_bot = answer

        await Walk(wecom, lines.append, quiet=0.001).group()

        assert [message.get("chattype") for message in bot.told] == ["group"] * 4
        assert "　　　（按钮变成：已选）" in lines
        assert wecom.violations == []


async def test_customer_service_is_walked_through_to_a_person_and_back() -> None:
    async with meet() as (wecom, bot), aiohttp.ClientSession() as session:
        lines: list[str] = []
        client = Client(wecom, session)
        wecom.agent(AGENT)

        async def serve() -> None:
            """Answer every text of the customer; hand over when asked."""
            done, cursor = 0, ""
            while True:
                await bot.has_heard(done + 1)
                done, token = len(bot.heard), bot.heard[-1].findtext("Token") or ""
                read = await client.sync(token, cursor)
                cursor = read["next_cursor"]
                for item in read["msg_list"]:
                    await answer(item)

        async def answer(item: dict[str, Any]) -> None:
            who = {"open_kfid": wecom.platform.accounts.open_kfid, "external_userid": "wmcustomer1"}
            text: dict[str, Any] = {"msgtype": "text", "text": {"content": "收到"}}
            if code := item.get("event", {}).get("welcome_code"):
                await client.post("kf/send_msg_on_event", code=code, **text)
            elif item["origin"] == 3:
                await client.say("wmcustomer1", "收到")
                if item["text"]["content"] == "转人工":
                    await client.post("kf/service_state/trans", **who, service_state=2)

        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(serve())
            await Walk(wecom, lines.append, quiet=0.01).kf()
            serving.cancel()

        assert "客服：您好，我是客服小李" in lines
        assert lines.count("机器人：收到") == 5
        assert wecom.violations == []
