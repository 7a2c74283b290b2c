"""Stream mode when things go wrong: nothing is lost that is delivered again, nothing is answered twice."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.dingtalk.stream import Pace, wait_after
from bot.outbox import FINISH_SECONDS
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from tests.channels.dingtalk.echoing import FullStore, echoing
from tests.channels.dingtalk.running import QUICK, QUICK_PACE, WATCHFUL, Running, running
from tests.simulators.dingtalk import DingTalk, HandClock, Mode, Raw
from tests.simulators.dingtalk.gateway import CONNECT_PATH, OPEN_PATH
from tests.waiting import until

MESSAGE = "/robot/sendBySession"


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as platform:
        yield platform


@pytest.fixture
async def bot(dingtalk: DingTalk) -> AsyncIterator[Running]:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store)) as run:
        yield run
    assert dingtalk.violations == []


async def answered(dingtalk: DingTalk, bot: Running, *texts: str) -> Counter[str]:
    """What each person was answered, once nothing waits any more."""
    await until(lambda: not dingtalk.streams.unacknowledged)
    await bot.settles()
    replies = Counter(message.text for chat in dingtalk.platform.chats.values() for message in chat.replies)
    assert set(replies) >= set(texts)
    return replies


async def test_a_frame_that_comes_again_is_acknowledged_again_and_answered_once(
    dingtalk: DingTalk, bot: Running
) -> None:
    delivery = await dingtalk.member("0147").says("甲")
    assert delivery
    for renewed in (False, True):
        await dingtalk.streams.deliver(delivery, renewed=renewed)

    assert await answered(dingtalk, bot) == {"1：甲": 1}
    assert delivery.attempts == 3


@pytest.mark.parametrize("fault", ["slow", "silent", "refusing", "page", "hanging up", "ticket", "silent socket"])
async def test_a_gateway_in_trouble_is_asked_again_until_it_opens(fault: str) -> None:
    store, pace = MemoryStore(), replace(QUICK_PACE, call=0.2 if "silent" in fault else 10.0)
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as dingtalk:
        match fault:
            case "slow":
                dingtalk.faults.delay(OPEN_PATH, 0.2)
            case "silent":
                dingtalk.faults.hang(OPEN_PATH, 2)
            case "silent socket":
                dingtalk.faults.hang(CONNECT_PATH, 2)
            case "refusing":
                dingtalk.faults.fail(OPEN_PATH, 3, status=403)
            case "page":
                dingtalk.faults.fail(OPEN_PATH, 3, status=502, body="<html>bad gateway</html>")
            case "hanging up":
                dingtalk.faults.cut(OPEN_PATH, 3)
            case _:
                dingtalk.faults.fail(CONNECT_PATH, 3, status=401)

        async with running(dingtalk, store, turns=echoing(store), pace=pace) as bot:
            await dingtalk.member("0147").says("甲")

            assert await answered(dingtalk, bot) == {"1：甲": 1}
        assert dingtalk.violations == []
        assert ("policybot_platform_codes_total{" in bot.metrics.render().decode()) is (fault != "slow")


async def test_a_connection_that_is_asked_to_leave_acknowledges_and_comes_back_with_a_new_ticket(
    dingtalk: DingTalk, bot: Running
) -> None:
    assert await dingtalk.streams.disconnect()
    await dingtalk.member("0147").says("甲")

    assert await answered(dingtalk, bot) == {"1：甲": 1}
    assert len(dingtalk.calls(OPEN_PATH)) == 2


async def test_an_operator_sees_whether_there_is_a_connection(dingtalk: DingTalk, bot: Running) -> None:
    there = b'policybot_connected{channel="dingtalk"} 1.0' in bot.metrics.render()
    await dingtalk.goes_down()
    await until(lambda: b'policybot_connected{channel="dingtalk"} 0.0' in bot.metrics.render())
    await dingtalk.comes_back()
    await dingtalk.streams.connects()

    assert there


@pytest.mark.usefixtures("bot")
async def test_pings_and_what_needs_no_answer_are_taken_as_they_should_be(dingtalk: DingTalk) -> None:
    await dingtalk.streams.keep_alive()

    assert await dingtalk.streams.ping()
    assert len(dingtalk.streams.open_connections) == 1


async def test_connections_closed_at_random_lose_nothing_and_repeat_nothing(dingtalk: DingTalk, bot: Running) -> None:
    draws = iter([False, True, False, False, True] * 20)
    dingtalk.streams.closes = lambda: next(draws, False)

    for number in range(20):
        await dingtalk.member(f"p{number}").says(f"第{number}句", waits=False)

    expected = Counter({f"1：第{number}句": 1 for number in range(20)})
    assert await answered(dingtalk, bot) == expected


async def test_a_socket_that_only_seems_open_is_left_and_its_messages_come_by_another(dingtalk: DingTalk) -> None:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store), pace=replace(QUICK_PACE, beat=WATCHFUL)) as bot:
        dingtalk.streams.half_open()
        await dingtalk.member("0147").says("甲", waits=False)

        assert await answered(dingtalk, bot) == {"1：甲": 1}


async def test_a_network_that_is_gone_for_ten_minutes_is_waited_for(dingtalk: DingTalk) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if sum(waited) > 600:
            with suppress(OSError):
                await dingtalk.comes_back()
        await asyncio.sleep(0)

    store, pace = MemoryStore(), Pace(sleep=sleep)
    async with running(dingtalk, store, turns=echoing(store), pace=pace) as bot:
        await dingtalk.goes_down()
        await dingtalk.streams.connects()
        await dingtalk.member("0147").says("甲")

        assert await answered(dingtalk, bot) == {"1：甲": 1}
    assert 600 < sum(waited) < 700
    assert max(waited) <= 60


async def test_what_was_said_before_and_during_ten_minutes_without_a_network_is_answered_once_afterwards() -> None:
    clock = HandClock()

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)
        if clock.now() - began > 600_000:
            with suppress(OSError):
                await dingtalk.comes_back()
        await asyncio.sleep(0)

    def are_answered() -> bool:
        clock.advance(1)
        return sum(len(chat.replies) for chat in dingtalk.platform.chats.values()) == 3

    store, pace = MemoryStore(lambda: clock.now() / 1000), Pace(sleep=sleep)
    async with (
        DingTalk(mode=Mode.STREAM, timing=QUICK, clock=clock) as dingtalk,
        running(dingtalk, store, turns=echoing(store), pace=pace) as bot,
    ):
        began = clock.now()
        dingtalk.faults.cut(MESSAGE, 1)
        await dingtalk.member("0147").says("甲")
        await until(lambda: len(dingtalk.calls(MESSAGE)) == 1)
        await dingtalk.goes_down()
        await asyncio.gather(*(dingtalk.member(person).says("乙", waits=False) for person in ("0147", "0148")))
        await dingtalk.streams.connects()
        await until(are_answered)

        assert await answered(dingtalk, bot) == {"1：甲": 1, "2：乙": 1, "1：乙": 1}
    assert dingtalk.violations == []


async def test_too_large_a_frame_is_refused_and_the_next_one_answered(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")

    large = await user.sends(Raw("text", {"text": {"content": "大" * 200_000}}))
    await user.says("甲")

    assert large
    assert large.is_acknowledged
    assert await answered(dingtalk, bot) == {"1：甲": 1}
    assert len(dingtalk.calls(OPEN_PATH)) == 1


async def test_a_frame_beyond_all_measure_costs_the_connection_and_nothing_else(dingtalk: DingTalk) -> None:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store)) as bot:
        await dingtalk.member("0147").sends(Raw("text", {"text": {"content": "x" * 2_000_000}}), waits=False)
        await until(lambda: len(dingtalk.calls(OPEN_PATH)) == 2)
        dingtalk.streams.unacknowledged[0].is_queued = True  # the platform gives it up
        await dingtalk.streams.connects()
        await dingtalk.member("0148").says("甲")
        await bot.settles()

    assert [message.text for message in dingtalk.member("0148").inbox] == ["1：甲"]


@pytest.mark.parametrize("data", ["", "[]", "null", '{"msgId":"x"}', "{", '"x"'], ids=str)
async def test_a_frame_with_nonsense_in_it_is_not_sent_again(dingtalk: DingTalk, bot: Running, data: str) -> None:
    from_platform = await dingtalk.member("0147").says("甲")
    assert from_platform

    from_platform.data, from_platform.ack = data, None
    from_platform.is_settled.clear()
    await dingtalk.streams.deliver(from_platform, renewed=True)

    assert await from_platform.settles()
    assert await answered(dingtalk, bot) == {"1：甲": 1}


async def test_what_can_not_be_kept_is_not_acknowledged_and_comes_again(dingtalk: DingTalk) -> None:
    store = FullStore(time.time)
    async with running(dingtalk, store, turns=echoing(store)) as bot:
        store.full.is_full = True
        delivery = await dingtalk.member("0147").says("甲", waits=False)
        assert delivery
        await asyncio.sleep(0.1)
        was_acknowledged = delivery.is_acknowledged
        store.full.is_full = False

        assert not was_acknowledged
        assert await answered(dingtalk, bot) == {"1：甲": 1}


async def test_what_was_acknowledged_before_a_crash_is_answered_after_it(dingtalk: DingTalk, tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "kept.sqlite3", keep_days=30)
    async with running(dingtalk, first, turns=echoing(first), is_answering=False):
        await asyncio.gather(*(dingtalk.member(f"p{number}").says(f"第{number}句") for number in range(5)))
    await first.close()
    assert dingtalk.streams.unacknowledged == []

    second = SqliteStore(tmp_path / "kept.sqlite3", keep_days=30)
    async with running(dingtalk, second, turns=echoing(second)) as bot:
        assert await answered(dingtalk, bot) == Counter({f"1：第{number}句": 1 for number in range(5)})
    await second.close()


async def test_stopping_takes_moments_and_leaves_nothing_behind(dingtalk: DingTalk) -> None:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store)):
        began = time.monotonic()
    ended = time.monotonic()

    assert ended - began < FINISH_SECONDS
    assert [task for task in asyncio.all_tasks() if "/bot/channels" in repr(task.get_stack())] == []


async def test_nothing_secret_is_logged(dingtalk: DingTalk, capsys: pytest.CaptureFixture[str]) -> None:
    store = MemoryStore()
    async with running(dingtalk, store, turns=echoing(store)) as bot:
        dingtalk.faults.fail(CONNECT_PATH, 1, status=401)
        await dingtalk.member("zhangsan").says("绝密的一句话")
        dingtalk.streams.cut()
        await dingtalk.streams.connects()
        await dingtalk.member("zhangsan").sends(Raw("text", {"text": {"content": "绝" * 200_000}}))
        await bot.settles()

    logged = capsys.readouterr()
    said = logged.out + logged.err
    assert "dingtalk_stream_connected" in said
    for secret in ("ticket=", "+/==", "session=", "绝", "zhangsan", dingtalk.platform.app.client_secret):
        assert secret not in said


def test_waits_grow_to_a_minute_and_are_spread() -> None:
    waits = [[wait_after(failures) for _ in range(50)] for failures in range(30)]

    assert max(waits[0]) <= 0.5
    assert all(max(each) <= 60 for each in waits)
    assert min(waits[29]) >= 30
    assert len(set(waits[5])) > 40


async def test_two_replicas_share_the_messages_and_answer_each_once(dingtalk: DingTalk) -> None:
    store = MemoryStore()
    async with (
        running(dingtalk, store, turns=echoing(store)) as bot,
        running(dingtalk, store, turns=echoing(store), connections=2),
    ):
        await asyncio.gather(*(dingtalk.member(f"p{number}").says(f"第{number}句") for number in range(30)))

        assert await answered(dingtalk, bot) == Counter({f"1：第{number}句": 1 for number in range(30)})
