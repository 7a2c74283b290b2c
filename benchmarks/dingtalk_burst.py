"""A burst of messages by Stream mode, end to end: each is to be answered, and answered once.

    python -m benchmarks.dingtalk_burst [MESSAGES] [PEOPLE] [BOTS] [sqlite|redis]

The platform of the tests holds the messages back and lets them go all at once, with its redelivery and its limits; the
bots are started as in earnest, on one store. Each message names another sum, which its answer repeats.
"""

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from benchmarks.loading.bots import running_bots, running_engine
from tests.simulators.dingtalk import DingTalk, Mode

MESSAGES, PEOPLE, BOTS, STORE = 10_000, 1_000, 1, "sqlite"
FIRST = 100_000
SUM = re.compile(r"实际保费：(?:[\d.,]+ 万元 → )?([\d.,]+) 万元")
PATIENCE, LOOK = 1_800.0, 0.5
QUIET = 3.0
"""So long nothing may come after the last answer: one that comes twice would come then."""


def answers_of(dingtalk: DingTalk) -> Counter[int]:
    """How often each message was answered."""
    texts = (message.text for chat in dingtalk.platform.chats.values() for message in chat.replies)
    return Counter(int(Decimal(found) * 10_000) - FIRST for text in texts for found in SUM.findall(text))


async def time_until(is_so: Callable[[], bool], began: float) -> float:
    """The seconds from the beginning until it is so, or until nobody waits any more."""
    while not is_so() and time.perf_counter() - began < PATIENCE:  # noqa: ASYNC110 - it is in another program
        await asyncio.sleep(LOOK)
    return time.perf_counter() - began


async def measure(messages: int, people: int, bots: int, store: str) -> bool:
    """Let a burst go, print what became of it, and say whether all is well."""
    async with (
        DingTalk(mode=Mode.STREAM) as dingtalk,
        running_engine(store) as engine,
        running_bots(engine.address, bots, dingtalk.settings),
    ):
        await dingtalk.streams.connects(bots)
        dingtalk.streams.is_held = True
        members = [dingtalk.member(f"p{number}") for number in range(people)]
        for number in range(messages):
            await members[number % people].says(f"科技保险保费{FIRST + number}元", waits=False)
        began = time.perf_counter()
        await dingtalk.streams.release()
        acknowledged = await time_until(lambda: not dingtalk.streams.unacknowledged, began)
        answered = await time_until(lambda: len(answers_of(dingtalk)) == messages, began)
        await asyncio.sleep(QUIET)
        told = answers_of(dingtalk)
    _print(messages, (acknowledged, answered), told, dingtalk)
    is_once = told == dict.fromkeys(range(messages), 1)
    return is_once and not dingtalk.streams.unacknowledged and not dingtalk.violations


def _print(messages: int, seconds: Sequence[float], told: Mapping[int, int], dingtalk: DingTalk) -> None:
    left = len(dingtalk.streams.unacknowledged)
    ways = Counter(message.via for chat in dingtalk.platform.chats.values() for message in chat.replies)
    twice = sum(count > 1 for count in told.values())
    print(f"kept and acknowledged {messages - left} in {seconds[0]:.1f} s, answered {len(told)} in {seconds[1]:.1f} s")
    print(f"lost {messages - len(told)}, answered twice {twice}, {dict(ways)}, {dingtalk.violations[:3]}")


def main() -> None:
    """Measure with the numbers of the arguments; the exit status is 1 where a message is lost or answered twice."""
    given = sys.argv[1:]
    words = (*given, *(str(one) for one in (MESSAGES, PEOPLE, BOTS, STORE)[len(given) :]))
    is_well = asyncio.run(measure(int(words[0]), int(words[1]), int(words[2]), words[3]))
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
