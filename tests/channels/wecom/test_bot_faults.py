"""The AI bot by callback when things go wrong: nothing lost, nothing said twice, nothing unhandled."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest

from bot.messages import InboundMessage, Reply
from bot.sessions.sqlite import SqliteStore
from bot.turns import UNAVAILABLE, Pack, TurnFailed
from tests.channels.wecom.bot_stage import CallbackStage, callback_stage
from tests.channels.wecom.vectors import WECOM
from tests.simulators.base import Clock

WELCOME = "帮企业看看"
BODIES = {
    "empty": b"",
    "text": b"hello",
    "list": b"[]",
    "no field": b"{}",
    "two": b'{"encrypt":"a","encrypt":"b"}',
    "number": b'{"encrypt":1}',
    "deep": b"[" * 60_000,
    "no utf-8": b"\xff\xfe",
    "no base64": '{"encrypt":"密文"}'.encode(),
    "20 MB": b'{"encrypt":"' + b"a" * 20_000_000 + b'"}',
}


@pytest.fixture
async def stage() -> AsyncIterator[CallbackStage]:
    async with callback_stage() as stage:
        yield stage
        assert stage.wecom.violations == []


class BrokenTurns:
    """Fails every time."""

    def __init__(self, *, is_temporary: bool) -> None:
        self._is_temporary = is_temporary

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """Nothing but the sentence of a store that can't be used."""
        del message, pack
        raise TurnFailed(UNAVAILABLE, is_temporary=self._is_temporary)


@pytest.mark.parametrize("name", BODIES)
async def test_body_that_is_no_callback_gets_a_400_without_detail(stage: CallbackStage, name: str) -> None:
    query = WECOM["aibot"]["group_text"]["query"]

    async with stage.client.post(
        f"{stage.wecom.bot_url}/wecom/bot", params=query, data=BytesIO(BODIES[name])
    ) as response:
        answer = response.status, await response.read()

    assert answer == (400, b"")


@pytest.mark.parametrize("change", ["signature", "time", "none"])
async def test_callback_that_is_not_signed_for_now_gets_a_400(stage: CallbackStage, change: str) -> None:
    envelope = stage.wecom.bot_door.seal('{"msgtype":"text"}')
    if change == "signature":
        envelope.query["msg_signature"] = "0" * 40
    if change == "time":
        stage.clock.advance(3600)
    if change == "none":
        envelope.query.clear()

    status, answer = await stage.wecom.bot_door.post(envelope)

    assert (status, answer) == (400, b"")


async def test_verification_that_is_not_the_platforms_gets_a_400(stage: CallbackStage) -> None:
    query = {"msg_signature": "0" * 40, "timestamp": "1", "nonce": "n", "echostr": "abcd"}

    async with stage.client.get(f"{stage.wecom.bot_url}/wecom/bot", params=query) as response:
        assert (response.status, await response.read()) == (400, b"")


