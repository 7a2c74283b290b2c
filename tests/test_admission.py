"""Who sends too fast is asked to wait, all together never fill the memory, and nobody else notices."""

import asyncio
from dataclasses import replace

import pytest

from bot.admission import BURST, MOST_REMEMBERED, Admission, AdmittedTurns, Limits
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.sessions.base import Parcel
from bot.turns import BUSY, TOO_FAST, Overloaded, Pack, SentTooFast
from tests.contracts.stores import Clock
from tests.fakes import NOW

ANSWER = Reply((OutboundMessage("好的"),))
FIRST = InboundMessage("web", "c1", "m0", "亦庄", NOW)


class Counted:
    """Turns that answer at once, or when they are let go."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.go = asyncio.Event()
        self.go.set()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        del pack
        self.seen.append(message.message_id)
        await self.go.wait()
        return ANSWER


class Refused:
    """Remembers what was counted."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def count_error(self, kind: str) -> None:
        self.kinds.append(kind)


class World:
    """Turns behind an admission, and a clock."""

    def __init__(self, limits: Limits) -> None:
        self.clock, self.refused, self.inner = Clock(), Refused(), Counted()
        self.admission = Admission(limits, self.refused, self.clock)
        self.turns = AdmittedTurns(self.inner, self.admission)

    async def say(self, count: int, first: InboundMessage = FIRST, start: int = 0) -> None:
        for number in range(start, start + count):
            await self.turns.handle(replace(first, message_id=f"m{number}"))


def no_parcels(_: Reply) -> tuple[Parcel, ...]:
    return ()


async def test_who_was_quiet_may_send_twice_a_minute_s_messages_at_once_and_is_then_asked_to_wait() -> None:
    world = World(Limits(per_minute=30))
    await world.say(60)

    with pytest.raises(SentTooFast) as refused:
        await world.say(1, start=60)

    assert refused.value.reply.messages[0].text == TOO_FAST
    assert len(world.inner.seen) == 60
    world.clock.now += 2.0
    await world.say(1, start=61)
    assert world.refused.kinds == ["sent_too_fast"]


async def test_nobody_else_notices() -> None:
    world = World(Limits(per_minute=1))
    await world.say(2)
    with pytest.raises(SentTooFast):
        await world.say(1, start=2)

    await world.say(2, replace(FIRST, conversation="c2"))
    await world.say(2, replace(FIRST, channel="wecom"))

    assert len(world.inner.seen) == 6


async def test_a_message_that_is_delivered_again_counts_once() -> None:
    world = World(Limits(per_minute=1, per_second=2))

    for _ in range(50):
        await world.turns.handle(FIRST)
    await world.say(1, start=1)

    assert len(world.inner.seen) == 51


async def test_where_each_sentence_is_a_call_to_the_platform_it_is_said_once_until_it_is_quiet() -> None:
    world = World(Limits(per_minute=1))
    await world.say(2)
    late = replace(FIRST, message_id="late")

    for _ in range(2):  # a door may ask again for the same message
        with pytest.raises(SentTooFast):
            await world.turns.handle(late, no_parcels)
    passed = [await world.turns.handle(replace(FIRST, message_id=f"x{n}"), no_parcels) for n in range(9)]
    world.clock.now += 120
    again = await world.turns.handle(replace(FIRST, message_id="y"), no_parcels)

    assert passed == [Reply(())] * 9
    assert again == ANSWER


async def test_where_the_answer_is_the_response_each_message_gets_the_sentence() -> None:
    world = World(Limits(per_minute=1))
    await world.say(2)

    for number in range(5):
        with pytest.raises(SentTooFast):
            await world.say(1, start=10 + number)


async def test_more_in_work_than_allowed_are_sent_away_until_some_are_done() -> None:
    world = World(Limits(at_once=10))
    world.inner.go.clear()
    tasks = [asyncio.create_task(world.say(1, replace(FIRST, conversation=f"c{n}"))) for n in range(10)]
    await asyncio.sleep(0)

    with pytest.raises(Overloaded) as refused:
        await world.say(1)
    world.inner.go.set()
    await asyncio.gather(*tasks)
    await world.say(1)

    assert (refused.value.is_temporary, str(refused.value)) == (True, BUSY)
    assert world.refused.kinds == ["overloaded"]


async def test_a_turn_that_is_given_up_makes_room() -> None:
    world = World(Limits(at_once=1))
    world.inner.go.clear()
    task = asyncio.create_task(world.say(1))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    world.inner.go.set()

    await world.say(1, start=1)

    assert len(world.inner.seen) == 2


async def test_all_together_have_so_many_a_second() -> None:
    world = World(Limits(per_second=5))
    for number in range(5):
        await world.say(1, replace(FIRST, conversation=f"c{number}"))

    with pytest.raises(Overloaded):
        await world.say(1, replace(FIRST, conversation="c9"))
    world.clock.now += 0.2

    await world.say(1, replace(FIRST, conversation="c9"))


async def test_nothing_is_limited_at_0() -> None:
    world = World(Limits(0, 0, 0))

    await world.say(1_000)

    assert world.refused.kinds == []


async def test_what_is_remembered_stays_small() -> None:
    world = World(Limits(per_second=0))
    for number in range(MOST_REMEMBERED + 500):
        await world.say(1, replace(FIRST, conversation=f"c{number}"))

    assert world.admission.remembered <= MOST_REMEMBERED
    world.clock.now += BURST * 60 + 1
    await world.say(50, replace(FIRST, conversation="one"))
    assert world.admission.remembered <= MOST_REMEMBERED - 49
