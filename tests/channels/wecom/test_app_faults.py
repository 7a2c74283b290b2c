"""What can go wrong around the self-built app: no reply lost or doubled, nothing unhandled in the log."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import aiohttp
import pytest

from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.sessions.memory import MemoryStore
from bot.turns import UNAVAILABLE, Pack, TurnFailed
from tests.channels.wecom.app_stage import Stage, app_stage, shipped_turns
from tests.simulators.base import Clock
from tests.simulators.wecom import Timing
from tests.simulators.wecom.callbacks import Door, Envelope
from tests.simulators.wecom.crypto import Crypto

SEND = "/cgi-bin/message/send"
HOSTILE = (
    b"",
    b"hello",
    b"<xml/>",
    b"<xml>" * 10_000,
    b"\xff\xfe\x00",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><xml><Encrypt>&a;</Encrypt></xml>",
    b"x" * 60_000,
)


@pytest.fixture(autouse=True)
def nothing_unhandled(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No library says that something was left lying."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record.getMessage() for record in caplog.records] == []


def figure(stage: Stage, line: str) -> bool:
    return line in stage.metrics.render().decode()


async def test_the_address_is_verified_within_its_second() -> None:
    async with app_stage() as stage:
        await stage.wecom.app_door.verify()

        assert stage.wecom.violations == []


async def test_what_waits_while_the_platform_is_down_arrives_once_and_in_order() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("亦庄")
        await stage.settled()
        stage.wecom.faults.go_down(600)
        for text in ("小巨人", "不清楚", "不清楚"):
            await member.says(text)
            await stage.tried()
            stage.clock.advance(180)
        assert len(member.inbox) == 2

        stage.clock.advance(300)
        await stage.settled()

        told = [text.split("\n", 1)[0] for text in member.inbox.texts[2:] if text.startswith(("记下了", "首次"))]
        assert told == [
            "记下了：专精特新梯度：国家级专精特新“小巨人”。",
            "首次数据资产登记先空着，想起来随时说。",
            "首次数据资产入表先空着，想起来随时说。",
        ]
        assert max(Counter(member.inbox.texts).values()) == 1
        assert stage.wecom.violations == []


async def test_a_token_revoked_in_mid_send_is_renewed_and_nothing_is_lost() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("亦庄")
        await member.inbox.take(1)
        stage.wecom.tokens.revoke()
        await stage.settled()
        stage.wecom.tokens.revoke()

        await member.says("小巨人")
        await stage.settled()

        assert len(member.inbox) == 4
        assert stage.wecom.violations == []


async def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_doubled() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.lose_answer(1, SEND)

        await member.says("再见")
        await stage.tried()
        stage.clock.advance(120)
        await stage.settled()

        assert Counter(member.inbox.texts).most_common(1)[0][1] == 1
        assert len(stage.wecom.messages.duplicates) == 1
        assert stage.wecom.violations == []


async def test_the_same_words_twice_are_both_sent() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        for _ in range(3):
            await member.says("再见")
        await stage.settled()

        assert Counter(member.inbox.texts).most_common(1)[0][1] >= 2
        assert stage.wecom.messages.duplicates == []


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_a_message_that_is_delivered_again_is_answered_once(has_secret: bool) -> None:  # noqa: FBT001
    async with app_stage(has_secret=has_secret) as stage:
        member = stage.wecom.member("zhangsan")
        await asyncio.gather(*(member.says("亦庄", message_id=77) for _ in range(5)))
        await stage.settled()

        assert len(set(member.inbox.texts)) == (2 if has_secret else 1)
        assert len(member.inbox) == (2 if has_secret else 5)
        assert stage.wecom.violations == []


async def test_messages_out_of_order_are_all_answered() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("小巨人", message_id=9)
        await member.says("亦庄", message_id=8)
        await member.says("小巨人", message_id=9)
        await stage.settled()
        await member.says("我的资料")
        await stage.settled()

        kept = await member.inbox.find("注册地")
        assert "小巨人" in kept.text
        assert stage.wecom.violations == []


@pytest.mark.parametrize("body", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
async def test_a_hostile_body_gets_400_without_a_word(body: bytes) -> None:
    async with app_stage() as stage, aiohttp.ClientSession() as http:
        response = await http.post(f"{stage.url}/wecom/app?msg_signature=a&timestamp=1&nonce=n", data=body)

        assert response.status == 400
        assert await response.read() == b""


async def test_twenty_megabytes_are_not_even_read() -> None:
    async with app_stage() as stage, aiohttp.ClientSession() as http:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with http.post(f"{stage.url}/wecom/app", data=BytesIO(b"<a>" * 7_000_000)) as response:
                assert response.status == 400
        except aiohttp.ClientError:
            pass  # cut while it was still sending
        assert loop.time() - began < 2

        await stage.wecom.member("zhangsan").says("你好")
        assert stage.wecom.violations == []


async def test_a_body_in_pieces_without_an_end_is_refused() -> None:
    async def pieces() -> object:
        for _ in range(40):
            yield b"x" * 4096

    async with app_stage() as stage, aiohttp.ClientSession() as http:
        try:
            async with http.post(f"{stage.url}/wecom/app", data=pieces()) as response:
                assert response.status == 400
        except aiohttp.ClientError:
            pass


async def posted_by(stage: Stage, crypto: Crypto, message: str) -> int:
    """The status that a callback of this crypto gets."""
    door = Door(stage.wecom.platform, "/wecom/app", crypto, is_json=False)
    try:
        status, _ = await door.post(door.seal(message))
    finally:
        await door.close()
    return status


@pytest.mark.parametrize("part", ["token", "aes_key", "corp_id"])
async def test_another_key_token_or_company_gets_400(part: str) -> None:
    async with app_stage() as stage:
        given = stage.wecom.platform.accounts
        own = {"token": given.token, "aes_key": given.aes_key, "corp_id": given.corp_id}
        other = {**own, part: {"token": "other", "aes_key": "A" * 43, "corp_id": "ww99"}[part]}

        assert await posted_by(stage, Crypto(*other.values()), "<xml/>") == 400
        assert await posted_by(stage, Crypto(*own.values()), "<xml/>") == 200
        assert figure(stage, 'policybot_errors_total{kind="wecom_callback_refused"} 1.0')


async def test_a_clock_that_is_wrong_is_told_to_the_operators(capsys: pytest.CaptureFixture[str]) -> None:
    async with app_stage() as stage:
        envelope = stage.wecom.app_door.seal("<xml/>")
        stage.clock.advance(3600)

        status, _ = await stage.wecom.app_door.post(envelope)

        assert status == 400
        assert "why=clock" in capsys.readouterr().out


async def test_a_captured_callback_that_is_posted_again_does_nothing() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        delivery = await member.says("亦庄")
        await stage.settled()

        for _ in range(3):
            assert (await stage.wecom.app_door.post(delivery.envelope))[0] == 200
        await stage.settled()

        assert len(member.inbox) == 2


async def test_a_query_without_its_parts_is_refused() -> None:
    async with app_stage() as stage:
        envelope = stage.wecom.app_door.seal("<xml/>")
        for name in envelope.query:
            query = {key: value for key, value in envelope.query.items() if key != name}
            status, _ = await stage.wecom.app_door.post(Envelope(envelope.url, query, envelope.body, "text/xml"))
            assert status == 400


async def test_two_hundred_callbacks_in_a_second_are_all_answered_once() -> None:
    async with app_stage() as stage:
        members = [stage.wecom.member(f"user{number}") for number in range(50)]
        loop = asyncio.get_running_loop()
        began = loop.time()

        deliveries = await asyncio.gather(*(member.says("亦庄") for member in members for _ in range(4)))

        assert loop.time() - began < 4
        assert {one for delivery in deliveries for one in delivery.attempts} == {"200"}
        await stage.settled()
        assert all(any("记下了" in text for text in member.inbox.texts) for member in members)
        assert all(sum("记下了：注册地" in text for text in member.inbox.texts) == 1 for member in members)
        assert stage.wecom.violations == []
        assert stage.troubles == []


async def test_a_member_who_can_not_be_reached_is_noticed_though_the_code_is_0() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.messages.unlicensed.add("zhangsan")

        await member.says("你好")
        await stage.settled()

        dead = [one.why for one in await stage.store.outbox.waiting()]
        assert dead
        assert figure(stage, 'kind="wecom_receiver"')


async def test_an_address_that_is_not_trusted_is_told_and_the_reply_waits_for_it() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.platform.is_trusted_ip = False
        await member.says("你好")
        await stage.tried()
        assert figure(stage, 'policybot_errors_total{kind="wecom_config"}')

        stage.wecom.platform.is_trusted_ip = True
        stage.clock.advance(301)
        await stage.settled()

        assert len(member.inbox) == 2


async def test_without_a_callback_address_the_texts_go_on_alone() -> None:
    async with app_stage() as stage:
        stage.wecom.platform.has_callback = False
        member = stage.wecom.member("zhangsan")

        await member.says("亦庄")
        await member.says("小巨人")
        await stage.settled()

        assert [shown.kind for shown in member.inbox] == ["text", "text"]


@pytest.mark.parametrize("code", [45009, 45033, 45035])
async def test_too_many_calls_are_followed_by_a_minute_of_quiet(code: int) -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.fail(code, 1, SEND)
        await member.says("再见")
        await stage.tried()
        stage.clock.advance(50)
        await asyncio.sleep(0.03)
        assert len(member.inbox) == 0

        stage.clock.advance(20)
        await stage.settled()

        assert len(member.inbox) >= 1


async def test_a_wrong_secret_is_told_and_asked_for_rarely() -> None:
    async with app_stage(secret="wrong") as stage:
        for number in range(5):
            await stage.wecom.member(f"user{number}").says("你好")
        await stage.tried()
        await asyncio.sleep(0.03)

        assert stage.wecom.tokens.asked == 1
        assert figure(stage, 'policybot_errors_total{kind="wecom_config"}')


class SlowTurns:
    """Turns of the shipped content that begin when the gate is open."""

    def __init__(self, store: MemoryStore) -> None:
        self.gate = asyncio.Event()
        self._turns = shipped_turns(store, [])

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        await self.gate.wait()
        return await self._turns.handle(message, pack)


async def test_a_slow_turn_is_acknowledged_and_sent_when_it_is_done() -> None:
    clock = Clock()
    store = MemoryStore(clock.now)
    turns = SlowTurns(store)
    async with app_stage(store=store, turns=turns, seconds=0.05, clock=clock) as stage:
        member = stage.wecom.member("zhangsan")
        delivery = await member.says("亦庄")
        assert (delivery.attempts, delivery.answer) == (["200"], b"")
        assert len(member.inbox) == 0

        turns.gate.set()

        await member.inbox.take(2)
        assert stage.wecom.violations == []


async def test_without_a_secret_a_slow_turn_is_answered_when_it_is_delivered_again() -> None:
    clock = Clock()
    store = MemoryStore(clock.now)
    turns = SlowTurns(store)
    timing = Timing(retry_pause=0.02)
    async with app_stage(has_secret=False, store=store, turns=turns, seconds=0.05, clock=clock, timing=timing) as stage:
        member = stage.wecom.member("zhangsan")
        asyncio.get_running_loop().call_later(0.06, turns.gate.set)

        delivery = await member.says("亦庄")

        assert delivery.attempts[0] == "503"
        assert delivery.attempts[-1] == "200"
        assert len(member.inbox) == 1
        assert "记下了：注册地" in member.inbox[0].text


class FailingTurns:
    """Fail so many times, then answer."""

    def __init__(self, failures: int, *, is_temporary: bool = True) -> None:
        self.left = failures
        self.is_temporary = is_temporary

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        if self.left:
            self.left -= 1
            raise TurnFailed(UNAVAILABLE, is_temporary=self.is_temporary)
        reply = Reply((OutboundMessage(f"说了{message.text}"),))
        if pack is not None:
            pack(reply)
        return reply


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_a_turn_that_fails_for_good_is_said_in_the_response(has_secret: bool) -> None:  # noqa: FBT001
    async with app_stage(has_secret=has_secret, turns=FailingTurns(99, is_temporary=False)) as stage:
        member = stage.wecom.member("zhangsan")

        await member.says("亦庄")

        assert member.inbox.texts == [UNAVAILABLE]
        assert stage.wecom.violations == []


async def test_a_store_that_is_away_for_a_moment_is_not_noticed() -> None:
    async with app_stage(has_secret=False, turns=FailingTurns(1)) as stage:
        member = stage.wecom.member("zhangsan")

        await member.says("亦庄")

        assert member.inbox.texts == ["说了亦庄"]


async def test_nothing_is_said_to_who_only_opened_the_chat_of_a_store_that_is_away() -> None:
    async with app_stage(turns=FailingTurns(99, is_temporary=False)) as stage:
        member = stage.wecom.member("zhangsan")

        delivery = await member.enters()

        assert (delivery.attempts, delivery.answer) == (["200"], b"")


async def test_a_click_whose_turn_fails_is_delivered_again_and_the_card_stays() -> None:
    async with app_stage(turns=FailingTurns(99, is_temporary=False)) as stage:
        member = stage.wecom.member("zhangsan")
        card = {"card_type": "button_interaction", "main_title": {"title": "?"}, "task_id": "region@1",
                "button_list": [{"text": "是", "key": "是"}]}  # fmt: skip
        shown = stage.wecom.messages.put_card("zhangsan", card)

        delivery = await member.clicks("是", on=shown)

        assert delivery.attempts == ["503"] * 4
        assert shown.replaced == ""


async def test_the_door_waits_for_its_turns_when_it_stops() -> None:
    clock = Clock()
    store = MemoryStore(clock.now)
    turns = SlowTurns(store)
    async with app_stage(store=store, turns=turns, seconds=0.02, clock=clock) as stage:
        await stage.wecom.member("zhangsan").says("亦庄")
        asyncio.get_running_loop().call_later(0.02, turns.gate.set)

    assert len(await store.outbox.waiting()) == 2
