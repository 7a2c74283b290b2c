"""Several processes of the app on one store, one after the other and side by side: each reply is sent, and once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.channels.wecom.patience import PatientTurns
from bot.metrics import Metrics
from bot.sessions.base import Store
from tests.channels.wecom.app_stage import Stage, app_stage, build_door, dispatching, served, shipped_turns
from tests.contracts.stores import create_store
from tests.simulators.base import Clock

Keep = Callable[[Clock], Store]


@pytest.fixture(params=["sqlite", "redis"])
def keep(request: pytest.FixtureRequest, tmp_path: Path) -> Keep:
    """Opens the one store once more, as each process does."""
    return lambda clock: create_store(request.param, tmp_path, clock.now)


@asynccontextmanager
async def another(stage: Stage, keep: Keep) -> AsyncIterator[str]:
    """A second process, as far as it matters: a door, a store and a dispatcher of its own on the same file."""
    store, metrics = keep(stage.clock), Metrics()
    await store.open()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        client = await stack.enter_async_context(aiohttp.ClientSession())
        turns = PatientTurns(shipped_turns(store, stage.troubles))
        door = build_door(stage.wecom, store, client, turns, metrics)
        url = await stack.enter_async_context(served(door, metrics))
        await stack.enter_async_context(dispatching(door, store, metrics, stage.clock))
        yield url


async def test_what_was_answered_is_sent_by_the_next_process(keep: Keep) -> None:
    clock = Clock()
    async with app_stage(store=keep(clock), clock=clock) as stage:
        stage.wecom.faults.go_down(86_400)
        await stage.wecom.member("zhangsan").says("亦庄")
        await stage.tried()

    clock.advance(120)
    async with app_stage(store=keep(clock), clock=clock) as stage:
        member = stage.wecom.member("zhangsan")
        await stage.settled()

        assert [shown.kind for shown in member.inbox] == ["text", "template_card"]
        assert stage.wecom.violations == []


async def test_a_process_that_ends_in_mid_send_doubles_nothing(keep: Keep) -> None:
    clock = Clock()
    async with app_stage(store=keep(clock), clock=clock) as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.delay(0.2, 1, "/message/send")
        await member.says("再见")
        async with another(stage, keep):
            await stage.settled()

        assert len(set(member.inbox.texts)) == len(member.inbox)
        assert stage.wecom.violations == []


async def test_one_message_at_two_processes_is_answered_once(keep: Keep) -> None:
    clock = Clock()
    async with app_stage(store=keep(clock), clock=clock) as stage, another(stage, keep) as url:
        member = stage.wecom.member("zhangsan")
        first = await member.says("你好")
        await stage.settled()
        delivery = await member.says("亦庄", message_id=5)
        elsewhere = replace(delivery.envelope, url=f"{url}/wecom/app")

        answers = await asyncio.gather(
            *(stage.wecom.app_door.post(envelope) for envelope in (elsewhere, delivery.envelope) * 4)
        )
        await stage.settled()

        assert first.attempts == ["200"]
        assert {status for status, _ in answers} == {200}
        assert sum("记下了：注册地" in text for text in member.inbox.texts) == 1
        assert len(member.inbox) == 4
        assert stage.wecom.tokens.asked == 1
        assert stage.wecom.violations == []
        assert stage.troubles == []


async def test_a_card_sent_by_one_process_is_answered_by_another(keep: Keep) -> None:
    clock = Clock()
    async with app_stage(store=keep(clock), clock=clock) as stage, another(stage, keep) as url:
        member = stage.wecom.member("zhangsan")
        await member.says("亦庄")
        await member.inbox.take(2)
        stage.wecom.bot_url = url

        await member.clicks("都没有")

        await member.inbox.find("记下了：专精特新梯度")
        assert member.inbox[1].replaced == "都没有"


async def test_many_members_at_two_processes_keep_their_order(keep: Keep) -> None:
    clock = Clock()
    async with app_stage(store=keep(clock), clock=clock) as stage, another(stage, keep) as url:
        members = [stage.wecom.member(f"user{number}") for number in range(12)]
        own = stage.wecom.bot_url
        for number, text in enumerate(("亦庄", "小巨人", "不清楚")):
            stage.wecom.bot_url = (own, url)[number % 2]
            await asyncio.gather(*(member.says(text) for member in members))
        await stage.settled()

        for member in members:
            lines = (line for text in member.inbox.texts for line in text.split("\n"))
            told = [line[:7] for line in lines if line.startswith(("记下了", "首次"))]
            assert told == ["记下了：注册地", "记下了：专精特", "首次数据资产登"]
        assert stage.wecom.violations == []
