"""What Redis loses when a primary fails in mid-load, without WAIT and with it: counted over several failovers.

    python -m benchmarks.failover [ROUNDS]

A primary, two replicas and three Sentinels, as in earnest; conversations take turns as fast as they can, and the
primary is killed: at once, or after the network between it and its replicas was cut for a moment, as happens where a
machine goes down bit by bit. What was acknowledged and is not there afterwards is lost.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sessions.redis.store import RedisStore
from tests.redis_servers import Server
from tests.sessions.redis.groups import Watched
from tests.sessions.redis.load import Load

ROUNDS = 5
CUTS = (0.0, 0.1, 1.0)
"""So many seconds the replicas get nothing before the primary fails."""
TURNS = 20


@dataclass(frozen=True, slots=True)
class Failover:
    """What came of one: turns acknowledged, those lost and done twice, and the seconds until turns went on."""

    turns: int
    lost: int
    doubled: int
    seconds: float


async def fail_over(wait: str, cut: float) -> Failover:
    """One failover in mid-load."""
    watched = await asyncio.to_thread(Watched().start)
    store = RedisStore(watched.address + wait, keep_days=30)
    try:
        await store.open()
        load = Load(store)
        task = asyncio.create_task(load.run())
        await load.until(TURNS)
        await fail(watched, cut)
        began = time.monotonic()
        await load.until(1)
        seconds = time.monotonic() - began
        await load.until(TURNS)
        load.is_over = True
        await task
        lost, doubled = await load.lost_and_doubled()
        return Failover(sum(talk.acknowledged for talk in load.talks), lost, doubled, seconds)
    finally:
        await store.close()
        await asyncio.to_thread(watched.remove)


async def fail(watched: Watched, cut: float) -> None:
    """The replicas hear nothing any more, and after a while the primary loses its power."""
    if cut:
        for replica in watched.replicas:
            send(replica, signal.SIGSTOP)
        await asyncio.to_thread(watched.primary.ask, "CLIENT", "KILL", "TYPE", "replica")
        await asyncio.sleep(cut)
    watched.primary.kill()
    for replica in watched.replicas if cut else ():
        send(replica, signal.SIGCONT)


def send(server: Server, what: signal.Signals) -> None:
    """Send the process of the server a signal."""
    assert server.process is not None
    os.kill(server.process.pid, what)


def print_row(name: str, found: Sequence[Failover]) -> None:
    waited = sorted(one.seconds for one in found)
    lost = ", ".join(str(one.lost) for one in found)
    sums = (
        f"{sum(one.turns for one in found):8}{sum(one.lost for one in found):6}{sum(one.doubled for one in found):14}"
    )
    print(f"{name:44}{len(found):6}{sums}{waited[len(waited) // 2]:10.1f}   {lost}", flush=True)


async def main(rounds: int) -> int:
    """Print the table; the exit status is 1 when WAIT lost something."""
    print(f"{'':44}{'rounds':>6}{'turns':>8}{'lost':>6}{'unanswered':>14}{'gap s':>10}   lost in each")
    is_kept = True
    for wait in ("", "?wait=1"):
        for cut in CUTS:
            found = [await fail_over(wait, cut) for _ in range(rounds)]
            name = f"{wait or 'without WAIT'}, {f'cut off for {cut * 1000:.0f} ms' if cut else 'at once'}"
            print_row(name, found)
            is_kept = is_kept and not (wait and any(one.lost for one in found))
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
