"""Directions worth knowing: what the documents intend, where it has to do with the enterprise or with what it asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm

from bot.dialog.asked import SURE
from bot.dialog.flows import Guide, once
from bot.policy.attributes import NEVER, AttributeType, Profile, Value
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause
from bot.search.characters import normalised

MOST = 3
NOTHING = (False, NEVER, Decimal(0))
"""Values that tell of something the enterprise has nothing to do with."""


def directions_for(profile: Profile, subject: str, guide: Guide, on: date) -> tuple[Clause, ...]:
    """A few directions, those on `subject`, what was asked last, first; each is about something that none before it is.

    A direction is about what stands in its title: tags alone would bring in what is only near.
    """
    every = guide.remembered((directions_for, profile, on), lambda: _worth_knowing(profile, guide, on))
    asked = [name for name in (_asked_about(subject, guide) if subject else ()) if name in every.known]
    return tuple(every.known[name] for name in _apart(asked, every.ranked, every.shared))[:MOST]


@dataclass(frozen=True, slots=True)
class _Directions:
    """The directions that an enterprise may care for, by id, the subjects that each shares with it, and their order."""

    known: Mapping[str, Clause]
    shared: Mapping[str, frozenset[str]]
    ranked: Sequence[str]


def _worth_knowing(profile: Profile, guide: Guide, on: date) -> _Directions:
    words = frozenset((*_matters(profile, guide), *_trades(profile, guide)))
    places = _places_of(profile)
    known = {
        clause.id: clause
        for clause in _not_over(guide, on)
        if not clause.document.places or not places.isdisjoint(clause.document.places)
    }
    titled = {word: titles for word in words if (titles := _titled(word, guide))}
    shared = {name: frozenset(word for word, titles in titled.items() if name in titles) for name in known}
    weights = _weights(shared)
    # what shares nothing is never told of by itself
    ranked = sorted((name for name, each in shared.items() if each), key=lambda name: -weights[name])
    return _Directions(known, shared, ranked)


def _weights(shared: Mapping[str, frozenset[str]]) -> Mapping[str, int]:
    """What the words of each weigh: of each word a share by how few have it, exactly."""
    counts = Counter(word for each in shared.values() for word in each)
    whole = lcm(*counts.values())
    return {name: sum(whole // counts[word] for word in each) for name, each in shared.items()}


def _not_over(guide: Guide, on: date) -> tuple[Clause, ...]:
    def make() -> tuple[Clause, ...]:
        return tuple(c for c in guide.directions if availability_of(c.policy, on) is not Availability.CLOSED)

    return guide.remembered((_not_over, on), make)


def _places_of(profile: Profile) -> frozenset[Value | None]:
    operating = profile.values.get("operating_regions")
    return frozenset({profile.values.get("region"), *(operating if isinstance(operating, frozenset) else ())})


def _matters(profile: Profile, guide: Guide) -> Iterator[str]:
    """The subjects of what can be claimed for something that the enterprise has done; what it is, aside."""
    flow, attributes = guide.flow, guide.knowledge.attributes
    traits = {name for name in flow.core if attributes[name].type is not AttributeType.BOOL}
    done = {name for name, value in profile.values.items() if value not in NOTHING}
    done -= {*flow.direct, *flow.premises, *traits}
    return (tag for name in done for tag in guide.tags_by_attribute.get(name, ()))


def _trades(profile: Profile, guide: Guide) -> Iterator[str]:
    """The sectors of the enterprise, by their names."""
    sectors = profile.values.get("sector")
    if isinstance(sectors, frozenset):
        yield from (normalised(guide.knowledge.attributes["sector"].label_of(each)) for each in sectors)


@once
def _titled(word: str, guide: Guide) -> frozenset[str]:
    """The directions that have a word in their title, by id."""
    return frozenset(clause.id for clause in guide.directions if word in normalised(clause.title))


@once
def _asked_about(subject: str, guide: Guide) -> tuple[str, ...]:
    return tuple(hit.clause.id for hit in guide.index.search(subject) if hit.score >= SURE)


def _apart(asked: Sequence[str], ranked: Iterable[str], shared: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """What was asked about, then those that share a subject which none before them shares."""
    yield from asked
    told = frozenset().union(*(shared[name] for name in asked))
    for name in ranked:
        if name not in asked and shared[name] - told:
            told |= shared[name]
            yield name