async def test_delivery_that_is_repeated_gets_the_same_answer(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()

    for _ in range(3):
        await user.says("通州区", message_id="same")

    streams = [shown.text for shown in user.inbox if shown.kind == "stream"]
    assert len({*streams}) == 1
    assert stage.replica.turns.taken == 4


async def test_slow_answer_is_taken_by_a_poll(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()

    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    gate.set()
    await speaking

    stream, card = user.inbox
    assert "注册地" in stream.text
    assert stream.is_finished
    assert card.kind == "template_card"


async def test_slow_answer_is_taken_once_and_not_posted_after_it(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    gate.set()
    await speaking

    stage.clock.advance(400)
    await stage.settled()

    assert len(user.inbox) == 2
    assert stage.wecom.calls_of("/aibot/response") == []


async def test_answer_that_comes_after_the_polls_is_posted(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")

    stage.clock.advance(350)
    await speaking
    assert "单独发到这里" in user.inbox[0].text
    gate.set()
    stage.clock.advance(30)
    await stage.settled()

    assert len(user.inbox) == 2
    assert "注册地" in user.inbox[1].text


async def test_answer_that_the_platform_stopped_asking_for_is_posted(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    gate.set()

    stage.clock.advance(400)
    await stage.settled()

    assert "注册地" in user.inbox[-1].text
    assert len(stage.wecom.calls_of("/aibot/response")) == 1


@pytest.mark.parametrize("fault", ["errcode", "status", "garble", "close", "down"])
async def test_late_answer_is_posted_when_the_platform_is_well_again(stage: CallbackStage, fault: str) -> None:
    user, gate, faults = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate, stage.wecom.faults
    gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    gate.set()

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
    for _ in range(30):
        stage.clock.advance(60)
        await asyncio.sleep(0.02)
    await stage.settled()

    assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_late_answer_whose_acknowledgement_was_lost_is_read_once(stage: CallbackStage) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    gate.clear()
    speaking = asyncio.create_task(user.says("你好"))
    await user.inbox.find("正在核对")
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    gate.set()
    stage.wecom.faults.lose_answer(path="aibot")

    for _ in range(10):
        stage.clock.advance(60)
        await asyncio.sleep(0.02)
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

    await user.clicks("1 都没有")
    assert "已选：都没有" in card.text
    gate.set()
    await stage.settled()

    answers = [text for text in user.inbox.texts if "没有专精特新类认定" in text]
    assert len(answers) == 1


async def test_click_that_could_not_be_taken_leaves_the_card_and_says_so() -> None:
    async with callback_stage() as stage:
        user = stage.wecom.bot_user("zhangsan")
        await user.enters()
        await user.says("通州区")
        card = user.inbox[-1]
        await stage.start(BrokenTurns(is_temporary=False))

        await user.clicks("1 都没有")
        await user.inbox.find("暂时无法保存")

        assert "1 都没有" in card.labels
        assert stage.wecom.violations == []


async def test_store_that_fails_is_said_in_the_answer() -> None:
    async with callback_stage(turns=BrokenTurns(is_temporary=False)) as stage:
        user = stage.wecom.bot_user("zhangsan")

        await user.says("你好")

        assert user.inbox.texts == [UNAVAILABLE]
        assert stage.wecom.violations == []


async def test_another_replica_answers_the_polls(tmp_path: Path) -> None:
    clock = Clock()
    async with callback_stage(SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now), clock=clock) as stage:
        user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
        gate.clear()
        speaking = asyncio.create_task(user.says("你好"))
        await user.inbox.find("正在核对")

        await stage.start()
        await speaking
        gate.set()
        stage.clock.advance(400)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1
        assert stage.wecom.violations == []


async def test_message_in_work_survives_the_end_of_the_process(tmp_path: Path) -> None:
    clock = Clock()
    async with callback_stage(SqliteStore(tmp_path / "s.db", keep_days=30, clock=clock.now), clock=clock) as stage:
        user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
        gate.clear()
        speaking = asyncio.create_task(user.says("你好"))
        await user.inbox.find("正在核对")
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
        await stage.replicas.pop(0).stop()

        await stage.start()
        stage.clock.advance(400)
        await stage.settled()

        assert sum(WELCOME in text for text in user.inbox.texts) == 1


async def test_only_the_platforms_own_address_is_posted_to(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")
    stage.wecom.platform.url = "http://127.0.0.1:9"

    await user.clicks("1 都没有")
    await stage.settled()

    dead = [one.why for one in await stage.store.outbox.waiting()]
    assert dead == ["not an address of the platform"]


async def test_click_answered_too_late_is_done_and_a_second_one_changes_nothing(
    stage: CallbackStage,
) -> None:
    user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
    await user.enters()
    await user.says("通州区")
    card = user.inbox[-1]
    stage.wecom.platform.timing.answer = 0.1
    gate.clear()

    lost = await user.clicks("1 都没有")
    gate.set()
    stage.wecom.platform.timing.answer = 5.0
    await stage.settled()
    await user.clicks("3 市级专精特新中…", on=card)
    await stage.settled()

    assert lost is not None
    assert lost.is_lost
    assert "这一问已经过去了" in card.text
    assert sum("没有专精特新类认定" in text for text in user.inbox.texts) == 1


async def test_deletion_takes_the_pages_with_it(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")

    await user.says("删除我的资料")
    await user.says("确定")
    await user.says("我的资料")

    assert "注册地：通州区" not in "".join(user.inbox.texts[-2:])
