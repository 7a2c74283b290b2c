"""Days on which much goes wrong at once, drawn at random: each message is answered, and answered once."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from bot.sessions.sqlite import SqliteStore
from tests.channels.dingtalk.echoing import echoing
from tests.channels.dingtalk.running import QUICK, running
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.gateway import OPEN_PATH
from tests.simulators.dingtalk.robots import SINGLE_PATH
from tests.simulators.dingtalk.webhooks import SESSION_PATH
from tests.waiting import until

PEOPLE, ROUNDS, LIVES = 6, 8, 3


async def trouble(dingtalk: DingTalk, draw: random.Random, said: list[Delivery]) -> None:
    """One thing that goes wrong."""
    match draw.randrange(7):
        case 0:
            dingtalk.streams.cut()
        case 1:
            await dingtalk.streams.close(draw.choice([1000, 1001, 1011]))
        case 2:
            await dingtalk.streams.redeliver(renewed=draw.random() < 0.5)
        case 3:
            dingtalk.faults.fail(SESSION_PATH, 2, status=200, body={"errcode": 300001, "errmsg": "session 不存在"})
        case 4:
            dingtalk.faults.fail(OPEN_PATH, 2, status=403)
        case 5:
            dingtalk.webhooks.forget_sessions()
        case _:
            await dingtalk.repeats(draw.choice(said))


@pytest.mark.parametrize("seed", range(4))
async def test_each_message_is_answered_once_whatever_happens(tmp_path: Path, seed: int) -> None:
    draw, said, expected = random.Random(seed), list[Delivery](), Counter[str]()
    async with DingTalk(mode=Mode.STREAM, timing=QUICK, seed=seed) as dingtalk:
        people = [dingtalk.member(f"p{number}") for number in range(PEOPLE)]
        for life in range(LIVES):  # the program is stopped and started, its store stays
            store = SqliteStore(tmp_path / "kept.sqlite3", keep_days=30)
            async with running(dingtalk, store, turns=echoing(store)) as bot:
                for number in range(ROUNDS):
                    for person in people:
                        text = f"{life}.{number} {person.person.staff_id}"
                        delivery = await person.says(text, waits=False)
                        assert delivery
                        expected[text] += 1
                        said.append(delivery)
                    await trouble(dingtalk, draw, said)
                    await asyncio.sleep(draw.choice([0, 0.01]))
                await until(lambda: not dingtalk.streams.unacknowledged)
                await bot.settles()
            await store.close()

        answers = Counter(message.text.split("：", 1)[1] for person in people for message in person.inbox)
        assert answers == expected
        assert any(message.via == SINGLE_PATH for person in people for message in person.inbox)
