"""微信客服 when calls fail: no reply is lost, none is doubled."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot import outbox
from bot.sessions.base import StoreUnavailable
from tests.channels.wecom.kf_world import LongWinded, World, living, opened


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with living(turns=LongWinded) as world:
        yield world


async def test_a_platform_that_is_down_for_ten_minutes_gets_everything_afterwards(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await world.texts()

    world.wecom.faults.go_down(600)
    for number in range(3):
        await customer.says(f"乙{number}")
    await asyncio.sleep(0.1)
    silent = list(customer.inbox.unread)
    world.clock.advance(601)
    shown = await world.texts(3)

    assert silent == []
    assert shown == ["heard 乙0", "heard 乙1", "heard 乙2"]


@pytest.mark.parametrize("path", ["send_msg", "sync_msg"])
@pytest.mark.parametrize("fault", ["revoked", "status", "garbled", "closed", "answer lost", "busy", "rate"])
async def test_a_call_that_fails_once_is_made_up_for_and_not_doubled(world: World, path: str, fault: str) -> None:
    customer, faults = world.wecom.customer(), world.wecom.faults
    await customer.says("你好")
    await world.texts()
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
    shown = await world.texts(2)

    assert [text[:5] for text in shown] == ["2-000", "2-001"]


async def test_a_replica_that_dies_in_mid_page_leaves_nothing_undone_and_nothing_done_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "FINISH_SECONDS", 0.01)
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
            shown = await world.texts(2)

    assert [text[:5] for text in shown] == ["2-000", "2-001"]
    assert world.wecom.violations == []


async def test_a_store_that_is_gone_for_a_while_makes_the_page_be_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = world.wecom.customer()
    await customer.says("你好")
    await world.texts()
    failures = iter(range(3))
    commit = world.store.commit

    async def fail(turn: object) -> None:
        if next(failures, None) is not None:
            raise StoreUnavailable("locked")
        await commit(turn)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "commit", fail)
    await customer.says("在吗")

    assert await world.texts() == ["heard 在吗"]


async def test_a_welcome_that_comes_too_late_is_left_to_the_first_message() -> None:
    async with living() as world:
        customer = world.wecom.customer()
        world.wecom.kf_bell.is_muted = True
        await customer.enters()
        world.clock.advance(30)
        world.wecom.kf_bell.is_muted = False

        await customer.says("你好")
        shown = await world.texts()

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
        shown = await world.texts()

    assert "政策小助手" in shown[0]
    assert "记下了：注册地：经开区" in shown[-1]


async def test_what_did_not_reach_the_customer_is_said_so_next_time(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await world.texts()
    await customer.event({"event_type": "msg_send_fail", "fail_msgid": "m1", "fail_type": 6})
    await world.settled()

    await customer.says("乙")
    shown = await world.texts(2)

    assert "再说一遍" in shown[0]
    assert shown[1] == "heard 乙"


@pytest.mark.parametrize("fail_type", [1, 10, 13])
async def test_a_failure_that_more_words_would_not_mend_is_not_spoken_of(world: World, fail_type: int) -> None:
    customer = world.wecom.customer()
    await customer.says("甲")
    await world.texts()
    await customer.event({"event_type": "msg_send_fail", "fail_msgid": "m1", "fail_type": fail_type})

    await customer.says("乙")

    assert await world.texts() == ["heard 乙"]


async def test_notices_in_a_burst_while_the_platform_is_away_fill_no_log() -> None:
    async with opened(turns=LongWinded) as world:
        world.wecom.faults.answer_status(502, 1000, "sync_msg")
        with capture_logs() as logs:
            async with world.running(world.build_door()):
                for _ in range(60):
                    await world.doors[-1].notice("wk0000000001", world.wecom.kf.token())
                    await asyncio.sleep(0.002)

    told = [one["failures"] for one in logs if one["event"] == "wecom_kf_not_read"]
    assert 2 < len(told) < 8
    assert told == [2**number for number in range(len(told))]
