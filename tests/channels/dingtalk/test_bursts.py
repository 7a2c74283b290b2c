"""Bursts from end to end: each message is answered, and answered once, whoever sent it and whatever happens."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.sessions.sqlite import SqliteStore
from tests.channels.dingtalk.echoing import echoing
from tests.channels.dingtalk.running import Running, running
from tests.simulators.dingtalk import DingTalk, Mode, Timing
from tests.waiting import until


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=Timing(redeliver_after=0.5)) as platform:
        yield platform
        assert platform.violations == []


@pytest.fixture
async def bots(dingtalk: DingTalk, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Sequence[Running]]:
    """So many replicas on one file, each with a connection of its own."""
    count: int = getattr(request, "param", 1)
    async with AsyncExitStack() as stack:
        replicas = []
        for number in range(1, count + 1):
            store = SqliteStore(tmp_path / "kept.sqlite3", keep_days=30)
            stack.push_async_callback(store.close)
            replicas.append(
                await stack.enter_async_context(running(dingtalk, store, turns=echoing(store), connections=number))
            )
        yield replicas


async def hold_back(dingtalk: DingTalk, people: int, messages: int) -> Counter[str]:
    """Let so many people say what is to come all at once; how often each message is to be answered."""
    dingtalk.streams.is_held = True
    for number in range(messages):
        await dingtalk.member(f"p{number % people}").says(f"第{number}句", waits=False)
    return Counter({f"第{number}句": 1 for number in range(messages)})


async def answered(dingtalk: DingTalk, bots: Sequence[Running]) -> Counter[str]:
    """How often each message was answered, once nothing waits any more."""
    await until(lambda: not dingtalk.streams.unacknowledged)
    await bots[0].settles()
    replies = (message.text for chat in dingtalk.platform.chats.values() for message in chat.replies)
    return Counter(text.split("：", 1)[1] for text in replies)


@pytest.mark.parametrize(("people", "messages"), [(3, 300), (1_000, 1_000)], ids=["few people", "many people"])
async def test_a_burst_is_answered_to_the_last_message_and_each_once(
    dingtalk: DingTalk, bots: Sequence[Running], people: int, messages: int
) -> None:
    expected = await hold_back(dingtalk, people, messages)

    await dingtalk.streams.release()

    assert await answered(dingtalk, bots) == expected


@pytest.mark.parametrize("bots", [3], indirect=True, ids=["3 replicas"])
async def test_replicas_share_a_burst_whose_messages_come_again_by_other_connections(
    dingtalk: DingTalk, bots: Sequence[Running]
) -> None:
    expected = await hold_back(dingtalk, 50, 500)

    await dingtalk.streams.release()
    for renewed in (True, False, True):
        await dingtalk.streams.redeliver(renewed=renewed)
        dingtalk.streams.open_connections[0].cut()
        await asyncio.sleep(0.05)

    assert await answered(dingtalk, bots) == expected
