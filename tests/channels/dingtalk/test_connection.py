"""One connection under a flood: what is in memory is bounded, and all of it is kept."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any, cast

from aiohttp import ClientWebSocketResponse, WSMessage, WSMsgType

from bot.channels.dingtalk.connection import QUEUE, TOGETHER, Connection
from bot.channels.dingtalk.payloads import Heard
from bot.channels.dingtalk.recent import Recent
from bot.channels.dingtalk.stream import Pace
from bot.channels.trees import Tree
from bot.sessions.memory import MemoryStore
from tests.channels.dingtalk.echoing import echoing
from tests.channels.dingtalk.running import running
from tests.channels.dingtalk.vectors import BODY, EXCHANGES
from tests.simulators.dingtalk import DingTalk, Mode, Timing
from tests.simulators.dingtalk.gateway import OPEN_PATH
from tests.waiting import until

MANY = 10_000


class Flood:
    """A socket that has a new message whenever it is asked, `count` of them."""

    def __init__(self, count: int) -> None:
        self.taken = 0
        self.sent: list[str] = []
        self._count = count

    async def receive(self) -> WSMessage:
        """The next frame."""
        if self.taken == self._count:
            return WSMessage(WSMsgType.CLOSED, None, None)
        self.taken += 1
        body = {**BODY, "msgId": f"m{self.taken}"}
        down = EXCHANGES["m-bot"]["down"]
        frame = {**down, "headers": {**down["headers"], "messageId": f"f{self.taken}"}, "data": json.dumps(body)}
        return WSMessage(WSMsgType.TEXT, json.dumps(frame), None)

    async def send_str(self, frame: str) -> None:
        """Note the frame."""
        self.sent.append(frame)

    async def close(self) -> None:
        """Nothing to do."""


class Slow:
    """A receiver that keeps nothing before it may."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.kept: list[Heard] = []

    async def accept(self, heard: Sequence[Heard]) -> None:
        """Keep the messages."""
        await self.may.wait()
        self.kept += heard

    async def click(self, body: Tree) -> dict[str, Any]:
        """Nobody clicks."""
        raise AssertionError(body)


async def test_a_store_that_is_slow_stops_the_reading_and_not_the_memory() -> None:
    socket, receiver = Flood(3 * QUEUE), Slow()
    connection = Connection(cast(ClientWebSocketResponse, socket), receiver, Recent(10), time.monotonic)

    serving = asyncio.create_task(connection.serve(60))
    for _ in range(10):
        await asyncio.sleep(0)
    taken_meanwhile, sent_meanwhile = socket.taken, len(socket.sent)
    receiver.may.set()
    why = await serving

    assert taken_meanwhile <= QUEUE + TOGETHER + 1
    assert sent_meanwhile == 0
    assert len(receiver.kept) == len(socket.sent) == 3 * QUEUE
    assert why == "closed"


async def test_ten_thousand_frames_at_once_are_all_kept_and_acknowledged() -> None:
    store = MemoryStore()
    timing = Timing(redeliver_after=600)
    async with DingTalk(mode=Mode.STREAM, timing=timing) as dingtalk:
        async with running(dingtalk, store, turns=echoing(store), pace=Pace(), is_answering=False):
            dingtalk.streams.is_held = True
            people = [dingtalk.member(f"p{number}") for number in range(100)]
            deliveries = [await people[number % 100].says(f"第{number}句", waits=False) for number in range(MANY)]
            await dingtalk.streams.release()
            await until(lambda: all(one and one.is_acknowledged for one in deliveries))

            assert len(await store.outbox.waiting()) == MANY
        assert dingtalk.violations == []


async def test_a_connection_outlives_the_time_out_of_a_call() -> None:
    store = MemoryStore()
    async with (
        DingTalk(mode=Mode.STREAM, timing=Timing()) as dingtalk,
        running(dingtalk, store, turns=echoing(store), pace=Pace(), call_seconds=1.0) as bot,
    ):
        await asyncio.sleep(1.1)
        await dingtalk.member("0147").says("甲")
        await bot.settles()

        assert [message.text for message in dingtalk.member("0147").inbox] == ["1：甲"]
        assert len(dingtalk.calls(OPEN_PATH)) == 1
