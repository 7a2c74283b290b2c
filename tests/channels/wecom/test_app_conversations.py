"""Whole conversations in the self-built app, through the simulated WeCom: nothing lost, doubled or out of the rules."""

import asyncio

import pytest

from bot.channels.wecom.app_answers import NOTHING_CHOSEN
from bot.channels.wecom.app_sender import PASSED_OVER
from tests.channels.wecom.app_stage import Stage, app_stage
from tests.simulators.wecom import Shown
from tests.simulators.wecom.members import Member

TIER = "贵公司现在有效的专精特新类认定"


def cards(member: Member) -> list[Shown]:
    return [shown for shown in member.inbox if shown.kind == "template_card"]


async def placed(stage: Stage, name: str = "zhangsan") -> Member:
    """A member who has said where the company is registered, and has the next question before them."""
    member = stage.wecom.member(name)
    await member.says("我们在亦庄")
    await member.inbox.take(2)
    return member


async def member_answers(member: Member, labels: tuple[str, ...]) -> None:
    """Answer with the newest card, if it can be clicked: several at once, or the first; else in words."""
    if "提交" in labels:
        await member.clicks("提交", {"list1": ("1", "2")})
    elif labels:
        await member.clicks(labels[0])
    else:
        await member.says("20万")


async def test_a_member_clicks_from_the_welcome_to_the_result() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.enters()
        await member.inbox.take(2)
        await member.clicks("提交", {"list1": "经开区（亦庄）"})
        for _ in range(30):
            await stage.settled()
            if "更多" in (labels := cards(member)[-1].labels):
                break
            await member_answers(member, labels)
            stage.clock.advance(10)

        assert cards(member)[0].replaced == "经开区（亦庄）"
        assert "已选 1、2" in [card.replaced for card in cards(member)]
        assert any("第 1 页" in text for text in member.inbox.texts)
        assert stage.wecom.violations == []
        assert stage.troubles == []


async def test_the_options_stand_in_the_text_and_the_question_on_the_card() -> None:
    async with app_stage() as stage:
        member = await placed(stage)

        text, card = member.inbox[0], member.inbox[1]

        assert text.kind == "text"
        assert "1 都没有\n2 创新型中小企业" in text.text
        assert card.body["card_type"] == "button_interaction"
        assert card.text.startswith(TIER)
        assert "specialized_tier@" in card.body["task_id"]


async def test_more_than_six_options_are_chosen_in_lists() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("你好")
        await member.inbox.take(2)

        await member.clicks("提交", {"list2": "大兴区"})

        await member.inbox.find("记下了：注册地：大兴区")
        assert cards(member)[0].replaced == "大兴区"
        await stage.settled()
        assert stage.wecom.violations == []


async def test_a_card_that_is_sent_without_a_choice_asks_again() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("你好")
        await member.inbox.take(2)

        await member.clicks("提交")

        again = await member.inbox.take(2)
        assert cards(member)[0].replaced == NOTHING_CHOSEN
        assert "刚才的问题" in again[0].text
        assert "19 不清楚" in again[0].text


async def test_a_click_on_an_outdated_card_answers_nothing_and_puts_the_open_question() -> None:
    async with app_stage() as stage:
        member = await placed(stage)
        old = cards(member)[0]
        await member.says("小巨人")
        await member.inbox.take(2)

        await member.clicks("都没有", on=old)

        again = await member.inbox.take(2)
        assert old.replaced == PASSED_OVER
        assert "数据资产登记" in again[0].text
        await member.says("我的资料")
        assert "小巨人" in (await member.inbox.take(1))[0].text
        await stage.settled()
        assert stage.wecom.violations == []


async def test_an_older_card_of_the_open_question_is_outdated_as_well() -> None:
    async with app_stage() as stage:
        member = await placed(stage)
        first = cards(member)[0]
        await member.says("今天天气怎么样呀")
        await member.inbox.take(2)

        await member.clicks("都没有", on=first)

        await member.inbox.take(2)
        assert first.replaced == PASSED_OVER


async def test_two_clicks_in_one_second_are_two_messages() -> None:
    async with app_stage() as stage:
        member = await placed(stage)
        card = cards(member)[0]

        await asyncio.gather(member.clicks("都没有", on=card), member.clicks("不清楚", on=card))
        await member.inbox.take(4)
        await stage.settled()

        assert sum("记下了：专精特新" in text for text in member.inbox.texts) <= 1
        assert card.replaced
        assert stage.wecom.violations == []


