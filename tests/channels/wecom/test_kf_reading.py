"""微信客服 is read to the end and once: pages, notices, cursors that are lost, replicas, and what is damaged."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from bot.channels.wecom.kf_intake import Pace
from tests.channels.wecom.kf_world import LongWinded, World, living, opened

PLACE = "wecom_kf/place/wk0000000001"


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with living(turns=LongWinded) as world:
        yield world


async def test_pages_are_read_to_the_end_and_empty_ones_passed(world: World) -> None:
    customer = world.wecom.customer()
    world.wecom.kf_api.page, world.wecom.kf_api.empty_pages = 2, 2
    world.wecom.kf_bell.is_muted = True
    for number in range(4):
        await customer.says(f"甲{number}")
    world.wecom.kf_bell.is_muted = False

    await customer.says("乙")
    shown = await world.texts(4)

    assert shown[:4] == [f"heard 甲{number}" for number in range(4)]


async def test_a_notice_that_comes_twice_or_late_changes_nothing(world: World) -> None:
    customer = world.wecom.customer()

    await customer.says("你好")
    shown = await world.texts()
    for _ in range(3):
        await world.wecom.kf_bell.ring()
    await world.settled()

    assert shown == ["heard 你好"]
    assert customer.inbox.unread == []


async def test_a_message_without_a_notice_is_found_by_the_routine() -> None:
    async with opened(turns=LongWinded) as world, world.running(world.build_door(Pace(routine=0.3))):
        customer = world.wecom.customer()
        await customer.says("你好")
        await world.texts()
        world.wecom.kf_bell.is_muted = True
        world.clock.advance(61)

        await customer.says("在吗")

        assert await world.texts() == ["heard 在吗"]


async def test_after_a_start_what_came_meanwhile_is_answered_and_what_was_answered_is_not() -> None:
    async with opened(turns=LongWinded) as world:
        customer = world.wecom.customer()
        async with world.running(world.build_door()):
            await customer.says("先")
            first = await world.texts()
        world.doors.clear()
        await customer.says("后")

        async with world.running(world.build_door()):
            second = await world.texts()

    assert (first, second) == (["heard 先"], ["heard 后"])


async def test_what_is_older_than_ten_minutes_is_passed_over_where_the_place_is_lost(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await world.texts()
    world.clock.advance(1800)
    world.wecom.kf_bell.is_muted = True
    await customer.says("旧的，没有读过")
    world.clock.advance(700)
    await world.store.board.write_note(PLACE, b"damaged", 3600)
    world.wecom.kf_bell.is_muted = False

    await customer.says("新的")

    assert await world.texts() == ["heard 新的"]


async def test_where_the_place_is_lost_what_was_just_answered_is_not_answered_again(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await world.texts()

    await world.store.board.write_note(PLACE, b"damaged", 3600)
    await customer.says("乙")

    assert await world.texts() == ["heard 乙"]


async def test_a_cursor_that_the_platform_does_not_know_is_given_up_without_a_loss() -> None:
    async with opened(turns=LongWinded) as world, world.running(world.build_door()):
        customer = world.wecom.customer()
        await customer.says("甲")
        await world.texts()
        world.clock.advance(3600)
        world.wecom.kf_bell.is_muted = True
        await customer.says("乙")
        world.clock.advance(3600)
        world.wecom.faults.fail(40058, 2, "sync_msg")
        world.wecom.kf_bell.is_muted = False

        await customer.says("丙")

        assert await world.texts(2) == ["heard 乙", "heard 丙"]


async def test_two_replicas_answer_once() -> None:
    async with opened(turns=LongWinded) as world, AsyncExitStack() as stack:
        doors = [world.build_door(), world.build_door()]
        for door in doors:
            await stack.enter_async_context(world.running(door))
        customer = world.wecom.customer()
        for number in range(6):
            world.clock.advance(1)
            await customer.says(f"问{number}")
            await asyncio.gather(*(door.notice("wk0000000001", world.wecom.kf.token()) for door in doors))
            assert await world.texts() == [f"heard 问{number}"]

    assert world.wecom.violations == []


async def test_a_notice_that_comes_while_another_replica_reads_is_not_forgotten() -> None:
    async with opened(turns=LongWinded) as world, world.running(world.build_door()):
        customer = world.wecom.customer()
        assert await world.store.board.take_lease("wecom_kf/reading/wk0000000001", "other", 30)

        await customer.says("你好")
        await asyncio.sleep(0.05)
        unread = len(customer.inbox.unread)
        await world.store.board.drop_lease("wecom_kf/reading/wk0000000001", "other")

        assert unread == 0
        assert await world.texts() == ["heard 你好"]


async def test_damaged_and_unknown_items_are_passed_over(world: World) -> None:
    customer, log = world.wecom.customer(), world.wecom.kf.log
    now = {"send_time": world.wecom.platform.seconds()}
    log += [
        now,
        {"msgid": 5, "msgtype": "text", **now},
        {"msgid": "x1", "msgtype": "text", "origin": 3, **now},
        {"msgid": "x2", "msgtype": "event", "origin": 4, "event": {"event_type": "servicer_status_change"}, **now},
        {"msgid": "x3", "msgtype": "event", "origin": 4, "event": "text", **now},
    ]

    await customer.says("你好")

    assert await world.texts() == ["heard 你好"]


async def test_many_customers_at_once_each_get_their_own_answer(world: World) -> None:
    customers = [world.wecom.customer(f"wm{number}") for number in range(50)]
    world.wecom.kf_bell.is_muted = True
    for customer in customers:
        await customer.says(f"我是{customer.name}")
    world.wecom.kf_bell.is_muted = False

    await world.wecom.kf_bell.ring()
    await world.settled()

    assert [customer.inbox.texts for customer in customers] == [[f"heard 我是{one.name}"] for one in customers]
