"""微信客服 in storms drawn by chance: whatever fails meanwhile, each message is answered once and in order."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.channels.wecom.kf_world import LongWinded, World, opened
from tests.contracts.stores import create_store
from tests.simulators.wecom import State

PATHS = ("send_msg", "sync_msg", "")


def cause_trouble(world: World, chance: Random) -> None:
    faults, path, often = world.wecom.faults, chance.choice(PATHS), chance.randint(1, 3)
    match chance.randrange(8):
        case 0:
            faults.close(often, path)
        case 1:
            faults.lose_answer(often, path)
        case 2:
            faults.answer_status(502, often, path)
        case 3:
            faults.fail(-1, often, path)
        case 4:
            faults.garble(often, path)
        case 5:
            world.wecom.tokens.revoke()
        case 6:
            faults.go_down(chance.uniform(1, 40))
        case _:
            world.wecom.kf_api.empty_pages = often


async def calm(world: World) -> None:
    """Let the platform come up, and time pass until all is sent."""
    world.wecom.faults.come_up()
    world.wecom.kf_bell.is_muted = False
    for _ in range(800):
        if all(one.is_idle for one in world.dispatchers):  # a claim of the outbox must outlast a call
            world.clock.advance(2)
        await world.wecom.kf_bell.ring()
        await asyncio.sleep(0.01)
        if not await world.store.outbox.waiting() and await world.is_read():
            return
    raise AssertionError(await world.store.outbox.waiting())


async def storm(world: World, chance: Random) -> list[str]:
    """What the customer said in it."""
    customer, said = world.wecom.customer(), list[str]()
    world.wecom.kf_api.page = chance.randint(1, 4)
    for number in range(12):
        if chance.random() < 0.6:
            cause_trouble(world, chance)
        world.wecom.kf_bell.is_muted = chance.random() < 0.3
        said.append(f"第{number}句")
        await customer.says(said[-1])
        world.clock.advance(chance.choice((0.2, 1, 2, 3)))
        await asyncio.sleep(chance.choice((0.0, 0.005, 0.02)))
    return said


@pytest.mark.parametrize("seed", range(10))
async def test_every_message_is_answered_once_and_in_order(seed: int) -> None:
    async with opened(turns=LongWinded) as world, AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(world.running(world.build_door()))

        said = await storm(world, Random(seed))
        await calm(world)
        await bring_the_rest(world)

        assert answers(world) == [f"heard {text}" for text in said]
        assert world.wecom.violations == []
        assert world.surprises == []


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
async def test_replicas_that_share_a_store_answer_once(kind: str, tmp_path: Path) -> None:
    async with opened(partial(create_store, kind, tmp_path), LongWinded) as world, AsyncExitStack() as stack:
        other = create_store(kind, tmp_path, world.clock.now)
        await other.open()
        stack.push_async_callback(other.close)
        await stack.enter_async_context(world.running(world.build_door()))
        await stack.enter_async_context(world.running(world.build_door(store=other), other))

        said = await storm(world, Random(99))
        await calm(world)
        await bring_the_rest(world)

        assert answers(world) == [f"heard {text}" for text in said]
        assert world.wecom.violations == []


async def bring_the_rest(world: World) -> None:
    customer = world.wecom.customer()
    while "继续" in customer.inbox.texts[-1]:
        await customer.says("继续")
        await calm(world)


def answers(world: World) -> list[str]:
    """What was answered, without the words that there is more; several answers may stand in one message."""
    shown = (part for text in world.wecom.customer().inbox.texts for part in text.split("\n\n"))
    return [text for text in shown if not text.startswith("后面还有") and text != "heard 继续"]


@pytest.mark.parametrize("seed", range(10))
async def test_what_is_said_to_a_person_is_left_to_the_person(seed: int) -> None:
    chance = Random(seed)
    async with opened(turns=LongWinded) as world, world.running(world.build_door()):
        agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
        to_bot = list[str]()
        world.wecom.kf_api.page = chance.randint(1, 4)
        for number in range(25):
            world.clock.advance(1)
            world.wecom.kf_bell.is_muted = chance.random() < 0.5
            match chance.choice(("says", "says", "says", "takes", "answers", "ends", "calls", "calls")):
                case "says":
                    if customer.session.state not in {State.POOL, State.HUMAN}:
                        to_bot.append(f"第{number}句")
                    await customer.says(f"第{number}句")
                case "calls" if customer.session.state in {State.NEW, State.BOT}:
                    await calm(world)
                    await customer.says("转人工")
                    await calm(world)
                case "takes" if customer.session.state is State.POOL:
                    await agent.takes(customer)
                case "answers" if customer.session.state is State.HUMAN:
                    await agent.says(customer, "我来")
                case "ends" if customer.session.state is State.HUMAN:
                    await agent.ends(customer)
            if chance.random() < 0.5 or not world.wecom.kf_bell.is_muted:
                await calm(world)

        await calm(world)
        await bring_the_rest(world)

        assert heard_of(world) == [f"heard {text}" for text in to_bot]
        assert world.wecom.violations == []


def heard_of(world: World) -> list[str]:
    """The messages of the customer that were answered."""
    return [text for text in answers(world) if text.startswith("heard 第")]