async def test_a_card_of_somebody_else_is_passed_over() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        foreign = stage.wecom.messages.put_card(
            "zhangsan",
            {"card_type": "button_interaction", "main_title": {"title": "请假"}, "task_id": "leave_1",
             "button_list": [{"text": "同意", "key": "yes"}]},
        )  # fmt: skip

        delivery = await member.clicks("同意", on=foreign)

        assert delivery.attempts == ["200"]
        assert foreign.replaced == ""
        assert await stage.store.outbox.waiting() == ()


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_what_can_not_be_read_is_said(has_secret: bool) -> None:  # noqa: FBT001
    async with app_stage(has_secret=has_secret) as stage:
        member = stage.wecom.member("zhangsan")
        await member.sends_voice()
        assert "麻烦打字" in (await member.inbox.find("语音")).text
        await member.sends_image()
        await member.inbox.find("图片我看不了")
        await member.sends_video()
        await member.inbox.find("视频我看不了")
        await member.sends_link("政策原文")
        await member.inbox.find("链接我打不开")
        await stage.settled()

        assert stage.wecom.violations == []


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_a_place_on_the_map_is_offered_to_be_confirmed(has_secret: bool) -> None:  # noqa: FBT001
    async with app_stage(has_secret=has_secret) as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("你好")
        await member.sends_location("北京市通州区运河东大街57号")
        offered = await member.inbox.find("位置收到了")
        assert "1 通州区" in offered.text

        await member.says("1")

        await member.inbox.find("记下了：注册地：通州区")


async def test_the_chat_is_noticed_once_in_half_a_day() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        for _ in range(3):
            await member.enters()
            stage.clock.advance(60)
        await stage.settled()
        assert sum(text.startswith("您好，我是") for text in member.inbox.texts) == 1

        await member.says("亦庄")
        await stage.settled()
        stage.clock.advance(10 * 86_400)
        count = len(member.inbox)
        await member.enters()
        await stage.settled()

        assert "又见面了" in member.inbox[count].text


async def test_a_menu_entry_says_its_key() -> None:
    async with app_stage() as stage:
        member = await placed(stage)

        await member.clicks_menu("我的资料")

        await member.inbox.find("经开区")


@pytest.mark.parametrize("event", ["subscribe", "unsubscribe", "LOCATION", "view", "batch_job_result", "something_new"])
async def test_other_events_are_acknowledged_without_a_word(event: str) -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")

        delivery = await member.event(event, EventKey="https://example.invalid/")

        assert delivery.attempts == ["200"]
        assert delivery.answer == b""
        assert await stage.store.outbox.waiting() == ()


@pytest.mark.parametrize("event", ["inactive_alert", "close_inactive_agent", "low_active"])
async def test_a_warning_of_the_platform_reaches_the_operators(event: str) -> None:
    async with app_stage() as stage:
        await stage.wecom.member("sys").event(event)

        assert 'policybot_errors_total{kind="wecom_app_warning"} 1.0' in stage.metrics.render().decode()


async def test_events_of_customer_service_are_passed_on() -> None:
    class Intake:
        def __init__(self) -> None:
            self.noticed: list[tuple[str, str]] = []

        async def notice(self, open_kfid: str, token: str) -> None:
            self.noticed.append((open_kfid, token))

    intake = Intake()
    async with app_stage(kf=intake) as stage:
        await stage.wecom.customer("wm1").says("你好")

    assert [open_kfid for open_kfid, _ in intake.noticed] == ["wk0000000001"]


async def test_ids_are_the_same_whatever_the_case_of_their_letters() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("ZhangSan")
        await member.says("我们在亦庄")
        await member.inbox.take(2)
        member.name = "zhangsan"

        await member.says("我的资料")

        await member.inbox.find("经开区")
        assert stage.wecom.violations == []


async def test_a_card_that_was_answered_in_words_is_closed() -> None:
    async with app_stage() as stage:
        member = await placed(stage)

        await member.says("小巨人")
        await stage.settled()
        await member.clicks("不清楚")
        await stage.settled()

        assert [card.replaced for card in cards(member)] == [PASSED_OVER, "不清楚", ""]
        assert stage.wecom.violations == []


async def test_a_card_that_can_not_be_closed_any_more_stays_and_nothing_is_held_up() -> None:
    async with app_stage() as stage:
        member = await placed(stage)
        stage.wecom.faults.fail(60140, 1, "update_template_card")

        await member.says("小巨人")
        await stage.settled()

        assert [card.replaced for card in cards(member)] == ["", ""]
        assert await stage.store.outbox.waiting() == ()
