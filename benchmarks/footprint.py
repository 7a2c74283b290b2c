"""How much a conversation takes in Redis' memory and in the file of SQLite, after so many turns.

    python -m benchmarks.footprint [CONVERSATIONS]

Whole turns on the shipped content; what an empty store takes is subtracted. State and replies are kept as they are in
earnest: the state until it is removed after 30 days, replies for a week.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.loading.bots import running_engine
from benchmarks.loading.people import SAID
from bot.content.loading import load_content, shipped_content
from bot.messages import InboundMessage
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey, Store
from bot.sessions.redis.keys import keys_of, name_of
from bot.sessions.redis.store import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.turns import TurnHandler

CONVERSATIONS = 600
AT_ONCE = 32
LOOKS = (1, 6, 12)
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
KEY = SessionKey("web", "c0")


def open_store(address: str) -> Store:
    if address.startswith("redis://"):
        return RedisStore(address, keep_days=30)
    return SqliteStore(Path(address.removeprefix("sqlite:///")), keep_days=30)


async def measure(kind: str, conversations: int) -> None:
    """Print a row: KB a conversation at each of the looks, and the bytes of its state at the end."""
    bundle = load_content(shipped_content())
    async with running_engine(kind) as engine:
        store = open_store(engine.address)
        await store.open()
        turns = TurnHandler(
            store,
            ContentResponder(lambda: bundle, "text", retention_days=30),
            lambda: bundle.guide.knowledge.attributes,
            print,
        )
        empty, found = engine.size, []
        for place, text in enumerate(SAID, start=1):
            for first in range(0, conversations, AT_ONCE):
                some = range(first, min(first + AT_ONCE, conversations))
                said = (InboundMessage("web", f"c{n}", f"m{place}", text, NOW) for n in some)
                await asyncio.gather(*(turns.handle(one) for one in said))
            if place in LOOKS:
                await store.close()  # so that the log is in the file
                await store.open()
                found.append((engine.size - empty) / 1024 / conversations)
        state = (await store.load(KEY)).state or b""
        await store.close()
        alone = engine.server.ask("MEMORY", "USAGE", keys_of(name_of(KEY))[0]) if engine.server else "-"
    print(f"{kind:10}{''.join(f'{one:10.1f}' for one in found)}{len(state):14}{alone:>16}", flush=True)


async def main(conversations: int) -> None:
    """Print the table."""
    print(f"{'KB each':10}{''.join(f'{look:>4} turns' for look in LOOKS)}{'state, bytes':>14}{'of Redis, bytes':>16}")
    for kind in ("sqlite", "redis"):
        await measure(kind, conversations)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS))
