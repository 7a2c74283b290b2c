"""The AI bot by long connection: whole conversations, alone and in groups."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.turns import UNAVAILABLE
from tests.channels.wecom.bot_stage import WELCOME, BrokenTurns, SocketStage, socket_stage
from tests.waiting import until


@pytest.fixture
async def hasty() -> AsyncIterator[SocketStage]:
    """A bot that waits long for nothing."""
    async with socket_stage(answer=0.25, first_answer=0.3) as stage:
        yield stage
        assert stage.wecom.violations == []


async def test_welcome_is_a_text(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    await user.enters()
    await user.inbox.take()

    assert [shown.kind for shown in user.inbox] == ["text"]
    assert WELCOME in user.inbox[0].text


async def test_answer_is_a_stream_and_then_a_card(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.inbox.take()

    await user.says("通州区")
    stream, card = await user.inbox.take(2)

    assert (stream.kind, stream.is_finished, card.kind) == ("stream", True, "template_card")
    assert "注册地：通州区" in stream.text


async def test_click_changes_the_card_and_is_answered(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.inbox.take()
    await user.says("通州区")
    _, card = await user.inbox.take(2)

    await user.clicks("都没有")
    [answer] = await user.inbox.take()

    await user.inbox.until(lambda: "已选：都没有" in card.text)
    assert answer.kind == "template_card"
    assert "没有专精特新类认定" in answer.text


async def test_click_in_a_group_is_answered_to_who_clicked(stage: SocketStage) -> None:
    group = stage.wecom.group()
    member = group.member("zhangsan")
    await member.says("@政策小助手 我们注册在通州区")
    _, card = await group.inbox.take(2)

    await member.clicks("都没有")
    await group.inbox.find("答刚才点卡片的同事")

    assert "已选：都没有" in str(card.card_for("zhangsan"))
    assert "已选" not in card.text, "the others don't see what was chosen"


async def test_result_in_a_group_goes_to_the_single_chat_of_who_has_written_there(stage: SocketStage) -> None:
    user, group = stage.wecom.bot_user("zhangsan"), stage.wecom.group()
    member = group.member("zhangsan")
    await user.says("你好")
    await user.inbox.take(2)

    await member.says("@政策小助手 我们注册在通州区，首次入表，金额 300 万元")
    await group.inbox.take(2)
    await member.says("@政策小助手 我的资料")
    await user.inbox.take()

    assert "通州区" in user.inbox[-1].text
    assert "300 万" in user.inbox[-1].text
    assert "300 万" not in "\n".join(group.inbox.texts)


async def test_group_member_who_never_wrote_alone_is_asked_to_come_there(stage: SocketStage) -> None:
    group = stage.wecom.group()
    member = group.member("zhangsan")
    await member.says("@政策小助手 我们注册在通州区")
    await group.inbox.take(2)

    await member.says("@政策小助手 我的资料")
    await group.inbox.take()
    await stage.settled()

    assert "单聊" in "\n".join(group.inbox.texts)
    assert "注册地：通州区" not in "\n".join(group.inbox.texts)


async def test_only_who_was_asked_can_answer_a_card_in_a_group(stage: SocketStage) -> None:
    group = stage.wecom.group()
    zhang, li = group.member("zhangsan"), group.member("lisi")
    await zhang.says("@政策小助手 你好")
    _, card = await group.inbox.take(2)

    await li.clicks("提交", {"list1": "海淀区"}, on=card)
    await group.inbox.until(lambda: "问提问人的" in str(card.card_for("lisi")))

    assert stage.replica.turns.taken == 1
    assert "提交" in card.labels


async def test_encrypted_ids_are_used_as_they_are(stage: SocketStage) -> None:
    stage.wecom.platform.has_encrypted_ids = True
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.inbox.take()
    await user.says("通州区")
    await user.inbox.take(2)

    await user.clicks("都没有")
    await user.inbox.find("没有专精特新类认定")


async def test_opinion_is_counted(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.says("你好")
    stream, _ = await user.inbox.take(2)

    await user.rates(stream, 1)

    name = 'policybot_ratings_total{channel="wecom_bot",rating="good"}'
    await until(lambda: stage.count(stage.replica, name) == 1)


async def test_messages_of_one_person_are_answered_in_order(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.inbox.take()

    for text in ("通州区", "都没有", "我的资料"):
        await user.says(text)
    await until(lambda: sum(shown.kind == "stream" for shown in user.inbox) == 3)
    await stage.settled()

    streams = [shown.text for shown in user.inbox if shown.kind == "stream"]
    assert "注册地：通州区" in streams[0]
    assert "没有专精特新类认定" in streams[1]
    assert "通州区" in streams[2]


async def test_heartbeat_goes_on(stage: SocketStage) -> None:
    await until(lambda: stage.wecom.connection.line is not None and stage.wecom.connection.line.pings >= 3)


async def test_slow_answer_is_announced_and_comes_in_the_same_stream(hasty: SocketStage) -> None:
    stage = hasty
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()

    await user.says("你好")
    await user.inbox.find("正在核对")
    gate.set()
    await user.inbox.find(WELCOME)
    stage.clock.advance(20)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]
    assert user.inbox[0].is_finished


async def test_answer_after_the_end_of_its_stream_is_a_message(hasty: SocketStage) -> None:
    stage = hasty
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    await user.says("你好")
    await user.inbox.find("正在核对")

    stage.clock.advance(700)
    gate.set()
    await user.inbox.find(WELCOME)
    await stage.settled()

    assert sum(WELCOME in text for text in user.inbox.texts) == 1
    stage.wecom.violations.clear()  # the platform refused the stream first


async def test_store_that_fails_is_said() -> None:
    async with socket_stage(turns=BrokenTurns()) as stage:
        user = stage.wecom.bot_user("zhangsan")

        await user.says("你好")
        await user.inbox.take()

        assert user.inbox.texts == [UNAVAILABLE]
        assert stage.wecom.violations == []


async def test_many_people_at_once_are_all_answered(stage: SocketStage) -> None:
    users = [stage.wecom.bot_user(f"user{number}") for number in range(40)]

    await asyncio.gather(*(user.says("你好") for user in users))
    for user in users:
        await user.inbox.take(2)

    assert all(WELCOME in user.inbox.texts[0] for user in users)
