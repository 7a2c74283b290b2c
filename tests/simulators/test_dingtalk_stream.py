"""The websockets of the simulated DingTalk: frames, ACKs, redelivery."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.dingtalk.frames import BOT_TOPIC
from tests.simulators.dingtalk_partners import CALM, QUICK, VECTORS, StreamRobot, stream_robot


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as running:
        yield running


@pytest.fixture
async def robot(dingtalk: DingTalk) -> AsyncIterator[StreamRobot]:
    async with stream_robot(dingtalk) as connected:
        yield connected


async def test_a_message_comes_as_the_frame_of_the_vector(dingtalk: DingTalk, robot: StreamRobot) -> None:
    saying = asyncio.create_task(dingtalk.group().member("0147", "小钉").says("@policybot 几点开门"))

    frame = await robot.frame(BOT_TOPIC)
    await robot.ack(frame)
    delivery = await saying

    vector = VECTORS["stream"]["exchanges"][1]["down"]
    assert (set(frame), set(frame["headers"])) == (set(vector), set(vector["headers"]))
    assert {type(value) for value in frame["headers"].values()} == {str}
    assert json.loads(frame["data"])["text"]["content"] == " 几点开门"
    assert delivery
    assert delivery.is_acknowledged
    assert dingtalk.violations == []


@pytest.mark.parametrize("exchange", VECTORS["stream"]["exchanges"], ids=lambda one: one["down"]["headers"]["topic"])
async def test_the_answers_of_the_vectors_are_right(
    dingtalk: DingTalk, robot: StreamRobot, exchange: dict[str, Any]
) -> None:
    up = exchange["up"]
    if exchange["down"]["type"] == "SYSTEM":
        asking = asyncio.create_task(dingtalk.streams.connections[0].ask("ping", exchange["down"]["data"]))
        frame = await robot.frame("ping")
    else:
        asking = asyncio.create_task(_says(dingtalk))
        frame = await robot.frame(BOT_TOPIC)

    await robot.ack(frame, **{**up, "headers": up["headers"] | {"messageId": frame["headers"]["messageId"]}})

    assert await asking
    assert dingtalk.violations == []


async def _says(dingtalk: DingTalk) -> bool:
    delivery = await dingtalk.member("0147").says("你好")
    return bool(delivery and delivery.is_acknowledged)


@pytest.mark.parametrize(
    ("changes", "violation"),
    [
        ({"code": "200"}, "code 应是数字"),
        ({"data": {"response": "OK"}}, "data 应是 JSON 字符串"),
        ({"data": "OK"}, "data 应是 JSON 字符串"),
        ({"data": '{"status":"SUCCESS"}'}, '应是 {"response": …}'),
        ({"message": None}, "message 应是文字"),
        ({"headers": {"contentType": "application/json", "messageId": "m0"}}, "不是这个连接上收到的"),
        ({"headers": {"contentType": "application/json"}}, "没有 headers.messageId"),
    ],
    ids=["code", "object", "text", "content", "message", "unknown", "no id"],
)
async def test_a_wrong_ack_is_noted(
    dingtalk: DingTalk, robot: StreamRobot, changes: dict[str, Any], violation: str
) -> None:
    await dingtalk.member("0147").says("你好", waits=False)

    await robot.ack(await robot.frame(BOT_TOPIC), **changes)

    pinging = asyncio.create_task(dingtalk.streams.ping())
    ping = await robot.frame("ping")
    await robot.ack(ping, ping["data"])
    assert await pinging
    assert any(violation in one for one in dingtalk.violations)


async def test_what_is_not_acknowledged_comes_again_first_the_same_then_under_a_new_id(
    dingtalk: DingTalk, robot: StreamRobot
) -> None:
    delivery = await dingtalk.member("0147").says("你好", waits=False)

    frames = [await robot.frame(BOT_TOPIC) for _ in range(3)]
    await robot.ack(frames[0])

    assert delivery
    assert await delivery.settles()
    ids = [frame["headers"]["messageId"] for frame in frames]
    assert ids[0] == ids[1] != ids[2]
    assert len({json.loads(frame["data"])["msgId"] for frame in frames}) == 1
    assert dingtalk.violations == []


@pytest.mark.parametrize("renewed", [True, False])
async def test_an_acknowledged_message_can_be_brought_again(*, renewed: bool) -> None:
    async with DingTalk(mode=Mode.STREAM, timing=CALM) as dingtalk, stream_robot(dingtalk) as robot:
        saying = asyncio.create_task(dingtalk.member("0147").says("你好"))
        first = await robot.frame(BOT_TOPIC)
        await robot.ack(first)
        delivery = await saying
        assert delivery

        repeating = asyncio.create_task(dingtalk.repeats(delivery, renewed=renewed))
        again = await robot.frame(BOT_TOPIC)
        await robot.ack(again)

        assert await repeating
        assert again["data"] == first["data"]
        assert (again["headers"]["messageId"] != first["headers"]["messageId"]) is renewed


async def test_redelivery_ends(dingtalk: DingTalk, robot: StreamRobot) -> None:
    delivery = await dingtalk.member("0147").says("你好", waits=False)

    assert delivery
    assert not await delivery.settles()
    assert delivery.attempts == QUICK.redeliveries + 1
    assert robot.ws.closed is False


async def test_messages_wait_for_a_connection(dingtalk: DingTalk) -> None:
    delivery = await dingtalk.member("0147").says("你好", waits=False)

    async with stream_robot(dingtalk) as robot:
        await robot.ack(await robot.frame(BOT_TOPIC))

        assert delivery
        assert await delivery.settles()


async def test_thousands_that_waited_for_a_connection_come_through_it() -> None:
    async with DingTalk(mode=Mode.STREAM, timing=CALM) as dingtalk:
        user = dingtalk.member("0147")
        deliveries = [await user.says("等" * 2000, waits=False) for _ in range(3000)]
        async with stream_robot(dingtalk) as robot:
            acking = asyncio.create_task(_acks_all(robot))

            assert all([delivery and await delivery.settles() for delivery in deliveries])
            acking.cancel()
            await asyncio.gather(acking, return_exceptions=True)


async def _acks_all(robot: StreamRobot) -> None:
    """Acknowledge with a lot of data, so that both directions are full."""
    while True:
        await robot.ack(await robot.frame(BOT_TOPIC), json.dumps({"response": "收" * 2000}))


async def test_a_disconnect_is_to_be_acknowledged_before_the_connection_ends(
    dingtalk: DingTalk, robot: StreamRobot
) -> None:
    leaving = asyncio.create_task(dingtalk.streams.disconnect())
    frame = await robot.frame("disconnect")
    await robot.ack(frame, frame["data"])
    await robot.ws.close()

    assert await leaving
    assert dingtalk.violations == []


async def test_leaving_without_a_word_after_a_disconnect_is_noted(dingtalk: DingTalk, robot: StreamRobot) -> None:
    leaving = asyncio.create_task(dingtalk.streams.disconnect())
    await robot.frame("disconnect")
    await robot.ws.close()

    assert not await leaving
    assert dingtalk.violations == ["WebSocket：断开前没有先确认 disconnect"]


async def test_a_half_open_connection_swallows_frames_and_pings(dingtalk: DingTalk, robot: StreamRobot) -> None:
    dingtalk.streams.half_open()

    await dingtalk.member("0147").says("你好", waits=False)
    await robot.ws.ping()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await robot.frame(BOT_TOPIC)
    assert dingtalk.streams.connections[0].pings == 0


async def test_several_connections_share_the_messages(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk) as first, stream_robot(dingtalk) as second:
        await dingtalk.streams.connects(2)
        for number in range(20):
            await dingtalk.member("0147").says(str(number), waits=False)

        taken = await asyncio.gather(first.frame(BOT_TOPIC), second.frame(BOT_TOPIC))

        assert len({frame["headers"]["connectionId"] for frame in taken}) == 2


async def test_events_come_again_when_they_are_to_come_later(dingtalk: DingTalk) -> None:
    async with stream_robot(dingtalk, events=True) as robot:
        task = asyncio.create_task(dingtalk.event("chat_quit", {"chatId": "1"}))
        await robot.ack(await robot.frame("*"), '{"status":"LATER"}')
        again = await robot.frame("*")
        await robot.ack(again, '{"status":"SUCCESS"}')

        assert (await task).is_acknowledged
        assert again["headers"]["eventType"] == "chat_quit"
        assert dingtalk.violations == []


async def test_ten_thousand_frames_in_a_burst() -> None:
    async with DingTalk(mode=Mode.STREAM, timing=CALM) as dingtalk, stream_robot(dingtalk) as robot:
        user = dingtalk.member("0147")
        dingtalk.streams.is_held = True
        deliveries = [await user.says("你好", waits=False) for _ in range(10_000)]

        releasing = asyncio.create_task(dingtalk.streams.release())
        for _ in deliveries:
            await robot.ack(await robot.frame(BOT_TOPIC))
        await releasing

        assert all([delivery and await delivery.settles() for delivery in deliveries])
        assert dingtalk.violations == []
