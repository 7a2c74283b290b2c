"""What keeping a turn costs, against a bare INSERT and COMMIT of the same bytes, as durable, in the same run.

python -m benchmarks.sessions [turns]
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from bot.dialog.state import Pending, PendingKind, State, Step
from bot.messages import InboundMessage, Option, OutboundMessage
from bot.policy.attributes import Attribute, AttributeType, Profile
from bot.sessions.base import SessionKey, TurnRecord
from bot.sessions.codec import decode_state, encode_state
from bot.sessions.sqlite import SqliteStore
from bot.turns import Response, Said, TurnHandler

CHATS = 64
NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = [f"attribute_{number}" for number in range(16)]
ATTRIBUTES = {name: Attribute(name, AttributeType.YUAN, name) for name in NAMES[:12]} | {
    name: Attribute(name, AttributeType.DATE, name) for name in NAMES[12:]
}
PROFILE = Profile(
    {name: Decimal(1_000_000) for name in NAMES[:12]} | {name: date(2026, 1, 1) for name in NAMES[12:]},
)
PENDING = Pending(PendingKind.QUESTION, NAMES[0], ("yes", "no", "skip"))
STATE = State(PROFILE, pending=PENDING, steps=(Step(PENDING, PROFILE, frozenset()),) * 4, last_seen=NOW)
MESSAGES = (OutboundMessage("请问贵公司上一年度的入表金额是多少？" * 8, (Option("skip", "跳过"),)),)


@dataclass(frozen=True)
class Figures:
    """How long each of many calls took, in microseconds, and all of them together."""

    name: str
    each: Sequence[float]
    total: float

    @property
    def mean(self) -> float:
        return self.total / len(self.each)

    def at(self, share: float) -> float:
        return sorted(self.each)[min(int(len(self.each) * share), len(self.each) - 1)]

    def print(self, bare: "Figures") -> None:
        row = f"{self.name:34}{self.mean:9.0f}{self.at(0.5):9.0f}{self.at(0.99):9.0f}{self.at(0.999):9.0f}"
        print(f"{row}{self.mean / bare.mean:8.2f}")


class Prepared:
    """A Responder that has thought already."""

    def respond(self, state: State, said: Said) -> Response:
        return Response(replace(state, last_seen=said.now, misses=state.misses + 1), MESSAGES, NAMES[0])


def measure_bare(folder: Path, turns: int, raw: bytes) -> Figures:
    """INSERT and COMMIT by hand."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE t (state, reply)"):
            connection.execute(statement)
        each = [_time(lambda: _insert(connection, raw)) for _ in range(turns)]
    return Figures("bare INSERT + COMMIT", each, sum(each))


def _insert(connection: sqlite3.Connection, raw: bytes) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t VALUES (?, ?)", (raw, raw))
    connection.execute("COMMIT")


def _time(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e6


async def measure(name: str, turns: int, chats: int, take: Callable[[int, int], Awaitable[object]]) -> Figures:
    """Turns of so many chats at once; `take` is given the chat and the number of the turn in it."""

    async def talk(chat: int) -> list[float]:
        each = []
        for number in range(turns // chats):
            start = time.perf_counter()
            await take(chat, number)
            each.append((time.perf_counter() - start) * 1e6)
        return each

    start = time.perf_counter()
    talks = await asyncio.gather(*(talk(chat) for chat in range(chats)))
    total = (time.perf_counter() - start) * 1e6
    return Figures(f"{name}, {chats} at once", [one for each in talks for one in each], total)


async def measure_store(folder: Path, turns: int, raw: bytes) -> list[Figures]:
    """Commits alone, and whole turns around a responder that costs nothing."""
    store = SqliteStore(folder / "sessions.db", keep_days=30)
    await store.open()
    handler = TurnHandler(store, Prepared(), lambda: ATTRIBUTES, print)

    def commit(prefix: str) -> Callable[[int, int], Awaitable[object]]:
        return lambda chat, n: store.commit(TurnRecord(SessionKey(prefix, str(chat)), f"m{n}", n, raw, raw))

    def handle(prefix: str) -> Callable[[int, int], Awaitable[object]]:
        return lambda chat, n: handler.handle(InboundMessage(prefix, str(chat), f"m{n}", "50 万", NOW))

    figures = [
        await measure("commit", turns, 1, commit("a")),
        await measure("commit", turns * 4, CHATS, commit("b")),
        await measure("turn", turns, 1, handle("c")),
        await measure("turn", turns * 4, CHATS, handle("d")),
    ]
    await store.close()
    return figures


def main(turns: int) -> None:
    """Measure and print, in microseconds; the last column is the mean as a multiple of the bare one."""
    raw, key = encode_state(STATE), SessionKey("bench", "c")
    print(f"{len(raw)} bytes of state and of reply; {turns} turns one by one, {turns * 4} at {CHATS}")
    with tempfile.TemporaryDirectory() as name:
        bare = measure_bare(Path(name), turns, raw)
        figures = [bare, *asyncio.run(measure_store(Path(name), turns, raw))]
    for label, call in (
        ("encode", lambda: encode_state(STATE)),
        ("decode", lambda: decode_state(key, raw, ATTRIBUTES)),
    ):
        each = [_time(call) for _ in range(turns)]
        figures.append(Figures(label, each, sum(each)))
    print(f"{'':34}{'mean':>9}{'p50':>9}{'p99':>9}{'p99.9':>9}{'ratio':>8}")
    for one in figures:
        one.print(bare)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
