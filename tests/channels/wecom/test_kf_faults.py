"""微信客服 when things go wrong: no reply is lost, none is doubled, and nothing old is answered again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bot.channels.wecom.kf_intake import Pace
from bot.sessions.base import StoreUnavailable
from tests.channels.wecom.kf_world import LongWinded, World, living, opened

PLACE = "wecom_kf/place/wk0000000001"


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with living(turns=LongWinded) as world:
        yield world


async def texts(world: World, count: int = 1) -> list[str]:
    return [shown.text for shown in await world.answers(world.wecom.customer(), count)]


async def test_pages_are_read_to_the_end_and_empty_ones_passed(world: World) -> None:
    customer = world.wecom.customer()
    world.wecom.kf_api.page, world.wecom.kf_api.empty_pages = 2, 2
    world.wecom.kf_bell.is_muted = True
    for number in range(4):
        await customer.says(f"甲{number}")
    world.wecom.kf_bell.is_muted = False

    await customer.says("乙")
    shown = await texts(world, 4)

    assert shown[:4] == [f"heard 甲{number}" for number in range(4)]


async def test_a_notice_that_comes_twice_or_late_changes_nothing(world: World) -> None:
    customer = world.wecom.customer()

    await customer.says("你好")
    shown = await texts(world)
    for _ in range(3):
        await world.wecom.kf_bell.ring()
    await world.settled()

    assert shown == ["heard 你好"]
    assert customer.inbox.unread == []


async def test_a_message_without_a_notice_is_found_by_the_routine() -> None:
    async with opened(turns=LongWinded) as world, world.running(world.build_door(Pace(routine=0.3))):
        customer = world.wecom.customer()
        await customer.says("你好")
        await texts(world)
        world.wecom.kf_bell.is_muted = True
        world.clock.advance(61)

        await customer.says("在吗")

        assert await texts(world) == ["heard 在吗"]


async def test_after_a_start_what_came_meanwhile_is_answered_and_what_was_answered_is_not() -> None:
    async with opened(turns=LongWinded) as world:
        customer = world.wecom.customer()
        async with world.running(world.build_door()):
            await customer.says("先")
            first = await texts(world)
        world.doors.clear()
        await customer.says("后")

        async with world.running(world.build_door()):
            second = await texts(world)

    assert (first, second) == (["heard 先"], ["heard 后"])


async def test_what_is_older_than_ten_minutes_is_passed_over_where_the_place_is_lost(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await texts(world)
    world.clock.advance(1800)
    world.wecom.kf_bell.is_muted = True
    await customer.says("旧的，没有读过")
    world.clock.advance(700)
    await world.store.board.write_note(PLACE, b"damaged", 3600)
    world.wecom.kf_bell.is_muted = False

    await customer.says("新的")

    assert await texts(world) == ["heard 新的"]


async def test_where_the_place_is_lost_what_was_just_answered_is_not_answered_again(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await texts(world)

    await world.store.board.write_note(PLACE, b"damaged", 3600)
    await customer.says("乙")

    assert await texts(world) == ["heard 乙"]


async def test_a_cursor_that_the_platform_does_not_know_is_given_up_without_a_loss() -> None:
    async with opened(turns=LongWinded) as world, world.running(world.build_door()):
        customer = world.wecom.customer()
        await customer.says("甲")
        await texts(world)
        world.clock.advance(3600)
        world.wecom.kf_bell.is_muted = True
        await customer.says("乙")
        world.clock.advance(3600)
        world.wecom.faults.fail(40058, 2, "sync_msg")
        world.wecom.kf_bell.is_muted = False

        await customer.says("丙")

        assert await texts(world, 2) == ["heard 乙", "heard 丙"]


async def test_a_platform_that_is_down_for_ten_minutes_gets_everything_afterwards(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await texts(world)

    world.wecom.faults.go_down(600)
    for number in range(3):
        await customer.says(f"乙{number}")
    await asyncio.sleep(0.1)
    silent = list(customer.inbox.unread)
    world.clock.advance(601)
    shown = await texts(world, 3)

    assert silent == []
    assert shown == ["heard 乙0", "heard 乙1", "heard 乙2"]


@pytest.mark.parametrize("path", ["send_msg", "sync_msg"])
@pytest.mark.parametrize("fault", ["revoked", "status", "garbled", "closed", "answer lost", "busy", "rate"])
async def test_a_call_that_fails_once_is_made_up_for_and_not_doubled(world: World, path: str, fault: str) -> None:
    customer, faults = world.wecom.customer(), world.wecom.faults
    await customer.says("你好")
    await texts(world)
    match fault:
        case "revoked":
            world.wecom.tokens.revoke()
        case "status":
            faults.answer_status(502, 1, path)
        case "garbled":
            faults.garble(1, path)
        case "closed":
            faults.close(1, path)
        case "answer lost":
            faults.lose_answer(1, path)
        case "busy":
            faults.fail(-1, 2, path)
        case _:
            faults.fail(45009, 1, path)

    await customer.says("2")
    for _ in range(3):
        await asyncio.sleep(0.05)
        world.clock.advance(61)
        if fault == "rate":
            await world.wecom.kf_bell.ring()
    shown = await texts(world, 2)

    assert [text[:5] for text in shown] == ["2-000", "2-001"]


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
            assert await texts(world) == [f"heard 问{number}"]

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
        assert await texts(world) == ["heard 你好"]


async def test_a_replica_that_dies_in_mid_page_leaves_nothing_undone_and_nothing_done_twice() -> None:
    async with opened(turns=LongWinded) as world:
        customer = world.wecom.customer()
        world.wecom.faults.hang(30, 1, "send_msg")
        async with world.running(world.build_door()):
            await customer.says("2")
            await asyncio.sleep(0.1)
        world.doors.clear()
        world.wecom.faults.release()
        world.clock.advance(120)

        async with world.running(world.build_door()):
            shown = await texts(world, 2)

    assert [text[:5] for text in shown] == ["2-000", "2-001"]
    assert world.wecom.violations == []


async def test_a_store_that_is_gone_for_a_while_makes_the_page_be_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = world.wecom.customer()
    await customer.says("你好")
    await texts(world)
    failures = iter(range(3))
    commit = world.store.commit

    async def fail(turn: object) -> None:
        if next(failures, None) is not None:
            raise StoreUnavailable("locked")
        await commit(turn)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "commit", fail)
    await customer.says("在吗")

    assert await texts(world) == ["heard 在吗"]


async def test_a_welcome_that_comes_too_late_is_left_to_the_first_message() -> None:
    async with living() as world:
        customer = world.wecom.customer()
        world.wecom.kf_bell.is_muted = True
        await customer.enters()
        world.clock.advance(30)
        world.wecom.kf_bell.is_muted = False

        await customer.says("你好")
        shown = await texts(world)

    assert "政策小助手" in shown[0]
    assert len(shown) == 1


async def test_a_welcome_whose_code_ran_out_on_the_way_is_said_with_the_first_answer() -> None:
    async with living() as world:
        customer = world.wecom.customer()
        world.wecom.faults.answer_status(500, 1, "send_msg_on_event")
        await customer.enters()
        await asyncio.sleep(0.05)
        world.clock.advance(30)
        await world.settled()

        await customer.says("亦庄")
        shown = await texts(world)

    assert "政策小助手" in shown[0]
    assert "记下了：注册地：经开区" in shown[-1]


async def test_what_did_not_reach_the_customer_is_said_so_next_time(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await texts(world)
    await customer.event({"event_type": "msg_send_fail", "fail_msgid": "m1", "fail_type": 6})
    await world.settled()

    await customer.says("乙")
    shown = await texts(world, 2)

    assert "再说一遍" in shown[0]
    assert shown[1] == "heard 乙"


@pytest.mark.parametrize("fail_type", [1, 10, 13])
async def test_a_failure_that_more_words_would_not_mend_is_not_spoken_of(world: World, fail_type: int) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await texts(world)
    await customer.event({"event_type": "msg_send_fail", "fail_msgid": "m1", "fail_type": fail_type})

    await customer.says("乙")

    assert await texts(world) == ["heard 乙"]


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

    assert await texts(world) == ["heard 你好"]


async def test_many_customers_at_once_each_get_their_own_answer(world: World) -> None:
    customers = [world.wecom.customer(f"wm{number}") for number in range(50)]
    world.wecom.kf_bell.is_muted = True
    for customer in customers:
        await customer.says(f"我是{customer.name}")
    world.wecom.kf_bell.is_muted = False

    await world.wecom.kf_bell.ring()
    await world.settled()

    assert [customer.inbox.texts for customer in customers] == [[f"heard 我是{one.name}"] for one in customers]
