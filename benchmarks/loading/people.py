"""People in a closed loop: each says something, waits for the answer, thinks, and says the next thing."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from benchmarks.loading.doors import WAYS, Way

SAID = (
    "你好",
    "亦庄",
    "市级专精特新",
    "还没登记过",
    "1",
    "2",
    "不清楚",
    "1、2",
    "86.2万",
    "数据券怎么补",
    "看结果",
    "更多",
)
PATIENCE = 20.0
SHARES = (0.5, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the load is to be: `think` is how many seconds somebody thinks on the average, `warm` are not counted."""

    way: str
    bots: Sequence[str]
    users: int
    seconds: float
    think: float
    warm: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the people saw: turns a second, the seconds that an answer takes at each of the shares, and the errors.

    `turns` and `conversations` are those of the whole run, `answers` those that are counted.
    """

    rate: float
    places: Sequence[float]
    answers: int
    errors: int
    example: str
    turns: int
    conversations: int


@dataclass(slots=True)
class Crowd:
    """The people, and what they saw."""

    wish: Wish
    way: Way
    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    conversations: int = 0
    turns: int = 0
    began: float = field(default_factory=time.perf_counter)

    async def talk_all(self) -> None:
        """Until the time is over."""
        async with asyncio.TaskGroup() as group:
            for number in range(self.wish.users):
                group.create_task(self._go_on(number))

    async def _go_on(self, number: int) -> None:
        """One person after the other, each with a whole conversation; a message goes to any of the bots."""
        await asyncio.sleep(random.uniform(0, self.wish.think or 1.0))
        talks = 0
        while not self._is_over:
            await self._converse(f"u{number}-{talks}", number)
            talks += 1

    async def _converse(self, user: str, number: int) -> None:
        self.conversations += 1
        for place, text in enumerate(SAID):
            if self._is_over:
                return
            await self._ask(self.wish.bots[(number + place) % len(self.wish.bots)], user, place, text)
            await asyncio.sleep(min(random.uniform(0, 2 * self.wish.think), self._left))

    async def _ask(self, bot: str, user: str, place: int, text: str) -> None:
        began = time.perf_counter()
        try:
            await self.way.ask(bot, user, place, text)
        except (ClientError, OSError, TimeoutError, AssertionError) as error:
            self.errors.append(f"{type(error).__name__} {str(error)[:80]}")
            return
        self.turns += 1
        if began - self.began > self.wish.warm:
            self.taken.append(time.perf_counter() - began)

    @property
    def _left(self) -> float:
        return max(0.0, self.began + self.wish.seconds + self.wish.warm - time.perf_counter())

    @property
    def _is_over(self) -> bool:
        return self._left == 0.0


async def drive(wish: Wish) -> str:
    """Hold the conversations; the figures as JSON."""
    timeout, connector = ClientTimeout(total=PATIENCE), TCPConnector(limit=0, keepalive_timeout=60)
    async with ClientSession(connector=connector, timeout=timeout) as client:
        crowd = Crowd(wish, WAYS[wish.way](client))
        await crowd.talk_all()
    return json.dumps(asdict(_figures_of(crowd)), ensure_ascii=False)


def _figures_of(crowd: Crowd) -> Figures:
    ranked = sorted(crowd.taken) or [0.0]
    places = [ranked[min(int(len(ranked) * share), len(ranked) - 1)] for share in SHARES]
    example = crowd.errors[0] if crowd.errors else ""
    rate, errors = len(crowd.taken) / crowd.wish.seconds, len(crowd.errors)
    return Figures(rate, places, len(crowd.taken), errors, example, crowd.turns, crowd.conversations)
