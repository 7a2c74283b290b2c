"""The simulated DingTalk when the network fails: cuts, silence, closing at random, oversize frames."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace

import aiohttp
import pytest

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk, Limits, Mode
from tests.simulators.dingtalk.frames import BOT_TOPIC
from tests.simulators.dingtalk_partners import QUICK, StreamRobot, open_gateway, post, stream_robot

GATEWAY = "/v1.0/gateway/connections/open"


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as running:
        yield running


async def ends(robot: StreamRobot) -> None:
    """Read until the connection is over."""
    async with asyncio.timeout(PATIENCE):
        async for _ in robot.ws:
            pass


async def test_when_the_platform_goes_down_connections_end_and_messages_wait(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        await dingtalk.goes_down()
        await ends(robot)

    delivery = await dingtalk.member("0147").says("你好", waits=False)
    await dingtalk.comes_back()
    async with stream_robot(dingtalk) as robot:
        await robot.ack(await robot.frame(BOT_TOPIC))

        assert delivery
        assert await delivery.settles()
    assert dingtalk.violations == []


async def test_a_message_that_was_sent_into_a_cut_comes_again(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        delivery = await dingtalk.member("0147").says("你好", waits=False)
        dingtalk.streams.cut()
        await ends(robot)

    async with stream_robot(dingtalk) as robot:
        await robot.ack(await robot.frame(BOT_TOPIC))

        assert delivery
        assert await delivery.settles()
        assert delivery.attempts > 1


async def reconnects_for_ever(dingtalk: DingTalk) -> None:
    """A robot that takes everything, and comes again after each end."""
    while True:
        with suppress(aiohttp.ClientError):
            async with stream_robot(dingtalk, waits=False) as robot:
                async for message in robot.ws:
                    if message.json()["headers"]["topic"] == BOT_TOPIC:
                        await robot.ack(message.json())


async def test_the_platform_may_close_after_any_frame() -> None:
    async with DingTalk(mode=Mode.STREAM, timing=replace(QUICK, redeliveries=100)) as dingtalk:
        draws = random.Random(1)
        dingtalk.streams.closes = lambda: draws.random() < 0.5
        deliveries = [await dingtalk.member("0147").says(str(number), waits=False) for number in range(10)]
        robot = asyncio.create_task(reconnects_for_ever(dingtalk))

        assert all([delivery and await delivery.settles() for delivery in deliveries])
        robot.cancel()
        assert (await asyncio.gather(robot, return_exceptions=True))[0]
        assert len(dingtalk.calls(GATEWAY)) > 2


async def test_closing_with_a_code_says_so(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        closing = asyncio.create_task(dingtalk.streams.close(1011))
        await ends(robot)
        await closing

        assert robot.ws.close_code == 1011


async def test_a_half_open_connection_does_not_even_answer_a_close(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        dingtalk.streams.half_open()

        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await robot.ws.close()
        dingtalk.streams.cut()


async def test_staying_after_a_disconnect_is_noted_and_ended() -> None:
    timing = replace(QUICK, system_limit=0.2)
    async with DingTalk(mode=Mode.STREAM, timing=timing) as dingtalk, stream_robot(dingtalk) as robot:
        leaving = asyncio.create_task(dingtalk.streams.disconnect())
        frame = await robot.frame("disconnect")
        await robot.ack(frame, frame["data"])

        assert await leaving
        await ends(robot)
        assert dingtalk.violations == ["WebSocket：确认了 disconnect，但没有断开"]


async def test_an_oversize_frame_goes_out_as_it_is(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        saying = asyncio.create_task(dingtalk.member("0147").says("长" * 1_000_000))
        frame = await robot.frame(BOT_TOPIC)
        await robot.ack(frame)

        assert len(frame["data"]) > 1_000_000
        assert await saying


async def test_the_time_until_the_ack_is_measured(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as robot:
        began = asyncio.get_running_loop().time()
        saying = asyncio.create_task(dingtalk.member("0147").says("你好"))
        frame = await robot.frame(BOT_TOPIC)
        await asyncio.sleep(0.02)
        await robot.ack(frame)
        delivery = await saying

        assert delivery
        assert 0.02 <= delivery.took <= asyncio.get_running_loop().time() - began


@pytest.mark.parametrize("body", ["<html>维护中</html>", {"code": "system.error"}], ids=["html", "json"])
async def test_the_gateway_can_refuse_in_any_form(dingtalk: DingTalk, body: str | dict[str, str]) -> None:
    dingtalk.faults.fail(GATEWAY, status=503, body=body)

    async with aiohttp.ClientSession() as session, session.post(dingtalk.url + GATEWAY, json={}) as response:
        text = await response.text()

    assert (response.status, text.startswith("<html>")) == (503, isinstance(body, str))


async def test_a_good_ticket_can_be_refused_without_the_bots_fault(dingtalk: DingTalk) -> None:
    dingtalk.faults.fail("/connect", status=401)

    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        async with stream_robot(dingtalk):
            pass
    assert dingtalk.violations == []


async def test_a_fault_on_a_folder_concerns_all_below_it(dingtalk: DingTalk) -> None:
    dingtalk.faults.fail("/v1.0/", 2, status=502)

    async with aiohttp.ClientSession() as session:
        answers = [await open_gateway(session, dingtalk) for _ in range(3)]

    assert [answer["status"] for answer in answers] == [502, 502, 200]


async def test_an_answer_can_get_lost_after_the_call_was_carried_out(dingtalk: DingTalk) -> None:
    group = dingtalk.group()
    custom = group.custom_robot()
    dingtalk.faults.lose("/robot/send")
    week = {"msgtype": "text", "text": {"content": "周报"}, "msgUuid": "u1"}

    with pytest.raises(aiohttp.ClientConnectionError):
        await post(dingtalk, custom.url, week)
    again = await post(dingtalk, custom.url, week)

    assert again[1]["errcode"] == 0
    assert [message.text for message in group.replies] == ["周报"]


async def test_what_the_platform_gives_up_never_comes_again(dingtalk: DingTalk) -> None:
    delivery = await dingtalk.member("0147").says("你好", waits=False)
    dingtalk.streams.give_up()

    async with stream_robot(dingtalk) as robot:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await robot.frame(BOT_TOPIC)
    assert delivery
    assert not await delivery.settles(0)


async def test_limits_can_be_set_or_lifted() -> None:
    async with DingTalk(limits=Limits(calls=2)) as dingtalk:
        dingtalk.faults.bans_with_html = False
        answers = [(await post(dingtalk, "/robot/send?access_token=x", {}))[1] for _ in range(3)]

    assert [answer.get("status") for answer in answers] == [None, None, 1111]
