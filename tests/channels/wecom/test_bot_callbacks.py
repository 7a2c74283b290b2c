"""Whole conversations with the AI bot by callback, alone and in groups."""

from collections.abc import AsyncIterator

import pytest

from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.turns import Pack
from tests.channels.wecom.bot_stage import CallbackStage, callback_stage
from tests.simulators.wecom.inbox import Shown

TIER = "最高是哪一级"


@pytest.fixture
async def stage() -> AsyncIterator[CallbackStage]:
    async with callback_stage() as stage:
        yield stage
        assert stage.wecom.violations == []
        assert stage.troubles == []


class LongTurns:
    """Answers with so many messages of a thousand signs each."""

    def __init__(self, count: int) -> None:
        self.count = count

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The same long reply to everything."""
        texts = [OutboundMessage(f"第{number}段" + "字" * 1000) for number in range(self.count)]
        reply = Reply((OutboundMessage(f"答：{message.text}"), *texts))
        if pack:
            pack(reply)
        return reply


def parts_in(shown: list[Shown]) -> int:
    return sum(one.text.count("段") for one in shown)


async def test_address_is_verified(stage: CallbackStage) -> None:
    await stage.wecom.bot_door.verify()


async def test_welcome_is_a_text_with_the_first_question(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    await user.enters()

    assert [shown.kind for shown in user.inbox] == ["text"]
    assert "政策小助手" in user.inbox[0].text
    assert "注册地" in user.inbox[0].text


async def test_answer_is_a_finished_stream_with_a_card_to_choose_from(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()

    await user.says("通州区")

    stream, card = user.inbox[1:]
    assert (stream.kind, stream.is_finished, card.kind) == ("stream", True, "template_card")
    assert "注册地：通州区" in stream.text
    assert "1 都没有" in stream.text
    assert "不清楚" in card.labels


async def test_conversation_by_clicks_only_comes_to_the_result(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("你好")

    await user.clicks("提交", {"list1": "经开区（亦庄）"})
    await stage.settled()
    for _ in range(25):
        last = user.inbox[-1]
        if "看结果" in last.text or "截至" in last.text or not last.labels:
            break
        label = next((one for one in last.labels if one[-3:] == "不清楚"), last.labels[0])
        await (user.clicks("提交", {"list1": "1"}) if last.labels == ("提交",) else user.clicks(label))
        await stage.settled()
    await user.says("看结果")

    assert any("经开区" in shown.text for shown in user.inbox)
    assert "截至" in next(shown for shown in reversed(user.inbox) if shown.kind == "stream").text


async def test_click_changes_the_card_and_its_answer_is_posted(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")
    card = user.inbox[-1]

    await user.clicks("都没有")
    await stage.settled()

    assert "已选：都没有" in card.text
    assert card.labels == ("已收到",)
    assert user.inbox[-1].kind == "template_card"
    assert "专精特新梯度：没有专精特新类认定" in user.inbox[-1].text


async def test_click_on_a_card_that_was_answered_changes_nothing(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")
    await user.clicks("都没有")
    await stage.settled()
    before = user.inbox.texts

    await user.clicks("已收到")
    await stage.settled()

    assert user.inbox.texts == before


async def test_click_on_an_old_question_answers_nothing_and_puts_the_open_one(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")
    card = user.inbox[-1]
    await user.says("都没有")

    await user.clicks("4 国家级专精特新…", on=card)
    await stage.settled()

    assert "这一问已经过去了" in card.text
    assert "首次办数据资产登记" in user.inbox[-1].text
    await user.says("我的资料")
    assert "小巨人" not in user.inbox[-2].text


async def test_submitting_nothing_is_said_on_the_card(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("你好")

    await user.clicks("提交")

    assert "没有选中任何一项" in user.inbox[-1].text


async def test_voice_is_read_by_its_transcript_and_a_picture_is_not_read(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()

    await user.sends_voice("通州区")
    await user.sends_image()

    assert "注册地：通州区" in user.inbox[1].text
    assert "图片" in user.inbox[3].text


async def test_opinion_is_counted_and_answered_with_nothing(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.says("你好")
    before = user.inbox.texts

    delivery = await user.rates(user.inbox[0], 2, "不对", (3,))

    assert delivery is not None
    assert delivery.answer == b""
    assert user.inbox.texts == before
    assert stage.count(stage.replica, 'policybot_ratings_total{channel="wecom_bot",rating="bad"}') == 1


async def test_group_keeps_the_members_apart_and_shows_nothing_of_a_company(stage: CallbackStage) -> None:
    group = stage.wecom.group()
    zhang, li = group.member("zhangsan"), group.member("lisi")

    await zhang.says("@政策小助手 我们注册在通州区，首次入表，金额 300 万元")
    await li.says("@政策小助手 我们注册在海淀区")
    await zhang.says("@政策小助手 看结果")
    await zhang.says("@政策小助手 我的资料")

    shown = "\n".join(group.inbox.texts)
    assert "300 万" not in shown
    assert "3,000,000" not in shown
    assert "单聊" in shown


async def test_only_who_was_asked_can_answer_a_card_in_a_group(stage: CallbackStage) -> None:
    group = stage.wecom.group()
    zhang, li = group.member("zhangsan"), group.member("lisi")
    await zhang.says("@政策小助手 你好")
    card = group.inbox[-1]

    await li.clicks("提交", {"list1": "海淀区"}, on=card)
    await zhang.clicks("提交", {"list1": "通州区（城市副中心）"}, on=card)
    await stage.settled()

    assert "问提问人的" in str(card.card_for("lisi"))
    assert "已选：通州区" in str(card.card_for("zhangsan"))
    assert "提交" in card.labels, "for the others the card is as it was"
    await zhang.says("@政策小助手 你好")
    assert TIER in "".join(group.inbox.texts[-2:])


async def test_encrypted_ids_are_used_as_they_are(stage: CallbackStage) -> None:
    stage.wecom.platform.has_encrypted_ids = True
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()

    await user.says("通州区")
    await user.clicks("都没有")
    await stage.settled()

    assert "没有专精特新类认定" in user.inbox[-1].text


async def test_markup_that_was_typed_is_no_markup_in_the_answer(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    await user.says("<think>嗯</think><@all> [点这里](https://example.com) 是什么")

    assert "<" not in user.inbox[0].text
    assert "](" not in user.inbox[0].text


async def test_copy_of_the_data_comes_whole(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")

    await user.says("导出我的资料")

    text = "\n".join(user.inbox.texts)
    assert "【贵单位的情况】" in text
    assert '"region": "通州区"' in text


@pytest.mark.parametrize(("count", "pages"), [(4, 1), (10, 2), (33, 6)])
async def test_long_answer_comes_page_by_page_and_whole(count: int, pages: int) -> None:
    async with callback_stage(turns=LongTurns(count)) as stage:
        user = stage.wecom.bot_user("zhangsan")

        await user.says("全部")
        for _ in range(pages - 1):
            assert "回复“继续”" in user.inbox[-1].text
            await user.says("继续")
        texts = user.inbox.texts

        assert parts_in([*user.inbox]) == count
        assert len(texts) == pages
        assert "继续" not in texts[-1]
        assert stage.wecom.violations == []


async def test_page_that_was_delivered_again_is_the_same_page() -> None:
    async with callback_stage(turns=LongTurns(33)) as stage:
        user = stage.wecom.bot_user("zhangsan")
        await user.says("全部")

        await user.says("继续", message_id="again")
        await user.says("继续", message_id="again")
        await user.says("继续")

        _, first, second, third = user.inbox.texts
        assert first == second != third


async def test_another_answer_ends_the_pages() -> None:
    turns = LongTurns(33)
    async with callback_stage(turns=turns) as stage:
        user = stage.wecom.bot_user("zhangsan")
        await user.says("全部")
        turns.count = 1
        await user.says("好的")

        await user.says("继续")

        assert user.inbox.texts[-1].startswith("答：继续")


async def test_word_that_asks_for_more_of_nothing_is_for_the_dialog(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    await user.says("继续")

    assert "注册地" in user.inbox[0].text, "there is no page: the word is for the dialog"
