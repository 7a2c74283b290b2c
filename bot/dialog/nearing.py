"""Which policies are nearly within reach, with the fewest steps to them and what each would add to the plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialog.flows import Guide
from bot.policy.attributes import Attribute, Profile
from bot.policy.clauses import NoFigure
from bot.policy.matching import Verdict
from bot.policy.near_misses import Near, NearMiss, gain_of, near_miss

MOST_SHOWN, MOST_CHANGES = 3, 2
"""How many are shown, and how much an enterprise may have to change for one: the rest is no advice but a list."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where gains are counted: a profile with the premises met, and its verdicts on a day."""

    profile: Profile
    verdicts: Sequence[Verdict]
    on: date


def nearest(ids: Iterable[str], at: Standpoint, guide: Guide) -> Mapping[str, Near]:
    """Of these clauses the few that would bring most, by id, the greatest gain first."""
    found: dict[str, Near] = {}
    for near in sorted(_near(frozenset(ids), at, guide), key=lambda near: -near.gain.yuan):
        name = near.miss.verdict.clause.id
        rivals = (rule.clauses for rule in guide.knowledge.combining.exclusions if name in rule.clauses)
        if not any(clauses & found.keys() for clauses in rivals):  # only one of them would count
            found[name] = near
    return dict([*found.items()][:MOST_SHOWN])


def by_first_time(verdicts: Iterable[Verdict], at: Standpoint, guide: Guide) -> Mapping[str, Near]:
    """Of clauses that wait for answers those for which doing something for the first time is enough, by id."""
    attributes = guide.knowledge.attributes
    waiting = (v for v in verdicts if v.unknowns and all(_is_first(attributes[name]) for name in v.unknowns))
    found = _near(frozenset(v.clause.id for v in waiting), at, guide)
    return {near.miss.verdict.clause.id: near for near in found}


def _is_first(attribute: Attribute) -> bool:
    return attribute.way is not None and attribute.way.is_once


def _miss_of(verdict: Verdict, at: Standpoint, guide: Guide) -> NearMiss | None:
    """The steps follow from all that the verdict rests on, and that is the same as long as the verdict is."""
    return guide.of_verdict((near_miss, verdict.mark), lambda: near_miss(verdict.clause, at.profile, at.on))


def _near(ids: frozenset[str], at: Standpoint, guide: Guide) -> Iterator[Near]:
    for verdict in at.verdicts:
        if verdict.clause.id not in ids or (miss := _miss_of(verdict, at, guide)) is None:
            continue
        gain = gain_of(miss, at.verdicts, guide.knowledge.combining, at.profile)
        is_worth_it = gain.yuan > 0 or isinstance(verdict.clause.benefit, NoFigure)
        if is_worth_it and len(miss.changes) <= MOST_CHANGES:
            yield Near(miss, gain)
