"""The simulated AI bot by callback: streams, cards, welcomes, feedback and groups."""

import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.simulators.scripted_bot import meet

CARD: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "task_id": "t-1",
    "button_list": [{"text": "通州区", "key": "a"}, {"text": "经开区", "key": "b"}],
}


def stream(content: str, *, finish: bool = True, **more: Any) -> dict[str, Any]:
    return {"msgtype": "stream", "stream": {"id": "S1", "finish": finish, "content": content, **more}}


async def test_a_stream_is_polled_until_it_ends() -> None:
    async with meet() as (wecom, bot):
        texts = iter(["正在查", "正在查……", "可以申报 3 项"])
        bot.on_bot = lambda _: stream(next(texts), finish=len(bot.told) == 3)
        user = wecom.bot_user("zhangsan")

        await user.says("有什么政策")

        assert [(shown.kind, shown.text) for shown in user.inbox] == [("stream", "可以申报 3 项")]
        assert [message["msgtype"] for message in bot.told] == ["text", "stream", "stream"]
        assert len({message["msgid"] for message in bot.told}) == 3
        assert "chatid" not in bot.told[0]
        assert wecom.violations == []


async def test_a_stream_that_never_ends_is_a_violation_after_six_minutes() -> None:
    async with meet() as (wecom, bot):

        def answer(_: dict[str, Any]) -> dict[str, Any]:
            wecom.clock.advance(100)
            return stream("正在查", finish=False)

        bot.on_bot = answer

        await wecom.bot_user("zhangsan").says("有什么政策")

        assert len(bot.told) == 4
        assert "6 分钟" in wecom.violations[0]


async def test_in_a_group_the_bot_hears_only_when_it_is_mentioned() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot = lambda _: stream("好")
        group = wecom.group()

        await group.member("lisi").says("大家好")
        await group.member("zhangsan").says("@政策小助手 有什么政策")

        assert [message["text"]["content"] for message in bot.told] == ["@政策小助手 有什么政策"]
        assert (bot.told[0]["chatid"], bot.told[0]["chattype"]) == ("wrCHAT1", "group")
        assert group.inbox.texts == ["好"]
        assert [shown.text for shown in group.inbox.history] == ["大家好", "@政策小助手 有什么政策", "好"]


async def test_ids_can_be_encrypted() -> None:
    async with meet() as (wecom, bot):
        wecom.platform.has_encrypted_ids = True

        await wecom.bot_user("zhangsan").says("你好")

        assert bot.told[0]["from"]["userid"].startswith("wo")


async def test_a_card_is_clicked_and_updated_for_one_of_a_group() -> None:
    async with meet() as (wecom, bot):
        group = wecom.group()
        zhang = group.member("zhangsan")
        bot.on_bot = lambda _: {"msgtype": "template_card", "template_card": CARD}
        await zhang.says("@政策小助手 你好")
        update = {"response_type": "update_template_card", "userids": ["zhangsan"]}
        bot.on_bot = lambda _: {**update, "template_card": {**CARD, "replace_text": "已选"}}

        await zhang.clicks("经开区")

        event = bot.told[-1]["event"]["template_card_event"]
        assert event == {"card_type": "button_interaction", "event_key": "b", "task_id": "t-1"}
        assert group.inbox[-1].card_for("zhangsan")["replace_text"] == "已选"
        assert "replace_text" not in group.inbox[-1].card_for("lisi")
        assert wecom.violations == []


async def test_a_card_event_is_sent_once_only() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot = lambda _: {"msgtype": "template_card", "template_card": CARD}
        user = wecom.bot_user("zhangsan")
        await user.says("你好")
        bot.on_bot = lambda _: web.Response(status=500)

        delivery = await user.clicks("经开区")

        assert delivery is not None
        assert delivery.attempts == ["500"]


