"""What came of all the lives: nothing lost, nothing done twice, nothing out of order."""

import json
from dataclasses import dataclass
from typing import Self

from bot.sessions.base import SessionKey, Store
from bot.sessions.codec import decode_reply, decode_state
from tests.crashing.child import DOOR, PARTS, key_of, open_store
from tests.crashing.lives import World, expected_of
from tests.crashing.people import Person
from tests.fakes import no_attributes

REMEMBERED = 100
"""The last replies of each conversation are kept for sure."""


@dataclass(frozen=True, slots=True)
class Report:
    """The counts; all but the first five must be 0."""

    kills: int = 0
    turns: int = 0
    parcels: int = 0
    delivered_again: int = 0
    sent_again: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    changed: int = 0
    unsent: int = 0
    missent: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether everything was done exactly once."""
        return not any((self.lost, self.doubled, self.disordered, self.changed, self.unsent, self.missent))

    def __add__(self, other: Self) -> "Report":
        names = self.__slots__
        return Report(**{name: getattr(self, name) + getattr(other, name) for name in names})


async def judge(world: World) -> Report:
    """The counts of a world in which all was sent; nobody is alive in it any more."""
    store = open_store(world.store, lambda: world.ahead.value)
    await store.open()
    try:
        each = [await _judge_person(world, store, person) for person in world.people]
        waiting = await store.outbox.waiting()
    finally:
        await store.close()
    whole = sum(each, Report())
    platform = Report(
        kills=world.kills,
        parcels=len(world.platform.shown),
        sent_again=world.platform.repeated,
        unsent=len(waiting),
        missent=world.platform.contradictions + len(world.platform.shown.keys() - world.expected),
    )
    return whole + platform


async def _judge_person(world: World, store: Store, person: Person) -> Report:
    key = SessionKey(DOOR, person.name)
    session = await store.load(key)
    state = session.state or b""
    noted = decode_state(key, state, no_attributes()).shown
    said = [person.text_of(one) for one in person.said]
    lane, keys = world.platform.lanes.get(person.name, []), expected_of(person)
    return Report(
        turns=len(said),
        delivered_again=person.delivered_again,
        lost=len(set(said) - set(noted)),
        doubled=len(noted) - len(set(noted)) + len(set(noted) - set(said)),
        disordered=int(not person.is_hasty and list(noted) != said) + int(not person.is_hasty and lane != keys),
        changed=person.changed + await _forgotten(store, key, person),
        unsent=len(set(keys) - set(lane)),
        missent=_misread(world, person),
    )


async def _forgotten(store: Store, key: SessionKey, person: Person) -> int:
    """How many of the last replies are not stored byte for byte as they were given."""
    last = person.said[-REMEMBERED:]
    return sum([(await store.load(key, one)).reply != person.replies[one] for one in last])


def _misread(world: World, person: Person) -> int:
    """How many parcels the platform showed with other words than those of the answer."""
    return sum(
        world.platform.shown.get(key_of(person.name, message_id, place)) != f"{_text(person, message_id)} [{place}]"
        for message_id in person.said
        for place in range(PARTS)
    )


def _text(person: Person, message_id: str) -> str:
    return decode_reply(SessionKey(DOOR, person.name), person.replies[message_id]).messages[0].text


def dump(report: Report) -> str:
    """The counts as JSON, for the message of a failed test."""
    return json.dumps({name: getattr(report, name) for name in report.__slots__})
