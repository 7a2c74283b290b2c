"""Turns of the app that are slow or fail: each is answered in time, and none is lost."""

import asyncio

import pytest

from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.sessions.base import StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.memory_sending import MemoryBoard
from bot.turns import UNAVAILABLE, Pack, TurnFailed
from tests.channels.wecom.app_stage import app_stage, shipped_turns
from tests.simulators.base import Clock
from tests.simulators.wecom import Timing


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
    timing = Timing(retry_pause=0.05)
    async with app_stage(has_secret=False, store=store, turns=turns, seconds=0.05, clock=clock, timing=timing) as stage:
        member = stage.wecom.member("zhangsan")

        async def open_the_gate() -> None:
            await stage.figured('kind="wecom_not_answered"')
            turns.gate.set()

        delivery, _ = await asyncio.gather(member.says("亦庄"), open_the_gate())

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
    turns = FailingTurns(99, is_temporary=False)
    async with app_stage(has_secret=False, turns=turns) as stage:
        member = stage.wecom.member("zhangsan")
        delivery = await member.enters()
        assert (delivery.attempts, delivery.answer) == (["200"], b"")

        turns.left = 0
        stage.clock.advance(60)
        await member.enters()

        assert member.inbox.texts == ["说了"]


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


class AbsentBoard(MemoryBoard):
    """A board that is away for so many calls."""

    failures = 2

    async def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("away")
        return await super().take_lease(name, holder, seconds)


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_a_store_that_is_away_makes_the_platform_deliver_again(has_secret: bool) -> None:  # noqa: FBT001
    clock = Clock()
    store = MemoryStore(clock.now)
    store.board = AbsentBoard(clock.now)
    async with app_stage(has_secret=has_secret, store=store, clock=clock) as stage:
        member = stage.wecom.member("zhangsan")

        delivery = await member.enters()
        await stage.settled()

        assert delivery.attempts == ["503", "503", "200"]
        assert sum(text.startswith("您好，我是") for text in member.inbox.texts) == 1
        assert stage.wecom.violations == []
