"""The AI bot by long connection: whole conversations, one owner, and every way in which a connection can go wrong."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wecom.bot_connection import REPLACED
from bot.messages import InboundMessage, Reply
from bot.sessions.base import StoreUnavailable
from bot.sessions.sqlite import SqliteStore
from bot.turns import UNAVAILABLE, Pack, TurnFailed
from tests.channels.wecom.bot_stage import SocketStage, socket_stage
from tests.simulators.base import Clock
from tests.simulators.wecom.bot_replies import Asked

WELCOME = "帮企业看看"


@pytest.fixture
async def stage() -> AsyncIterator[SocketStage]:
    async with socket_stage() as stage:
        yield stage
        assert stage.wecom.violations == []
        assert stage.troubles == []


class BrokenTurns:
    """Fails every time."""

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """Nothing but the sentence of a store that can't be used."""
        del message, pack
        raise TurnFailed(UNAVAILABLE, is_temporary=False)


def deaf_once(stage: SocketStage) -> None:
    """The next answer of the bot is shown, but its acknowledgement is lost with the connection."""
    take = stage.wecom.bot_replies.take

    def take_and_fall_silent(reply: dict[str, Any], asked: Asked, allowed: frozenset[str]) -> None:
        stage.wecom.bot_replies.take = take  # type: ignore[method-assign]
        take(reply, asked, allowed)
        stage.wecom.connection.go_half_open()

    stage.wecom.bot_replies.take = take_and_fall_silent  # type: ignore[method-assign]


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

    await user.clicks("1 都没有")
    markdown, question = await user.inbox.take(2)

    await user.inbox.until(lambda: "已选：都没有" in card.text)
    assert markdown.kind == "markdown"
    assert "没有专精特新类认定" in markdown.text
    assert question.kind == "template_card"


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


