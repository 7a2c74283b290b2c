"""Two processes on one store: one user's messages at both of them, and one that dies in the middle of its work."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.outbox import AT_ONCE
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_reply, decode_state
from tests.crashing.child import DOOR, open_store
from tests.crashing.judging import judge
from tests.crashing.lives import World
from tests.crashing.people import Person, line_to
from tests.crashing.process import Child
from tests.crashing.worlds import address_of, opened_world
from tests.fakes import no_attributes
from tests.waiting import until

KINDS = ("sqlite", "redis")
ROUNDS = 25


async def talk_to_both(person: Person, one: Child, other: Child) -> None:
    """Two messages at once, one to each process, again and again; the second of each pair also to both."""
    async with line_to(one.birth.socket) as first, line_to(other.birth.socket) as second:
        for number in range(ROUNDS):
            left, right = f"a{number}", f"b{number}"
            done = await asyncio.gather(
                person.deliver(first, [left]), person.deliver(second, [right]), person.deliver(first, [right])
            )
            assert all(done)


async def read_diary(world: World, person: Person) -> tuple[str, ...]:
    """All that the conversation noted."""
    store = open_store(world.store, lambda: world.ahead.value)
    await store.open()
    state = (await store.load(SessionKey(DOOR, person.name))).state
    await store.close()
    assert state is not None
    return decode_state(SessionKey(DOOR, person.name), state, no_attributes()).shown


@pytest.mark.parametrize("kind", KINDS)
async def test_two_messages_of_one_user_at_two_processes_are_both_kept_in_one_order(kind: str, tmp_path: Path) -> None:
    async with opened_world(address_of(kind, tmp_path)) as world:
        world.people = [Person(f"c{n}", random.Random(n), is_hasty=True) for n in range(3)]
        async with world.alive() as one, world.alive() as other:
            await asyncio.gather(*(talk_to_both(person, one, other) for person in world.people))
            await world.until_sent(one)
            await asyncio.sleep(0.1)

    report = await judge(world)
    assert report.is_clean, report
    assert report.turns == 3 * 2 * ROUNDS
    for person in world.people:
        diary = await read_diary(world, person)
        numbers = [text.split()[-1][1:] for text in diary]
        assert numbers == sorted(numbers, key=int), "a pair was overtaken by the next one"
        counted = {one: decode_reply(SessionKey(DOOR, ""), raw).messages[0].text for one, raw in person.replies.items()}
        assert [counted[text.split()[-1]] for text in diary] == [f"{n + 1}：{text}" for n, text in enumerate(diary)]


@pytest.mark.parametrize("kind", KINDS)
async def test_two_processes_share_what_is_to_be_sent_and_keep_the_order_of_each_lane(
    kind: str, tmp_path: Path
) -> None:
    async with opened_world(address_of(kind, tmp_path)) as world:
        world.people = [Person(f"c{n}", random.Random(n)) for n in range(AT_ONCE + 20)]
        async with world.alive() as one, world.alive():
            world.platform.gate.clear()
            assert await world.talk(one, more=2)
            await until(lambda: world.platform.knocking == len(world.people))
            world.platform.gate.set()
            await world.until_sent(one)
            await asyncio.sleep(0.1)
        senders = world.platform.senders

    report = await judge(world)
    assert report.is_clean, report
    assert min(senders["r1"], senders["r2"]) >= 20, "the first one has no more hands than that"


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_dead_process_was_sending_is_sent_by_the_other_in_its_order(kind: str, tmp_path: Path) -> None:
    async with opened_world(address_of(kind, tmp_path)) as world:
        async with world.alive() as one:
            world.platform.gate.clear()
            assert await world.talk(one, more=4)
            await until(lambda: world.platform.knocking == len(world.people))
        assert not world.platform.shown
        async with world.alive() as other:  # now the claims of the dead one have ended
            world.platform.gate.set()
            await world.until_sent(other)
            await asyncio.sleep(0.1)
        senders = set(world.platform.senders)

    report = await judge(world)
    assert report.is_clean, report
    assert report.turns == 4 * len(world.people)
    assert senders == {"r2"}
