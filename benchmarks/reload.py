"""What a reload of the content costs the people who are talking meanwhile, and how soon an edit is live.

Run: python -m benchmarks.reload [edits]. Aims: an edit is live within 2 s; no turn waits more than 50 ms for a reload.
The peer is the same talk without any reload: what a busy machine does to it, it does to both.
"""

import asyncio
import gc
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from benchmarks.loading.people import SAID
from bot.app import build_store, open_content
from bot.content.files import PARTS
from bot.content.loading import shipped_content
from bot.content.reload import LiveContent
from bot.messages import InboundMessage
from bot.metrics import Metrics
from bot.responder import ContentResponder
from bot.settings import load_settings
from bot.turns import TurnHandler

PAUSE_SECONDS = 1.0


@dataclass
class Watched:
    """What was measured: how late the loop was, how long turns took, how soon edits were live, in seconds."""

    late: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    live: list[float] = field(default_factory=list)


async def main() -> None:
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        for part in PARTS:
            shutil.copytree(shipped_content() / part, content / part)
        own = {"content": content, "store": f"sqlite:///{folder}/s.sqlite3"}
        settings = load_settings(Path(folder) / ".env").model_copy(update=own)
        live, store = open_content(settings, Metrics()), build_store(settings)
        await store.open()
        responder = ContentResponder(lambda: live.bundle, "web", retention_days=30)
        turns = TurnHandler(store, responder, lambda: live.bundle.guide.knowledge.attributes, print)
        gc.collect()
        gc.freeze()
        async with live.watched():
            for name, count in (("warming up", 2), ("without a reload", 0), (f"{edits} reloads", edits)):
                watched = await _measure(turns, live, content, count, edits)
                if name != "warming up":
                    _print(name, watched)
        await store.close()


async def _measure(turns: TurnHandler, live: LiveContent, content: Path, edits: int, rounds: int) -> Watched:
    watched, done = Watched(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_beat(watched, done))
        group.create_task(_talk(turns, watched, done))
        for number in range(rounds):
            if number < edits:
                watched.live.append(await _edit(live, content))
            await asyncio.sleep(PAUSE_SECONDS)
        done.set()
    return watched


async def _beat(watched: Watched, done: asyncio.Event) -> None:
    while not done.is_set():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        watched.late.append(time.perf_counter() - start - 0.001)


async def _talk(turns: TurnHandler, watched: Watched, done: asyncio.Event) -> None:
    while not done.is_set():
        conversation = uuid4().hex
        for text in SAID:
            start = time.perf_counter()
            await turns.handle(InboundMessage("bench", conversation, uuid4().hex, text, datetime.now(UTC)))
            watched.turns.append(time.perf_counter() - start)
            await asyncio.sleep(0.005)


async def _edit(live: LiveContent, content: Path) -> float:
    """Seconds from a save to the moment from which every turn is of the new content."""
    before, start = live.status.version, time.perf_counter()
    with (content / "dialogs/notices.yaml").open("a", encoding="utf-8") as notices:
        notices.write("# another line\n")
    while live.status.version == before:  # noqa: ASYNC110 - it is looked at from outside
        await asyncio.sleep(0.005)
    return time.perf_counter() - start


def _print(name: str, watched: Watched) -> None:
    for what, times in (("loop late", watched.late), ("turn", watched.turns)):
        ordered = sorted(times)
        p99 = ordered[int(len(ordered) * 0.99)]
        median = statistics.median(ordered)
        print(
            f"{name:<18}{what:<10} median {median * 1e3:6.2f}  p99 {p99 * 1e3:6.1f}  worst {ordered[-1] * 1e3:6.1f} ms"
        )
    if watched.live:
        print(f"{name:<18}live after: median {statistics.median(watched.live):.2f} s, worst {max(watched.live):.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