async def test_opinion_is_counted(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.says("你好")
    stream, _ = await user.inbox.take(2)

    await user.rates(stream, 1)

    name = 'policybot_ratings_total{channel="wecom_bot",rating="good"}'
    await stage.until(lambda: stage.count(stage.replica, name) == 1)


async def test_messages_of_one_person_are_answered_in_order(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.inbox.take()

    for text in ("通州区", "都没有", "我的资料"):
        await user.says(text)
    await stage.until(lambda: sum(shown.kind == "stream" for shown in user.inbox) == 3)
    await stage.settled()

    streams = [shown.text for shown in user.inbox if shown.kind == "stream"]
    assert "注册地：通州区" in streams[0]
    assert "没有专精特新类认定" in streams[1]
    assert "通州区" in streams[2]


async def test_heartbeat_goes_on(stage: SocketStage) -> None:
    await stage.until(lambda: stage.wecom.connection.line is not None and stage.wecom.connection.line.pings >= 3)


async def test_slow_answer_is_announced_and_comes_in_the_same_stream(stage: SocketStage) -> None:
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


async def test_answer_after_the_end_of_its_stream_is_a_message(stage: SocketStage) -> None:
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


async def test_connection_that_is_cut_is_opened_again(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    for number in range(3):
        stage.wecom.connection.drop()
        await stage.until(lambda: stage.wecom.connection.line is None)
        await stage.until(lambda: stage.wecom.connection.line is not None)
        await user.says(f"你好{number}")
        await stage.until(lambda: sum(shown.kind == "stream" for shown in user.inbox) == number + 1)  # noqa: B023

    assert stage.wecom.connection.subscribed == 4
    assert stage.wecom.connection.lost == []


async def test_half_open_connection_is_found_and_replaced(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    dead = stage.wecom.connection.line

    stage.wecom.connection.go_half_open()
    await stage.until(lambda: stage.wecom.connection.line not in {None, dead})
    await user.says("你好")
    await user.inbox.take(2)

    assert WELCOME in user.inbox[0].text


async def test_platform_that_refuses_connections_is_asked_until_it_takes_one(stage: SocketStage) -> None:
    stage.wecom.connection.refusals = 4
    stage.wecom.connection.drop()

    await stage.until(lambda: stage.wecom.connection.refusals == 0 and stage.wecom.connection.line is not None)


async def test_turn_that_ends_while_there_is_no_connection_is_answered_afterwards(stage: SocketStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    await user.says("你好")
    await stage.until(lambda: stage.replica.turns.taken == 1)

    stage.wecom.connection.refusals = 5
    stage.wecom.connection.drop()
    gate.set()
    await stage.until(lambda: stage.wecom.connection.line is not None and stage.wecom.connection.refusals == 0)
    stage.clock.advance(5)
    await user.inbox.take(2)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]


async def test_answer_whose_acknowledgement_is_lost_is_read_once(stage: SocketStage) -> None:
    user, dead = stage.wecom.bot_user("zhangsan"), stage.wecom.connection.line

    deaf_once(stage)
    await user.says("你好")
    await stage.until(lambda: stage.wecom.connection.line not in {None, dead})
    stage.clock.advance(2)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]
    refused = [line for line in stage.wecom.platform.log if "846608" in line]
    assert len(refused) == 1, "the second try is refused, which is no fault"


async def test_acknowledgement_that_is_late_does_not_double_an_answer(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    stage.wecom.platform.timing.acknowledge = 0.4

    await user.says("你好")
    await asyncio.sleep(0.6)
    stage.wecom.platform.timing.acknowledge = 0.0
    for _ in range(6):
        stage.clock.advance(2)
        await asyncio.sleep(0.03)
    await stage.settled()

    assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_message_delivered_twice_is_answered_once(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    await user.says("你好", message_id="same")
    await user.says("你好", message_id="same")
    await user.inbox.take(2)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]


async def test_more_than_thirty_messages_a_minute_wait_for_their_turn(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    for number in range(20):
        await user.says(f"你好{number}")
        await stage.until(lambda: stage.replica.turns.taken == number + 1)  # noqa: B023
    for _ in range(4):
        stage.clock.advance(61)
        await asyncio.sleep(0.05)
    await stage.settled()

    assert sum(shown.kind == "stream" for shown in user.inbox) == 20


async def test_wrong_secret_is_told_and_tried_seldom() -> None:
    async with socket_stage() as stage:
        accounts = stage.wecom.platform.accounts
        object.__setattr__(accounts, "bot_secret", "another")
        stage.wecom.connection.drop()

        await stage.until(lambda: stage.count(stage.replica, 'policybot_errors_total{kind="wecom_bot_refused"}') >= 2)

        assert stage.wecom.connection.line is None


async def test_foreign_connection_that_takes_our_place_is_left_alone_for_a_while(stage: SocketStage) -> None:
    url = stage.wecom.environment(is_connected=True)["POLICYBOT_WECOM_BOT_URL"]
    accounts = stage.wecom.platform.accounts
    subscribe = {"bot_id": accounts.bot_id, "secret": accounts.bot_secret}

    async with stage.client.ws_connect(url) as other:
        await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "other"}, "body": subscribe})
        await stage.until(lambda: stage.count(stage.replica, 'policybot_errors_total{kind="wecom_bot_replaced"}') == 1)
        await asyncio.sleep(0.2)
        assert stage.wecom.connection.subscribed == 2, "we do not fight"
        assert await stage.store.board.read_note(REPLACED) is not None
    stage.clock.advance(10_000)
    await stage.until(lambda: stage.wecom.connection.subscribed == 3)


async def test_only_one_of_two_replicas_is_connected_and_the_other_takes_over(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now)
    async with socket_stage(store, clock=clock) as stage:
        user = stage.wecom.bot_user("zhangsan")
        await stage.start()
        await asyncio.sleep(0.3)
        assert stage.wecom.connection.subscribed == 1

        await user.says("你好")
        await user.inbox.take(2)
        await stage.replicas.pop(0).stop()
        await stage.until(lambda: stage.wecom.connection.subscribed == 2)
        await stage.until(lambda: stage.wecom.connection.line is not None)
        await user.says("通州区")
        await user.inbox.take(2)

        assert "注册地：通州区" in user.inbox[2].text
        assert stage.wecom.violations == []


async def test_answer_that_was_not_sent_before_the_end_is_sent_by_the_next_owner(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now)
    async with socket_stage(store, clock=clock) as stage:
        user, first = stage.wecom.bot_user("zhangsan"), stage.replica
        first.turns.gate.clear()
        await user.says("你好")
        await stage.until(lambda: first.turns.taken == 1)
        await stage.start()

        stopping = asyncio.create_task(first.stop())
        await stage.until(lambda: stage.wecom.connection.subscribed == 2)
        first.turns.gate.set()
        await stopping
        stage.replicas.remove(first)
        stage.clock.advance(2)
        await user.inbox.take(2)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_end_of_the_process_closes_the_connection_at_once(stage: SocketStage) -> None:
    await stage.replicas.pop(0).stop()

    await stage.until(lambda: stage.wecom.connection.line is None)
    assert await stage.store.board.take_lease("wecom_bot:owner", "another", 1.0)


async def test_owner_that_dies_without_a_word_is_followed_by_the_other(stage: SocketStage) -> None:
    board = stage.store.board
    second = await stage.start()

    async def keep(name: str, holder: str) -> None:
        del name, holder

    drop, board.drop_lease = board.drop_lease, keep  # type: ignore[method-assign]
    await stage.replicas.pop(0).stop()
    board.drop_lease = drop  # type: ignore[method-assign]
    await stage.until(lambda: stage.wecom.connection.subscribed == 2)
    await stage.wecom.bot_user("zhangsan").says("你好")

    await stage.until(lambda: second.turns.taken == 1)


async def test_without_the_store_the_connection_is_given_up_and_taken_again(stage: SocketStage) -> None:
    board = stage.store.board
    take = board.take_lease

    async def fail(name: str, holder: str, seconds: float) -> bool:
        raise StoreUnavailable(f"{name} {holder} {seconds}")

    board.take_lease = fail  # type: ignore[method-assign]
    await stage.until(lambda: stage.wecom.connection.line is None)
    board.take_lease = take  # type: ignore[method-assign]

    await stage.until(lambda: stage.wecom.connection.line is not None)


async def test_answers_come_once_each_whatever_happens_to_the_connection(stage: SocketStage) -> None:
    user, connection, dice = stage.wecom.bot_user("zhangsan"), stage.wecom.connection, random.Random(7)

    for number in range(25):
        await stage.until(lambda: connection.line is not None)
        match dice.choice(["drop", "silence", "close", "lost", "refuse", "none"]):
            case "drop":
                asyncio.get_running_loop().call_later(dice.random() / 50, connection.drop)
            case "silence":
                asyncio.get_running_loop().call_later(dice.random() / 50, connection.go_half_open)
            case "close" if connection.line is not None:
                connection.line.frames_left = dice.randint(1, 3)
            case "lost":
                deaf_once(stage)
            case "refuse":
                connection.refusals = 2
                connection.drop()
                await stage.until(lambda: connection.line is not None and connection.refusals == 0)
        taken = stage.replica.turns.taken
        await user.says(f"你好{number}")
        if connection.lost:  # the platform had nobody to tell it to
            connection.lost.clear()
            continue
        await stage.until(lambda before=taken: stage.replica.turns.taken > before)  # type: ignore[misc]
        stage.clock.advance(60)
    for _ in range(10):
        stage.clock.advance(60)
        await asyncio.sleep(0.03)
    await stage.settled()

    streams = [shown for shown in user.inbox if shown.kind == "stream"]
    assert len(streams) == stage.replica.turns.taken
    assert all(one.is_finished for one in streams)
    assert {shown.kind for shown in user.inbox} == {"stream", "template_card"}
    assert all("已经结束" in one or "task_id 重复" in one for one in stage.wecom.violations), "second tries"
    stage.wecom.violations.clear()


@pytest.mark.parametrize("turn", range(12))
async def test_process_ends_even_if_the_connection_is_lost_at_that_moment(stage: SocketStage, turn: int) -> None:
    replica = stage.replicas.pop(0)
    stage.wecom.connection.drop()
    for _ in range(turn):
        await asyncio.sleep(0)

    async with asyncio.timeout(3):
        await replica.stop()
