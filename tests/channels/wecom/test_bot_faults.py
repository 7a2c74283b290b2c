"""The AI bot by callback when what comes is wrong or the store fails: no word too many, nothing unhandled."""

from collections.abc import AsyncIterator
from io import BytesIO

import pytest

from bot.turns import UNAVAILABLE
from tests.channels.wecom.bot_stage import BrokenTurns, CallbackStage, callback_stage
from tests.channels.wecom.vectors import WECOM
from tests.simulators.wecom.bot_callbacks import BotCallbacks

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
    async with callback_stage(first_answer=0.4) as stage:
        yield stage
        assert stage.wecom.violations == []


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


async def test_click_that_could_not_be_taken_leaves_the_card_and_says_so() -> None:
    async with callback_stage() as stage:
        user = stage.wecom.bot_user("zhangsan")
        await user.enters()
        await user.says("通州区")
        card = user.inbox[-1]
        await stage.start(BrokenTurns())

        await user.clicks("都没有")
        await user.inbox.find("暂时无法保存")

        assert "都没有" in card.labels
        assert stage.wecom.violations == []


async def test_store_that_fails_is_said_in_the_answer() -> None:
    async with callback_stage(turns=BrokenTurns()) as stage:
        user = stage.wecom.bot_user("zhangsan")

        await user.says("你好")

        assert user.inbox.texts == [UNAVAILABLE]
        assert stage.wecom.violations == []


async def test_only_the_platforms_own_address_is_posted_to(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")
    stage.wecom.platform.url = "http://127.0.0.1:9"

    await user.clicks("都没有")
    await stage.settled()

    dead = [one.why for one in await stage.store.outbox.waiting()]
    assert dead == ["not an address of the platform"]


async def test_deletion_takes_the_pages_with_it(stage: CallbackStage) -> None:
    user = stage.wecom.bot_user("zhangsan")
    await user.enters()
    await user.says("通州区")

    await user.says("删除我的资料")
    await user.says("确定")
    await user.says("我的资料")

    assert "注册地：通州区" not in "".join(user.inbox.texts[-2:])


@pytest.mark.parametrize("is_slow", [False, True], ids=["quick", "slow"])
async def test_click_that_has_no_address_is_answered_on_the_users_word(
    monkeypatch: pytest.MonkeyPatch, *, is_slow: bool
) -> None:
    monkeypatch.setattr(BotCallbacks, "_response_url", lambda *_: "")
    async with callback_stage(first_answer=0.4) as stage:
        user, gate = stage.wecom.bot_user("zhangsan"), stage.replica.turns.gate
        await user.enters()
        await user.says("通州区")
        if is_slow:
            gate.clear()

        await user.clicks("都没有")
        gate.set()
        await user.says("继续")

        assert sum("没有专精特新类认定" in text for text in user.inbox.texts) == 1
        assert stage.wecom.violations == []
