"""A bot that dies hundreds of times, on SQLite and on Redis: is every turn done exactly once, and sent exactly once?

    python -m benchmarks.crash [RANDOM KILLS [sqlite | redis]]

Process after process takes messages over HTTP, keeps the turns and sends the answers to a platform that knows a
request again by its key. Each is killed (SIGKILL): at every step of its event loop, from its start until it has
nothing left to do, so at every await; before every statement of SQLite; and at random, while answers of the platform
are lost as well. What was not acknowledged is delivered again, and now and then what was. The next process goes on.
Afterwards all is compared: what people got, what is stored, what the platform showed.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from tests.crashing.judging import Report, judge
from tests.crashing.lives import World
from tests.crashing.points import Point
from tests.crashing.worlds import address_of, opened_world

RANDOM_KILLS = 150
SURVIVED = 5
"""A sweep is over when so many lives in a row got through: the points beyond are those of the idle bot."""
HEADS = {
    "kills": "kills",
    "turns": "turns",
    "parcels": "sent",
    "delivered_again": "delivered again",
    "sent_again": "sent again",
    "lost": "lost",
    "doubled": "doubled",
    "disordered": "out of order",
    "changed": "reply changed",
    "unsent": "not sent",
    "missent": "sent wrongly",
}


async def at_every(point: Point, world: World) -> None:
    """Lives that end at the first pass of the point, the second, and so on."""
    passes, survived = 0, 0
    while survived < SURVIVED:
        passes += 1
        survived = 0 if await world.die_at(point, passes) else survived + 1


async def at_random(kills: int, world: World) -> None:
    """Lives that end at any time, while one in ten answers of the platform is lost."""
    chance = random.Random(5)
    world.platform.lossy = 0.1
    for _ in range(kills):
        await world.die_after(chance.uniform(0, 0.15))
    world.platform.lossy = 0.0


async def measure(kind: str, die: Callable[[World], Awaitable[None]]) -> Report:
    """What came of it in a world of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened_world(address_of(kind, Path(folder))) as world:
            await die(world)
            await world.live_on()
        return await judge(world)


def print_row(name: str, report: Report) -> None:
    counts = (f"{getattr(report, one):>{len(head) + 2}}" for one, head in HEADS.items())
    print(f"{name:32}{''.join(counts)}", flush=True)


async def main(kills: int, kinds: Sequence[str]) -> int:
    """Print the report; the exit status is 1 unless everything was done exactly once."""
    began = time.monotonic()
    print(f"{'':32}{''.join(f'  {head}' for head in HEADS.values())}", flush=True)
    ways: tuple[tuple[str, str, Callable[[World], Awaitable[None]]], ...] = (
        ("sqlite", "every step", lambda world: at_every(Point.STEP, world)),
        ("sqlite", "every statement", lambda world: at_every(Point.STATEMENT, world)),
        ("sqlite", "at random", lambda world: at_random(kills, world)),
        ("redis", "every step", lambda world: at_every(Point.STEP, world)),
        ("redis", "at random", lambda world: at_random(kills, world)),
    )
    whole = Report()
    for kind, name, die in (way for way in ways if way[0] in kinds):
        report = await measure(kind, die)
        print_row(f"{kind}, {name}", report)
        whole += report
    print_row("all", whole)
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if whole.is_clean else 1


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(asyncio.run(main(int(given[0]) if given else RANDOM_KILLS, given[1:] or ("sqlite", "redis"))))
