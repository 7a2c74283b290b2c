"""A closed loop of 1,000 people on the web chat and on WeCom's app, against 1 and 2 processes, SQLite and Redis.

    python -m benchmarks.load [--users N] [--seconds S | --minutes M] [--think S] [--only redis,web,2]

The bots are started as in earnest, with the shipped content; the people are a process of their own on the same
machine. With two processes every message of a conversation goes to the other one. Without thinking the people take all
that the machine has: turns a second are its capacity, and how long an answer takes is how long the queue is.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product

from benchmarks.loading.bots import Bot, running_bots, running_engine
from benchmarks.loading.people import Figures, Wish, drive

WARM = 5.0
SAMPLES = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    store: str
    way: str
    processes: int

    def is_meant(self, only: Sequence[str]) -> bool:
        """Whether the row is among those asked for: each word names a store, a way or a number of processes."""
        names = {self.store, self.way, str(self.processes)}
        kinds = [{"sqlite", "redis"}, {"web", "wecom"}, {"1", "2"}]
        return all(not (kind & set(only)) or names & kind & set(only) for kind in kinds)


SETTINGS = [Setting(*one) for one in product(("sqlite", "redis"), ("web", "wecom"), (1, 2))]


@dataclass(frozen=True, slots=True)
class Row:
    """What one setting came to. `cpu` is milliseconds a turn, of the bots and of Redis; `memory` MB over the run."""

    setting: Setting
    figures: Figures
    cpu: tuple[float, float]
    memory: Sequence[float]
    per_talk: float

    def __str__(self) -> str:
        """For people to read."""
        one, places = self.figures, "".join(f"{place * 1000:9.0f}" for place in self.figures.places)
        name = f"{self.setting.store:8}{self.setting.way:7}{self.setting.processes:4}"
        cost = f"{self.cpu[0]:9.2f}{self.cpu[1]:9.2f}{self.memory[0]:9.0f}{max(self.memory):9.0f}{self.memory[-1]:9.0f}"
        return f"{name}{one.rate:9.0f}{places}{one.errors:8}{cost}{self.per_talk:10.1f}"


HEAD = (
    f"{'store':8}{'door':7}{'bots':>4}{'turns/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'p99.9':>9}{'errors':>8}"
    f"{'CPU ms':>9}{'Redis ms':>9}{'MB first':>9}{'most':>9}{'last':>9}{'KB a talk':>10}"
)


async def measure(setting: Setting, options: argparse.Namespace) -> Row:
    """Start all that the setting needs, load it, and take the figures."""
    async with running_engine(setting.store) as engine, running_bots(engine.address, setting.processes) as bots:
        wish = Wish(setting.way, [bot.url for bot in bots], options.users, options.seconds, options.think, WARM)
        empty, cpu, cpu_engine = engine.size, sum(bot.cpu for bot in bots), engine.cpu
        people = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.load", "--drive", json.dumps(asdict(wish)), stdout=asyncio.subprocess.PIPE
        )
        memory, (out, _) = await asyncio.gather(_watch(bots, wish), people.communicate())
        figures = Figures(**json.loads(out))
        turns = max(figures.turns, 1)
        cost = (sum(bot.cpu for bot in bots) - cpu) * 1000 / turns, (engine.cpu - cpu_engine) * 1000 / turns
        return Row(setting, figures, cost, memory, (engine.size - empty) / 1024 / max(figures.conversations, 1))


async def _watch(bots: Sequence[Bot], wish: Wish) -> Sequence[float]:
    """The memory of all bots together, at equal times from the end of the warming on."""
    await asyncio.sleep(wish.warm)
    taken: list[float] = []
    for _ in range(SAMPLES):
        taken.append(sum(bot.memory for bot in bots))
        await asyncio.sleep(wish.seconds / SAMPLES)
    return [*taken, sum(bot.memory for bot in bots)]


def read_options(words: Sequence[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--think", type=float, default=0.0)
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    parser.add_argument("--drive", type=json.loads)
    options = parser.parse_args(words)
    options.seconds = options.minutes * 60 if options.minutes else options.seconds
    return options


async def main(options: argparse.Namespace) -> int:
    """Print the table; the exit status is 1 when there was an error."""
    if options.drive:
        print(await drive(Wish(**options.drive)))
        return 0
    print(f"{options.users} people, {options.seconds:.0f} s, thinking {options.think:.0f} s on the average")
    print(HEAD, flush=True)
    errors = 0
    for setting in SETTINGS:
        if setting.is_meant(options.only):
            row = await measure(setting, options)
            errors += row.figures.errors
            print(row, row.figures.example, flush=True)
            print("  MB at each tenth:", *(f"{size:.0f}" for size in row.memory), flush=True)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(read_options(sys.argv[1:]))))
