"""How answers came out: of all replicas together, by day, and nothing lost or counted twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.console.tallying import FAILED, SEATS, Tallies
from bot.metrics import Metrics
from bot.observing import Ending, Mark, TurnEvent
from bot.sessions.base import Store, StoreUnavailable
from bot.sessions.memory_sending import MemoryBoard
from tests.console.serving import console, create_app
from tests.contracts.stores import Clock, create_store
from tests.waiting import until

MORNING = datetime(2026, 11, 22, 1, tzinfo=UTC).timestamp()


class Replica:
    """One process that counts."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.metrics = Metrics()
        self.tallies = Tallies(store.board, self.metrics, lambda: datetime.fromtimestamp(clock(), UTC))

    def answer(self, times: int = 1, *marks: Mark, ending: Ending = Ending.ANSWERED) -> None:
        for _ in range(times):
            self.metrics.count_event(TurnEvent("web", "c1", ending, 0.1, (), frozenset(marks), "v1"))


@pytest_asyncio.fixture
async def two(store: Store, clock: Clock) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two replicas on one store, of each kind in its turn."""
    clock.now = MORNING
    yield Replica(store, clock), Replica(store, clock)


async def test_replicas_are_counted_together(two: tuple[Replica, Replica]) -> None:
    one, other = two
    one.answer(3, Mark.NOT_UNDERSTOOD)
    other.answer(2)
    other.answer(1, ending=Ending.UNAVAILABLE)
    for _ in range(3):
        await one.tallies.keep()
        await other.tallies.keep()
    one.answer(1)
    await one.tallies.keep()

    expected = Counter(answered=6, not_understood=3, failed=1)
    assert await one.tallies.read(1) == await other.tallies.read(7) == expected


async def test_what_was_kept_outlives_a_restart(store: Store, clock: Clock) -> None:
    clock.now = MORNING
    for _ in range(3):
        replica = Replica(store, clock)
        replica.answer(2, Mark.RESULT)
        await replica.tallies.keep()
        clock.now += 200

    assert await Replica(store, clock).tallies.read(1) == Counter(answered=6, result=6)


async def test_each_day_counts_for_itself_and_a_week_is_kept(store: Store, clock: Clock) -> None:
    clock.now = MORNING
    replica = Replica(store, clock)
    for _ in range(9):
        replica.answer(1)
        await replica.tallies.keep()
        clock.pass_days(1)
    replica.answer(5)
    await replica.tallies.keep()

    assert await replica.tallies.read(1) == Counter(answered=5)
    assert await replica.tallies.read(2) == Counter(answered=6)
    assert await replica.tallies.read(7) == Counter(answered=11)


async def test_a_day_begins_at_midnight_in_beijing(store: Store, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 22, 15, 59, tzinfo=UTC).timestamp()
    replica = Replica(store, clock)
    replica.answer(1)
    await replica.tallies.keep()
    clock.now += 120

    assert await replica.tallies.read(1) == Counter()
    assert await replica.tallies.read(2) == Counter(answered=1)


async def test_more_replicas_than_seats_lose_nothing_that_they_can_keep_later(store: Store, clock: Clock) -> None:
    clock.now = MORNING
    replicas = [Replica(store, clock) for _ in range(SEATS + 1)]
    for replica in replicas:
        replica.answer(1)
        await replica.tallies.keep()
    before = await replicas[0].tallies.read(1)
    clock.now += 300
    for replica in replicas:
        await replica.tallies.keep()

    assert before == Counter(answered=SEATS)
    assert await replicas[0].tallies.read(1) == Counter(answered=SEATS + 1)


class BrokenBoard(MemoryBoard):
    """One on which nothing can be written for a while."""

    is_broken = False

    async def write_note(self, name: str, value: bytes, seconds: float) -> None:
        """Write it, unless nothing can be written."""
        if self.is_broken:
            raise StoreUnavailable("away")
        await super().write_note(name, value, seconds)


def create_tallies(clock: Callable[[], float]) -> tuple[BrokenBoard, Metrics, Tallies]:
    board, metrics = BrokenBoard(clock), Metrics()
    return board, metrics, Tallies(board, metrics, lambda: datetime.fromtimestamp(clock(), UTC))


async def test_what_can_not_be_kept_now_is_kept_later_by_itself(clock: Clock) -> None:
    board, metrics, tallies = create_tallies(clock)
    metrics.count_event(TurnEvent("web", "c1", Ending.FAILED, 0.1, (), frozenset(), "v1"))
    board.is_broken = True
    running = asyncio.create_task(tallies.run(0.001))
    await asyncio.sleep(0.02)
    broken = await tallies.read(1)
    board.is_broken = False

    async def is_kept() -> bool:
        return bool(await tallies.read(1))

    await until(is_kept)
    running.cancel()

    assert broken == Counter()
    assert await tallies.read(1) == Counter({FAILED: 1})


@pytest.mark.parametrize("damaged", ["", "{", "[]", "3", '{"answered": "x", "result": 2}', "ÿ"])
async def test_a_damaged_note_is_no_trouble(clock: Clock, damaged: str) -> None:
    board, _, tallies = create_tallies(clock)
    day = datetime.fromtimestamp(clock(), UTC).date().isoformat()
    await board.write_note(f"console:tally:{day}:0", damaged.encode("latin-1"), 1_000.0)

    assert set(await tallies.read(1)) <= {"result"}


async def test_what_is_counted_at_the_end_of_a_server_is_kept(tmp_path: Path, clock: Clock) -> None:
    store, metrics = create_store("sqlite", tmp_path, clock), Metrics()
    await store.open()
    async with console(create_app(store, clock, metrics=metrics)):
        metrics.count_event(TurnEvent("web", "c1", Ending.ANSWERED, 0.1, (), frozenset(), "v1"))
    kept = await Replica(store, clock).tallies.read(1)
    await store.close()

    assert kept == Counter(answered=1)
