"""The AI bot by callback when turns are slow or answers are lost: every message answered, once."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.turns import Trouble, TurnHandler
from tests.channels.wecom.bot_stage import WELCOME, CallbackStage, callback_stage
from tests.fakes import Diary, no_attributes
from tests.simulators.base import Clock
from tests.simulators.wecom.bot_users import BotUser
from tests.simulators.wecom.callbacks import Delivery
from tests.waiting import until

Speaking = asyncio.Task[Delivery | None]


@pytest.fixture
async def stage() -> AsyncIterator[CallbackStage]:
    async with callback_stage(first_answer=0.4) as stage:
        yield stage
        assert stage.wecom.violations == []


async def ask_slowly(stage: CallbackStage) -> tuple[BotUser, Speaking]:
    """Somebody who has asked, and is told to wait: the gate is shut."""
    user = stage.wecom.bot_user("zhangsan")
    stage.replica.turns.gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    return user, speaking


async def hang_up(speaking: Speaking) -> None:
    """The platform asks for the answer no more."""
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)


async def test_slow_answer_is_taken_by_a_poll(stage: CallbackStage) -> None:
    user, speaking = await ask_slowly(stage)
    stage.replica.turns.gate.set()
    await speaking

    stream, card = user.inbox
    assert "注册地" in stream.text
    assert stream.is_finished
    assert card.kind == "template_card"


async def test_slow_answer_is_taken_once_and_not_posted_after_it(stage: CallbackStage) -> None:
    user, speaking = await ask_slowly(stage)
    stage.replica.turns.gate.set()
    await speaking

    stage.clock.advance(400)
    await stage.settled()

    assert len(user.inbox) == 2
    assert stage.wecom.calls_of("/aibot/response") == []


async def test_answer_that_comes_after_the_polls_is_posted(stage: CallbackStage) -> None:
    user, speaking = await ask_slowly(stage)

    stage.clock.advance(350)
    await speaking
    assert "单独发到这里" in user.inbox[0].text
    stage.replica.turns.gate.set()
    stage.clock.advance(30)
    await stage.settled()

    assert len(user.inbox) == 2
    assert "注册地" in user.inbox[1].text


async def test_answer_that_the_platform_stopped_asking_for_is_posted(stage: CallbackStage) -> None:
    user, speaking = await ask_slowly(stage)
    await hang_up(speaking)
    stage.replica.turns.gate.set()

    stage.clock.advance(400)
    await stage.settled()

    assert "注册地" in user.inbox[-1].text
    assert len(stage.wecom.calls_of("/aibot/response")) == 1


@pytest.mark.parametrize("fault", ["errcode", "status", "garble", "close", "down"])
async def test_late_answer_is_posted_when_the_platform_is_well_again(stage: CallbackStage, fault: str) -> None:
    user, speaking = await ask_slowly(stage)
    await hang_up(speaking)
    stage.replica.turns.gate.set()

    faults = stage.wecom.faults
    match fault:
        case "errcode":
            faults.fail(-1, 2, "aibot")
        case "status":
            faults.answer_status(count=2, path="aibot")
        case "garble":
            faults.garble(2, "aibot")
        case "close":
            faults.close(2, "aibot")
        case _:
            faults.go_down(600)
    await stage.pass_time(90)
    await stage.settled()

    assert sum(WELCOME in text for text in user.inbox.texts) == 1
    assert stage.count(stage.replica, "policybot_platform_errors_total") > 0, "the operators see it"


async def test_late_answer_whose_acknowledgement_was_lost_is_read_once(stage: CallbackStage) -> None:
    user, speaking = await ask_slowly(stage)
    await hang_up(speaking)
    stage.replica.turns.gate.set()
    stage.wecom.faults.lose_answer(path="aibot")

    await stage.pass_time(40)
    await stage.settled()

    assert sum(WELCOME in text for text in user.inbox.texts) == 1
    assert [one.why for one in await stage.store.outbox.waiting()] == []
    stage.wecom.violations.clear()  # the second try was refused: an address is good for one call


async def test_three_messages_are_in_work_at_once_and_each_is_answered(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()

    speaking = [asyncio.create_task(user.says(text)) for text in ("你好", "帮助", "我的资料")]
    await user.inbox.until(lambda: sum("正在核对" in text for text in user.inbox.texts) == 3)
    gate.set()
    await asyncio.gather(*speaking)

    streams = [shown for shown in user.inbox if shown.kind == "stream"]
    assert len(streams) == 3
    assert all(one.is_finished and "正在核对" not in one.text for one in streams)


async def test_slow_click_closes_its_card_and_is_answered_later(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    await user.enters()
    await user.says("通州区")
    card = user.inbox[-1]
    gate.clear()

    await user.clicks("都没有")
    assert "已选：都没有" in card.text
    gate.set()
    await stage.settled()

    answers = [text for text in user.inbox.texts if "没有专精特新类认定" in text]
    assert len(answers) == 1


async def test_another_replica_answers_the_polls(tmp_path: Path) -> None:
    clock = Clock()
    async with callback_stage(
        SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now), clock=clock, first_answer=0.3
    ) as stage:
        user, speaking = await ask_slowly(stage)

        await stage.start()
        await speaking
        stage.replica.turns.gate.set()
        stage.clock.advance(400)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1
        assert stage.wecom.violations == []


async def test_message_in_work_survives_the_end_of_the_process(tmp_path: Path) -> None:
    clock = Clock()
    async with callback_stage(
        SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now), clock=clock, first_answer=0.3
    ) as stage:
        user, speaking = await ask_slowly(stage)
        await hang_up(speaking)
        await stage.replicas.pop(0).stop()

        await stage.start()
        stage.clock.advance(400)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_click_answered_too_late_is_done_and_a_second_one_changes_nothing(
    stage: CallbackStage,
) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    await user.enters()
    await user.says("通州区")
    card = user.inbox[-1]
    stage.wecom.platform.timing.answer = 0.1
    gate.clear()

    lost = await user.clicks("都没有")
    gate.set()
    stage.wecom.platform.timing.answer = 5.0
    await stage.settled()
    await user.clicks("市级专精特新中小企业", on=card)
    await stage.settled()

    assert lost is not None
    assert lost.is_lost
    assert "这一问已经过去了" in card.text
    assert sum("没有专精特新类认定" in text for text in user.inbox.texts) == 1


async def test_delivery_that_the_platform_repeats_gets_the_answer_of_the_first() -> None:
    async with callback_stage(first_answer=3.0) as stage:
        user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
        stage.wecom.platform.timing.answer = 0.2
        gate.clear()

        speaking = asyncio.create_task(user.says("你好"))
        await asyncio.sleep(0.3)
        stage.wecom.platform.timing.answer = 5.0
        gate.set()
        delivery = await speaking
        stage.clock.advance(400)
        await stage.settled()

        assert delivery is not None
        assert delivery.attempts[0] == "超时"
        assert stage.replica.turns.taken == 1
        assert sum(WELCOME in text for text in user.inbox.texts) == 1
        assert stage.wecom.violations == []


@pytest.mark.parametrize("count", [60])
async def test_many_people_at_once_are_all_answered(count: int) -> None:
    async with callback_stage() as stage:
        users = [stage.wecom.bot_user(f"user{number}") for number in range(count)]

        await asyncio.gather(*(user.says("你好") for user in users))

        assert all(WELCOME in user.inbox.texts[0] for user in users)
        assert stage.wecom.violations == []


async def speak(stage: CallbackStage, number: int, dice: random.Random) -> None:
    """Say something, with the turn held up for a while, and perhaps the line cut in that time."""
    user, turns = stage.wecom.bot_user("zhangsan"), stage.replica.turns
    kind = dice.choice(["quick", "slow", "cut"])
    if kind != "quick":
        turns.gate.clear()
    stage.wecom.platform.timing.fresh_retries = dice.random() < 0.5
    saying = asyncio.create_task(user.says(f"第{number}句"))
    if kind != "quick":
        await until(lambda: f"第{number}句" in turns.heard)
        await asyncio.sleep(dice.random() * 0.3)
    if kind == "cut":
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        await asyncio.sleep(0.02)
    turns.gate.set()
    await asyncio.gather(saying, return_exceptions=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_message_is_answered_once_however_slow_the_turns_are(seed: int) -> None:
    dice, clock, troubles = random.Random(seed), Clock(), list[Trouble]()
    store = MemoryStore(clock.now)
    turns = TurnHandler(store, Diary(), no_attributes, troubles.append)
    async with callback_stage(store, turns, clock, first_answer=0.1, poll=0.05) as stage:
        for number in range(10):
            await speak(stage, number, dice)
            stage.clock.advance(20)
        await stage.pass_time(40)
        await stage.settled()

        texts = stage.wecom.bot_user("zhangsan").inbox.texts
        assert [sum(f"：第{number}句" in text for text in texts) for number in range(10)] == [1] * 10
        assert stage.wecom.violations == []