async def test_choices_in_lists_are_submitted() -> None:
    async with meet() as (wecom, bot):
        lists = [
            {
                "question_key": "q1",
                "title": "地区",
                "option_list": [{"id": "a", "text": "通州"}, {"id": "b", "text": "经开"}],
            }
        ]
        card: dict[str, Any] = {"card_type": "multiple_interaction", "main_title": {"title": "选"}, "task_id": "t-2"}
        card |= {"select_list": lists, "submit_button": {"text": "提交", "key": "s"}}
        bot.on_bot = lambda _: {"msgtype": "template_card", "template_card": card}
        user = wecom.bot_user("zhangsan")
        await user.says("你好")
        bot.on_bot = lambda _: None

        await user.clicks("提交", {"地区": "经开"})

        items = bot.told[-1]["event"]["template_card_event"]["selected_items"]["selected_item"]
        assert items == [{"question_key": "q1", "option_ids": {"option_id": ["b"]}}]


async def test_a_welcome_comes_once_a_day() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot = lambda _: {"msgtype": "text", "text": {"content": "欢迎"}}
        user = wecom.bot_user("zhangsan")

        for wait in (0, 60, 24 * 3600):
            wecom.clock.advance(wait)
            await user.enters()

        assert user.inbox.texts == ["欢迎", "欢迎"]
        assert "chattype" not in bot.told[0]


async def test_feedback_is_answered_by_nothing() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot = lambda _: stream("好", feedback={"id": "F1"})
        user = wecom.bot_user("zhangsan")
        await user.says("你好")

        await user.rates(user.inbox[-1], 2, "不对", (2, 4))

        assert bot.told[-1]["event"]["feedback_event"]["inaccurate_reason_list"] == [2, 4]
        assert "不能用 'stream'" in wecom.violations[0]


async def test_a_response_url_works_once() -> None:
    async with meet() as (wecom, bot):
        user = wecom.bot_user("zhangsan")
        await user.says("你好")
        body = json.dumps({"msgtype": "markdown", "markdown": {"content": "**结果**"}}, ensure_ascii=False)

        codes = []
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.post(bot.told[0]["response_url"], data=body.encode()) as response:
                    codes.append((await response.json())["errcode"])

        assert codes == [0, 60140]
        assert user.inbox.texts == ["**结果**"]


LISTS: dict[str, Any] = {
    "card_type": "multiple_interaction",
    "main_title": {"title": "选"},
    "task_id": "t-2",
    "select_list": [{"question_key": "q1", "option_list": [{"id": "a", "text": "通州区（北京城市副中心）"}]}],
    "submit_button": {"text": "提交", "key": "s"},
}
LONG = {"msgtype": "stream", "stream": {"id": "S1", "finish": True, "content": "政" * 6827}}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"msgtype": "text", "text": {"content": "你好"}}, "不能用 'text'"),
    "no id": ({"msgtype": "stream", "stream": {"finish": True, "content": "好"}}, "stream.id"),
    "too long": (LONG, "20481"),
    "unknown field": (stream("好", done=True), "done"),
    "empty": (stream(""), "没有内容"),
    "long title": (
        {"msgtype": "template_card", "template_card": {**CARD, "main_title": {"title": "政" * 27}}},
        "建议不超过 26",
    ),
    "long option": ({"msgtype": "template_card", "template_card": LISTS}, "建议不超过 10"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_answer_is_a_violation(name: str) -> None:
    async with meet() as (wecom, bot):
        answer, complaint = WRONG[name]
        bot.on_bot = lambda _: answer

        await wecom.bot_user("zhangsan").says("你好")

        assert any(complaint in violation for violation in wecom.violations), wecom.violations


async def test_half_a_character_is_a_violation() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot = lambda _: stream("\ud83d")

        await wecom.bot_user("zhangsan").says("你好")

        assert "不是 JSON" in wecom.violations[0]


async def test_another_nonce_is_a_violation() -> None:
    async with meet() as (wecom, bot):
        bot.on_bot, bot.nonce = lambda _: stream("好"), "own"

        await wecom.bot_user("zhangsan").says("你好")

        assert "nonce" in wecom.violations[0]
        assert wecom.bot_user("zhangsan").inbox.texts == []
