"""What it costs to hand out what waits to be sent: parcels posted, claimed and settled in a second, and Redis's CPU.

    python -m benchmarks.outbox [PARCELS [LANES]]

Nothing is sent. Two stores, as of two processes, claim as the dispatcher does and settle at once, on one event loop;
Redis writes its AOF (`appendfsync everysec`). Then what an idle claim costs, which each process makes every second.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bot.outbox import AT_ONCE, CLAIM_SECONDS
from bot.sessions.base import Parcel, Store
from bot.sessions.redis.store import RedisStore
from bot.sessions.sqlite import SqliteStore
from tests.redis_servers import Server

PARCELS, LANES = 20_000, 2_000
BATCH = 50
IDLE = 200
PROCESSES = 2
DOOR = "wecom"


@dataclass(slots=True)
class Engine:
    """Stores on one place, and its server if it has one."""

    stores: Sequence[Store]
    server: Server | None

    @property
    def cpu(self) -> float:
        """Seconds that the server's process has worked."""
        told = self.server.ask("INFO", "cpu") if self.server else ""
        figures = dict(line.split(":") for line in told.splitlines() if ":" in line)
        return sum(float(figures.get(f"used_cpu_{name}", 0)) for name in ("user", "sys"))


@asynccontextmanager
async def running(kind: str) -> AsyncIterator[Engine]:
    """The engine, empty."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        server = Server(["--appendonly", "yes"]).start() if kind == "redis" else None
        if server is not None:
            stack.callback(server.remove)
        stores = [_open(server, Path(folder)) for _ in range(PROCESSES)]
        for one in stores:
            await one.open()
            stack.push_async_callback(one.close)
        yield Engine(stores, server)


def _open(server: Server | None, folder: Path) -> Store:
    if server is not None:
        return RedisStore(server.address, keep_days=30)
    return SqliteStore(folder / "sessions.db", keep_days=30, patience=10)


async def post(store: Store, parcels: int, lanes: int) -> None:
    """So many, those of a lane one after the other."""
    for first in range(0, parcels, BATCH):
        some = (Parcel(f"p{n}", DOOR, f"user{n % lanes}", b"x" * 300) for n in range(first, first + BATCH))
        await store.outbox.post(tuple(some))


async def work_off(store: Store) -> int:
    """Claim and settle until there is nothing more to claim; how many there were."""
    settled = 0
    while claimed := await store.outbox.claim([DOOR], AT_ONCE, CLAIM_SECONDS):
        await asyncio.gather(*(store.outbox.done(one.parcel.id) for one in claimed))
        settled += len(claimed)
    return settled


async def be_idle(store: Store) -> None:
    """Claims that find nothing."""
    for _ in range(IDLE):
        await store.outbox.claim([DOOR], AT_ONCE, CLAIM_SECONDS)


async def measure(kind: str, parcels: int, lanes: int) -> None:
    """Print a row."""
    async with running(kind) as engine:
        times, cpu = [perf_counter()], [engine.cpu]

        def look() -> None:
            times.append(perf_counter())
            cpu.append(engine.cpu)

        await post(engine.stores[0], parcels, lanes)
        look()
        settled = sum(await asyncio.gather(*(work_off(one) for one in engine.stores)))
        look()
        await be_idle(engine.stores[0])
        look()
        left = len(await engine.stores[0].outbox.waiting())
    spans = [after - before for before, after in pairwise(times)]
    worked = [(after - before) * 1e6 for before, after in pairwise(cpu)]
    rates = f"{parcels / spans[0]:>10.0f}{settled / spans[1]:>20.0f}{spans[2] / IDLE * 1e3:>16.1f}"
    costs = f"{worked[0] / parcels:>14.0f}{worked[1] / parcels:>22.0f}{worked[2] / IDLE:>18.0f}{left:>8}"
    print(f"{kind:10}{rates}{costs}", flush=True)


async def main(parcels: int, lanes: int) -> None:
    """Print the table."""
    heads = (
        "posted/s",
        "claimed, settled/s",
        "idle claim ms",
        "Redis µs: post",
        "claim and settle",
        "idle claim",
        "left",
    )
    print(f"{'':10}{heads[0]:>10}{heads[1]:>20}{heads[2]:>16}{heads[3]:>16}{heads[4]:>20}{heads[5]:>18}{heads[6]:>8}")
    for kind in ("sqlite", "redis"):
        await measure(kind, parcels, lanes)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    asyncio.run(main(*(given + [PARCELS, LANES][len(given) :])))
