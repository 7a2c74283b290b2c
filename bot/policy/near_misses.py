"""What a clause lacks: the fewest things to change, or to know, that would turn it, and what that would bring."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.policy.attributes import Attribute, DateSpan, Profile, Value
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Combining
from bot.policy.conditions import (
    AllOf,
    Condition,
    Finding,
    NotWithinYears,
    evaluate,
    open_requirements,
    requirements_of,
)
from bot.policy.matching import Verdict, judge
from bot.policy.plan import build_plan
from bot.policy.reachable import reachable
from bot.policy.truth import Truth

MOST = 4
"""So many attributes at most: what lacks more is not near."""


@dataclass(frozen=True, slots=True)
class Step:
    """One attribute that must be otherwise, or turn out so where nothing is known of it (`before` is None).

    `say` is the condition in a clerk's words that it is needed for.
    """

    attribute: Attribute
    value: Value
    before: Value | None
    say: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The fewest steps that turn a clause; `verdict` is the one that they lead to, `on` the day from which they do.

    `waits`: something of the past stands against it until that day.
    """

    steps: tuple[Step, ...]
    verdict: Verdict
    on: date
    waits: bool = False

    @property
    def changes(self) -> tuple[Step, ...]:
        """The steps that the enterprise must take; the others only have to turn out so."""
        return tuple(step for step in self.steps if step.before is not None)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a clause adds to the plan, in yuan: exactly, or else at most."""

    exact: Decimal
    highest: Decimal

    @property
    def yuan(self) -> Decimal:
        """The sum by which gains are ranked."""
        return self.exact or self.highest


@dataclass(frozen=True, slots=True)
class Near:
    """The steps to something that is nearly within reach, and what it would add to the plan."""

    miss: NearMiss
    gain: Gain


def near_miss(clause: Clause, profile: Profile, on: date, most: int = MOST) -> NearMiss | None:
    """The fewest steps that turn the clause on the day, or from the day on which the past no longer bars it.

    None when it lacks nothing, when no steps turn it, or when more than `most` are needed. Of two ways with as many
    steps the one that leaves nothing unclear goes first, then the one with fewer changes.
    """
    whole = AllOf((clause.policy.scope, clause.policy.premises, clause.condition))
    if is_turned(evaluate(whole, profile, on)):
        return None
    if (steps := fewest_steps(whole, profile, on, most)) is not None:
        return _leading_to(clause, steps, profile, on)
    day = lapse_day(whole, profile, on)
    if day is None or availability_of(clause.policy, day) is Availability.CLOSED:
        return None
    steps = fewest_steps(whole, profile, day, most)
    return None if steps is None else _leading_to(clause, steps, profile, day, waits=True)


def is_turned(finding: Finding) -> bool:
    """Whether a finding holds, but perhaps for what the text itself leaves unclear."""
    return finding.truth is Truth.TRUE or (finding.truth is Truth.UNKNOWN and not open_requirements(finding))


def fewest_steps(condition: Condition, profile: Profile, on: date, most: int) -> tuple[Step, ...] | None:
    """The fewest steps that make a condition hold on the day; none when it holds, None when there are none."""
    choices = reachable(condition, profile, on)
    for count in range(most + 1):
        found = [*_ways(condition, profile, on, _Left(choices, count))]
        if found:
            best = min(found, key=lambda way: _preference(condition, way, profile, on))
            return tuple(_step(name, best, condition, profile, on) for name in best)
    return None


def gain_of(near: NearMiss, verdicts: Sequence[Verdict], rules: Combining, profile: Profile) -> Gain:
    """What the best combination of the verdicts comes to with the clause, less what it comes to without it.

    Only clauses that a rule joins with it can make a difference: the others are the same on both sides.
    """
    name = near.verdict.clause.id
    joined = rules.joined_with(name) - {name}
    others = [verdict for verdict in verdicts if verdict.clause.id in joined]
    before, after = (build_plan(some, rules, profile) for some in (others, [*others, near.verdict]))
    return Gain(after.fixed_total - before.fixed_total, after.ceiling_total - before.ceiling_total)


def lapse_day(condition: Condition, profile: Profile, on: date) -> date | None:
    """The first day after `on` from which what once happened no longer stands against a condition; None: no such."""
    days = [
        _years_after(day, leaf.predicate.years)
        for leaf in requirements_of(condition)
        if isinstance(leaf.predicate, NotWithinYears) and (day := _last_day(profile.get(leaf.attribute))) is not None
    ]
    later = [day for day in days if day > on]
    return max(later, default=None)


@dataclass(frozen=True, slots=True)
class _Left:
    """What may still be changed, by attribute, and how many of them."""

    choices: Mapping[str, tuple[Value, ...]]
    count: int

    def without(self, name: str) -> "_Left":
        return _Left({key: values for key, values in self.choices.items() if key != name}, self.count - 1)


def _ways(condition: Condition, profile: Profile, on: date, left: _Left) -> Iterator[dict[str, Value]]:
    """Every way to make the condition hold by so many changes: each must touch the first part that does not hold."""
    if (first := _first_failing(condition, profile, on)) is None:
        yield {}
        return
    if not left.count:
        return
    changes = ((name, value) for name in dict.fromkeys(_blamed(first)) for value in left.choices.get(name, ()))
    for name, value in changes:
        for way in _ways(condition, profile.with_value(name, value), on, left.without(name)):
            yield {name: value, **way}


def _first_failing(condition: Condition, profile: Profile, on: date) -> Condition | None:
    """The first part that does not hold, down to one that is not made of others which all have to; None: it holds."""
    if isinstance(condition, AllOf):
        failing = (_first_failing(part, profile, on) for part in condition.parts)
        return next((part for part in failing if part is not None), None)
    return None if is_turned(evaluate(condition, profile, on)) else condition


def _blamed(condition: Condition) -> Iterator[str]:
    """The attributes of which one at least must be otherwise for it to hold."""
    for leaf in requirements_of(condition):
        yield leaf.attribute.name
        if leaf.attribute.default_from is not None:
            yield leaf.attribute.default_from


def _preference(condition: Condition, way: Mapping[str, Value], profile: Profile, on: date) -> tuple[bool, int]:
    finding = evaluate(condition, _overlaid(profile, way), on)
    return finding.truth is not Truth.TRUE, sum(profile.values.get(name) is not None for name in way)


def _overlaid(profile: Profile, way: Mapping[str, Value]) -> Profile:
    return Profile({**profile.values, **way}, profile.dormant)


def _step(name: str, way: Mapping[str, Value], condition: Condition, profile: Profile, on: date) -> Step:
    leaves = [leaf for leaf in requirements_of(condition) if leaf.attribute.name == name]
    then = _overlaid(profile, way)
    needed = [leaf for leaf in leaves if evaluate(leaf, then, on).truth is Truth.TRUE] or leaves
    attribute = needed[0].attribute
    return Step(attribute, way[name], profile.get(attribute), needed[-1].say)


def _leading_to(
    clause: Clause, steps: tuple[Step, ...], profile: Profile, on: date, *, waits: bool = False
) -> NearMiss:
    then = _overlaid(profile, {step.attribute.name: step.value for step in steps})
    return NearMiss(steps, judge(clause, then, on), on, waits)


def _last_day(value: Value | None) -> date | None:
    if isinstance(value, DateSpan):
        return value.last
    return value if isinstance(value, date) else None


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
