"""Processes one after the other on one store: each dies, and the next one goes on."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.outbox import CLAIM_SECONDS
from tests.crashing.child import PARTS, Birth, key_of
from tests.crashing.people import Person, line_to
from tests.crashing.platform import Platform
from tests.crashing.points import Point
from tests.crashing.process import START, Child, Clock
from tests.waiting import until

PEOPLE = 2
MORE = 1
"""So many messages each person has for a life that ends at a point."""
LARGEST_BACKLOG = 12
"""Where more than so many parcels wait, a life goes between that only sends, so that each has about the same to do."""
AFTERMATH = 0.15
"""What is done once all is said and sent gets so many seconds."""


@dataclass(slots=True)
class World:
    """A store, a platform, people, and the lives that were lived on them."""

    store: str
    platform: Platform = field(default_factory=Platform)
    people: list[Person] = field(default_factory=lambda: [Person(f"c{n}", random.Random(n)) for n in range(PEOPLE)])
    ahead: "Clock[float]" = field(default_factory=lambda: START.Value("d", 0.0))
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))
    lives: int = 0
    kills: int = 0

    async def die_at(self, point: Point, passes: int) -> bool:
        """A life that ends at the pass of the point; False when it got through all that it had to do before."""
        async with self.alive(point, passes) as child:
            await until_dead(child, self._do_all(child))
            died = not child.is_alive
        self.kills += died
        if len(self.expected - self.platform.shown.keys()) > LARGEST_BACKLOG:
            await self.live_on(more=0)
        return died

    async def die_after(self, seconds: float) -> None:
        """A life that is ended from outside after so many seconds of talking."""
        async with self.alive() as child:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self.talk(child, more=100)
        self.kills += 1

    async def live_on(self, more: int = 1) -> None:
        """A life in which all that was begun comes to its end."""
        async with self.alive() as child:
            assert await self.talk(child, more), "a bot that nobody kills does not answer"
            await self.until_sent(child)
            await asyncio.sleep(AFTERMATH)

    @asynccontextmanager
    async def alive(self, point: Point = Point.NOWHERE, passes: int = 0) -> AsyncIterator[Child]:
        """A bot, which takes messages unless it died first; it is killed in the end."""
        self.lives += 1
        self.ahead.value += CLAIM_SECONDS + 1  # what a dead one claimed is free again
        name = f"r{self.lives}"
        with tempfile.TemporaryDirectory(prefix="bot-", dir=self.folder) as folder:
            socket = Path(folder) / "socket"
            child = Child(Birth(self.store, socket, self.platform.url, name, point, passes), self.ahead)
            try:
                await child.start()
                yield child
            finally:
                await child.kill()

    async def talk(self, child: Child, more: int = MORE) -> bool:
        """Whether everybody got an answer to so many things more."""
        async with line_to(child.birth.socket) as line:
            return all(await asyncio.gather(*(person.say(line, more) for person in self.people)))

    async def until_sent(self, child: Child) -> None:
        """Return when the platform has all that belongs to the answers that came, or the child is dead."""
        await until(lambda: not child.is_alive or self.expected <= self.platform.shown.keys())

    @property
    def expected(self) -> set[str]:
        """The keys of all that people should have got."""
        return {key for person in self.people for key in expected_of(person)}

    async def _do_all(self, child: Child) -> None:
        if await self.talk(child):
            await self.until_sent(child)
        await asyncio.sleep(AFTERMATH)  # also where the line broke: the end is heard of a moment later


def expected_of(person: Person) -> list[str]:
    """The keys of what one person should have got, in their order."""
    return [key_of(person.name, message_id, place) for message_id in person.said for place in range(PARTS)]


async def until_dead(child: Child, work: Awaitable[None]) -> None:
    """Return when the work is done or the child is dead."""
    tasks = {asyncio.ensure_future(work), asyncio.create_task(child.wait())}
    _, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
