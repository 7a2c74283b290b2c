"""The AI bot's long connection when it is cut, silent, slow or refused: nothing lost, nothing said twice."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.channels.wecom.bot_stage import WELCOME, SocketStage, socket_stage
from tests.simulators.base import PATIENCE
from tests.simulators.wecom.bot_replies import Asked
from tests.waiting import until


@pytest.fixture
async def hasty() -> AsyncIterator[SocketStage]:
    """A bot that waits long for nothing."""
    async with socket_stage(answer=0.5, first_answer=0.3) as stage:
        yield stage
        assert stage.wecom.violations == []


def deaf_once(stage: SocketStage) -> None:
    """The next answer of the bot is shown, but its acknowledgement is lost with the connection."""
    take = stage.wecom.bot_replies.take

    def take_and_fall_silent(reply: dict[str, Any], asked: Asked, allowed: frozenset[str]) -> None:
        stage.wecom.bot_replies.take = take  # type: ignore[method-assign]
        take(reply, asked, allowed)
        stage.wecom.connection.go_half_open()

    stage.wecom.bot_replies.take = take_and_fall_silent  # type: ignore[method-assign]


async def test_connection_that_is_cut_is_opened_again(stage: SocketStage) -> None:
    user = stage.wecom.bot_user("zhangsan")

    for number in range(3):
        stage.wecom.connection.drop()
        await until(lambda: stage.wecom.connection.line is None)
        await until(lambda: stage.wecom.connection.line is not None)
        await user.says(f"你好{number}")
        await until(lambda: sum(shown.kind == "stream" for shown in user.inbox) == number + 1)  # noqa: B023
        await stage.settled()

    assert stage.wecom.connection.subscribed == 4
    assert stage.wecom.connection.lost == []


async def test_half_open_connection_is_found_and_replaced(hasty: SocketStage) -> None:
    stage = hasty
    user = stage.wecom.bot_user("zhangsan")
    dead = stage.wecom.connection.line

    stage.wecom.connection.go_half_open()
    await until(lambda: stage.wecom.connection.line not in {None, dead})
    await user.says("你好")
    await user.inbox.take(2)

    assert WELCOME in user.inbox[0].text


async def test_platform_that_refuses_connections_is_asked_until_it_takes_one(stage: SocketStage) -> None:
    stage.wecom.connection.refusals = 4
    stage.wecom.connection.drop()

    await until(lambda: stage.wecom.connection.refusals == 0 and stage.wecom.connection.line is not None)


async def test_turn_that_ends_while_there_is_no_connection_is_answered_afterwards(stage: SocketStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    await user.says("你好")
    await until(lambda: stage.replica.turns.taken == 1)

    stage.wecom.connection.refusals = 5
    stage.wecom.connection.drop()
    gate.set()
    await until(lambda: stage.wecom.connection.line is not None and stage.wecom.connection.refusals == 0)
    stage.clock.advance(5)
    await user.inbox.take(2)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]


async def test_answer_whose_acknowledgement_is_lost_is_read_once(hasty: SocketStage) -> None:
    stage = hasty
    user, dead = stage.wecom.bot_user("zhangsan"), stage.wecom.connection.line

    deaf_once(stage)
    await user.says("你好")
    await until(lambda: stage.wecom.connection.line not in {None, dead})
    stage.clock.advance(2)
    await stage.settled()

    assert [shown.kind for shown in user.inbox] == ["stream", "template_card"]
    refused = [line for line in stage.wecom.platform.log if "846608" in line]
    assert len(refused) == 1, "the second try is refused, which is no fault"


async def test_acknowledgement_that_is_late_does_not_double_an_answer(hasty: SocketStage) -> None:
    stage = hasty
    user = stage.wecom.bot_user("zhangsan")
    stage.wecom.platform.timing.acknowledge = 0.8

    await user.says("你好")
    await asyncio.sleep(1.0)
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
        await until(lambda: stage.replica.turns.taken == number + 1)  # noqa: B023
    for _ in range(12):
        stage.clock.advance(15)  # less than a claim of the outbox lasts: what is under way stays so
        await asyncio.sleep(0.08)
    await stage.settled()

    assert sum(shown.kind == "stream" for shown in user.inbox) == 20


async def spoil(stage: SocketStage, dice: random.Random) -> None:
    """Something happens to the connection, now or in a moment."""
    connection, loop = stage.wecom.connection, asyncio.get_running_loop()
    match dice.choice(["drop", "silence", "close", "unheard", "refuse", "nothing"]):
        case "drop":
            loop.call_later(dice.random() / 50, connection.drop)
        case "silence":
            loop.call_later(dice.random() / 50, connection.go_half_open)
        case "close" if connection.line is not None:
            connection.line.frames_left = dice.randint(1, 3)
        case "unheard":
            deaf_once(stage)
        case "refuse":
            connection.refusals = 2
            connection.drop()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_answers_come_once_each_whatever_happens_to_the_connection(hasty: SocketStage, seed: int) -> None:
    stage = hasty
    user, dice = stage.wecom.bot_user("zhangsan"), random.Random(seed)

    for number in range(12):
        await until(lambda: stage.wecom.connection.line is not None)
        await spoil(stage, dice)
        await user.says(f"你好{number}")
        await asyncio.sleep(0.05)
        stage.clock.advance(8)  # a bot may subscribe so often a minute only
    for _ in range(300):
        if not await stage.store.outbox.waiting():
            break
        stage.clock.advance(1.5)
        await asyncio.sleep(0.02)

    streams = [shown for shown in user.inbox if shown.kind == "stream"]
    assert len(streams) == stage.replica.turns.taken > 0, "what no connection took, nobody can answer"
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

    async with asyncio.timeout(PATIENCE):
        await replica.stop()
