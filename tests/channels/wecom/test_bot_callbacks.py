"""Whole conversations with the AI bot by callback, alone and in groups."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.channels.wecom.bot_stage import CallbackStage, callback_stage


@pytest.fixture
async def stage() -> AsyncIterator[CallbackStage]:
    async with callback_stage() as stage:
        yield stage
        assert stage.wecom.violations == []
        assert stage.troubles == []


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

    await user.says("我们是通州的数据企业，入表300万")

    stream, card = user.inbox
    assert (stream.kind, stream.is_finished, card.kind) == ("stream", True, "template_card")
    assert "300 万元" in stream.text
    assert "1 都没有" in stream.text
    assert "不清楚" in card.labels


async def test_click_changes_the_card_and_its_answer_is_posted(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.says("我们是通州的数据企业，入表300万")
    card = user.inbox[-1]

    await user.clicks("都没有")
    await stage.settled()

    assert "已选：都没有" in card.text
    assert card.labels == ("已收到",)
    assert user.inbox[-1] is not card
    assert "首次" in user.inbox[-1].text
