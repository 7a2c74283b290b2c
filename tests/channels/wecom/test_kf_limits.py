"""微信客服 allows five messages for each of the customer's: what is more waits, is said to wait, and is not lost."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.channels.wecom.kf_world import LongWinded, World, ask, living, opened
from tests.simulators.wecom.customers import Customer

MORE = "回复“继续”接着看"


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with living(turns=LongWinded) as world:
        yield world


async def several_at_once(world: World, customer: Customer, *texts: str) -> list[str]:
    world.clock.advance(5)
    world.wecom.kf_bell.is_muted = True
    for text in texts[:-1]:
        await customer.says(text)
    world.wecom.kf_bell.is_muted = False
    await customer.says(texts[-1])
    return [shown.text for shown in await world.answers(customer)]


async def test_a_long_reply_ends_with_the_word_that_there_is_more(world: World) -> None:
    shown = await ask(world, world.wecom.customer(), "10")

    assert [text[:6] for text in shown] == [f"10-{n:03}" for n in range(4)]
    assert [MORE in text for text in shown] == [False, False, False, True]


async def test_the_rest_comes_when_it_is_asked_for_until_all_is_told(world: World) -> None:
    customer = world.wecom.customer()
    shown = await ask(world, customer, "10")

    shown += await ask(world, customer, "继续")
    shown += await ask(world, customer, "更多吧")
    nothing_left = await ask(world, customer, "继续")

    assert [text[:6] for text in shown] == [f"10-{n:03}" for n in range(10)]
    assert [n for n, text in enumerate(shown) if MORE in text] == [3, 7]
    assert nothing_left == ["heard 继续"]


async def test_who_asks_something_else_is_not_given_the_rest_of_before(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "10")

    shown = await ask(world, customer, "你好")
    after = await ask(world, customer, "继续")

    assert shown == ["heard 你好"]
    assert after == ["heard 继续"]


async def test_four_messages_fit_without_a_word(world: World) -> None:
    shown = await ask(world, world.wecom.customer(), "4")

    assert len(shown) == 4
    assert MORE not in "".join(shown)


async def test_answers_to_several_messages_at_once_that_do_not_fit_are_announced_and_not_lost(world: World) -> None:
    customer = world.wecom.customer()

    shown = await several_at_once(world, customer, "3", "2", "2")
    after = await ask(world, customer, "继续")

    assert [text[:5] for text in shown] == ["3-000", "3-001", "3-002", "2-000", "后面还有，"]
    assert MORE in shown[3]
    assert [text[:5] for text in after] == ["2-001", "2-000", "2-001"]


async def test_short_answers_that_had_to_wait_come_in_one_message(world: World) -> None:
    customer = world.wecom.customer()

    shown = await several_at_once(world, customer, *(f"问{number}" for number in range(9)))
    after = await ask(world, customer, "你好")

    assert shown[:4] == [f"heard 问{number}" for number in range(4)]
    assert MORE in shown[4]
    assert after == ["\n\n".join(f"heard 问{number}" for number in range(4, 9)), "heard 你好"]


async def test_an_answer_that_nobody_saw_goes_ahead_of_the_next_one(world: World) -> None:
    customer = world.wecom.customer()
    shown = await several_at_once(world, customer, "4", "2")

    after = await ask(world, customer, "你好")

    assert shown[4].startswith("后面还有")
    assert [text[:5] for text in after] == ["2-000", "2-001", "heard"]


async def test_the_customers_next_message_makes_room_again(world: World) -> None:
    customer = world.wecom.customer()

    for _ in range(5):
        assert len(await ask(world, customer, "3")) == 3


@pytest.mark.parametrize("ahead", [-300.0, 300.0], ids=["behind", "ahead"])
async def test_a_clock_that_is_wrong_spoils_neither_the_count_nor_the_welcome(ahead: float) -> None:
    async with opened(turns=LongWinded) as world:
        world.ahead = ahead
        async with world.running(world.build_door()):
            customer = world.wecom.customer()
            for number in range(12):
                [shown] = await ask(world, customer, f"问{number}")
                assert shown == f"heard 问{number}"
            other = world.wecom.customer("wm2")
            await other.enters()
            [welcome] = await world.answers(other)

    assert welcome.text == "heard "
    assert world.wecom.violations == []
