"""The dispatcher: everything is sent, in order, once; failures wait longer each time and end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.metrics import Metrics
from bot.outbox import LONGEST_AGE, Dispatcher, Outcome, PutOff, Refused, Sent, back_off
from bot.sessions.base import Outbox, Parcel, Store, StoredParcel, StoreUnavailable
from tests.contracts.stores import Clock
from tests.waiting import until


@dataclass(slots=True)
class Platform:
    """Takes parcels and answers as it is told, by the id of the parcel; else it takes all."""

    answers: dict[str, list[Outcome | Exception]] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        if self.gate is not None:
            await self.gate.wait()
        self.attempts.append(attempt)
        answer = self.answers[parcel.id].pop(0) if self.answers.get(parcel.id) else Sent()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Sent):
            self.taken.append(parcel.id)
        return answer


@asynccontextmanager
async def dispatching(store: Store, platform: Platform, clock: Clock) -> AsyncIterator[None]:
    dispatcher = Dispatcher(store.outbox, {"wecom": platform}, Metrics(), clock, poll=0.01)
    task = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until_waiting(store: Store, is_so: Callable[[Sequence[StoredParcel]], bool]) -> None:
    async def holds() -> bool:
        return is_so(await store.outbox.waiting())

    await until(holds)


async def until_empty(store: Store) -> None:
    await until_waiting(store, lambda waiting: not waiting)


def parcel(name: str, lane: str = "zhangsan") -> Parcel:
    return Parcel(name, "wecom", lane, name.encode())


async def test_what_waits_before_the_start_and_what_comes_later_is_sent_in_order(store: Store, clock: Clock) -> None:
    platform = Platform()
    await store.outbox.post([parcel("a"), parcel("b")])

    async with dispatching(store, platform, clock):
        await store.outbox.post([parcel("c"), parcel("d")])
        await until_empty(store)

    assert platform.taken == ["a", "b", "c", "d"]


async def test_many_lanes_go_side_by_side_and_one_that_hangs_holds_nobody_else_up(store: Store, clock: Clock) -> None:
    platform = Platform(answers={"bad": [PutOff("down", 1e6)]})
    await store.outbox.post([parcel("bad"), *(parcel(f"p{n}", f"lane{n}") for n in range(300)), parcel("after bad")])

    async with dispatching(store, platform, clock):
        await until(lambda: len(platform.taken) == 300)

    assert set(platform.taken) == {f"p{n}" for n in range(300)}
    assert [one.parcel.id for one in await store.outbox.waiting()] == ["bad", "after bad"]


async def test_a_platform_that_is_down_gets_it_later_and_once(store: Store, clock: Clock) -> None:
    platform = Platform(answers={"a": [PutOff("down")] * 3})
    await store.outbox.post([parcel("a"), parcel("b")])

    async with dispatching(store, platform, clock):
        for attempts in range(1, 4):
            await until(lambda number=attempts: len(platform.attempts) == number)  # type: ignore[misc]
            await until_due_later(store, clock)
        await until_empty(store)

    assert platform.taken == ["a", "b"]
    assert platform.attempts == [0, 1, 2, 3, 0]


async def until_due_later(store: Store, clock: Clock) -> None:
    """Wait until the first parcel is put off, then let that time pass."""
    await until_waiting(store, lambda waiting: waiting[0].why == "down" and waiting[0].due > clock.now)
    clock.now += 61


async def test_what_is_refused_is_kept_as_dead_and_the_next_goes_on(store: Store, clock: Clock) -> None:
    platform = Platform(answers={"a": [Refused("60111")], "b": [ValueError("a mistake of ours")]})
    await store.outbox.post([parcel("a"), parcel("b"), parcel("c")])

    async with dispatching(store, platform, clock):
        await until(lambda: platform.taken == ["c"])
        await until_waiting(store, lambda waiting: len(waiting) == 2)

    assert [(one.parcel.id, one.is_dead, one.why) for one in await store.outbox.waiting()] == [
        ("a", True, "60111"),
        ("b", True, "ValueError"),
    ]


async def test_what_could_not_be_sent_for_hours_is_given_up(store: Store, clock: Clock) -> None:
    platform = Platform(answers={"a": [PutOff("down")]})
    await store.outbox.post([parcel("a")])
    clock.now += LONGEST_AGE + 1

    async with dispatching(store, platform, clock):
        await until_waiting(store, lambda waiting: waiting[0].is_dead)

    assert (await store.outbox.waiting())[0].why == "down"


async def test_what_is_under_way_at_the_end_is_finished(store: Store, clock: Clock) -> None:
    platform = Platform(gate=asyncio.Event())
    assert platform.gate is not None
    await store.outbox.post([parcel("a")])

    async with dispatching(store, platform, clock):
        await asyncio.sleep(0.05)
        asyncio.get_running_loop().call_later(0.05, platform.gate.set)

    assert platform.taken == ["a"]
    assert await store.outbox.waiting() == ()


async def test_two_dispatchers_on_one_store_send_everything_once(store: Store, clock: Clock) -> None:
    platform = Platform()
    await store.outbox.post([parcel(f"p{n}", f"lane{n % 7}") for n in range(100)])

    async with dispatching(store, platform, clock), dispatching(store, platform, clock):
        await until_empty(store)

    assert sorted(platform.taken) == sorted(f"p{n}" for n in range(100))
    for lane in range(7):
        assert [name for name in platform.taken if int(name[1:]) % 7 == lane] == [f"p{n}" for n in range(lane, 100, 7)]


class Faulty:
    """An outbox whose store can't be used now and then."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.failures = {"claim": 3, "done": 2}

    async def claim(self, doors: Collection[str], limit: int, seconds: float) -> tuple[StoredParcel, ...]:
        self._fail("claim")
        return await self._outbox.claim(doors, limit, seconds)

    async def done(self, parcel_id: str) -> None:
        self._fail("done")
        await self._outbox.done(parcel_id)

    def _fail(self, what: str) -> None:
        if self.failures[what]:
            self.failures[what] -= 1
            raise StoreUnavailable("locked")

    def __getattr__(self, name: str) -> object:
        return getattr(self._outbox, name)


async def test_a_store_that_fails_now_and_then_makes_nothing_lost_or_doubled(store: Store, clock: Clock) -> None:
    platform = Platform()
    await store.outbox.post([parcel("a"), parcel("b")])
    faulty: Outbox = Faulty(store.outbox)  # type: ignore[assignment]
    task = asyncio.create_task(Dispatcher(faulty, {"wecom": platform}, Metrics(), clock, poll=0.01).run())

    await until_empty(store)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert platform.taken == ["a", "b"]


def test_back_off_grows_to_a_minute_and_is_spread() -> None:
    waits = [[back_off(attempts) for _ in range(50)] for attempts in range(12)]

    assert all(0.5 <= wait <= 1.0 for wait in waits[0])
    assert all(30.0 <= wait <= 60.0 for wait in waits[11])
    assert len(set(waits[3])) > 40
