"""Condition trees over an enterprise's attributes, and what they find."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, assert_never

from bot.policy.attributes import Attribute, DateSpan, Never, Profile, Value
from bot.policy.money import Interval, is_above, is_at_least
from bot.policy.truth import Truth, all_of, any_of, truth_of


class Comparison(StrEnum):
    """How a value stands to a threshold; 超过 and 大于 are ABOVE, 以上 and 不低于 are AT_LEAST."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice that is one of the values, or a set that has one of them."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Is:
    """A yes or no that is as stated."""

    expected: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A sum in yuan or a count that stands so to the threshold."""

    comparison: Comparison
    threshold: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """A rank of an ordered attribute that stands so to the tier."""

    comparison: Comparison
    tier: str


@dataclass(frozen=True, slots=True)
class Since:
    """A date that is the day or later."""

    day: date


@dataclass(frozen=True, slots=True)
class NotWithinYears:
    """An event that never happened, or so many years or more before the day that is asked about."""

    years: int


Predicate = OneOf | Is | Number | Tier | Since | NotWithinYears


@dataclass(frozen=True, slots=True)
class Requirement:
    """One attribute put to one predicate; `say` is the condition in a clerk's words."""

    attribute: Attribute
    predicate: Predicate
    say: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: "Condition"
    say: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that the text leaves open: nobody's answer settles it, only the department does."""

    say: str


Condition = Requirement | AllOf | AnyOf | Not | Unclear
ALWAYS = AllOf(())


class Finding(NamedTuple):  # a tuple: made some hundred times a turn, at a third of the cost of a frozen dataclass
    """What a condition found: its truth, the value seen (of a requirement only) and the findings of its parts."""

    condition: Condition
    truth: Truth
    value: Value | None = None
    parts: tuple["Finding", ...] = ()

    @property
    def decisive(self) -> tuple["Finding", ...]:
        """The parts that it rests on: of alternatives only those that say the same."""
        is_choice = isinstance(self.condition, AnyOf)
        return tuple(part for part in self.parts if part.truth is self.truth) if is_choice else self.parts


def evaluate(condition: Condition, profile: Profile, on: date) -> Finding:
    """Put a condition to a profile on a day."""
    # no `match`: it is called some hundred times a turn, and takes apart what is only looked at
    if isinstance(condition, Requirement):
        value = profile.get(condition.attribute)
        truth = Truth.UNKNOWN if value is None else _holds(condition.attribute, condition.predicate, value, on)
        return Finding(condition, truth, value)
    if isinstance(condition, (AllOf, AnyOf)):
        findings = tuple([evaluate(part, profile, on) for part in condition.parts])
        joined = all_of if isinstance(condition, AllOf) else any_of
        return Finding(condition, joined([f.truth for f in findings]), None, findings)
    if isinstance(condition, Not):
        inner = evaluate(condition.part, profile, on)
        return Finding(condition, inner.truth.negated(), None, (inner,))
    if isinstance(condition, Unclear):
        return Finding(condition, Truth.UNKNOWN)
    assert_never(condition)


def requirements_of(condition: Condition) -> tuple[Requirement, ...]:
    """Every requirement in the tree, from left to right."""
    match condition:
        case Requirement():
            return (condition,)
        case AllOf(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in requirements_of(part))
        case Not(part, _):
            return requirements_of(part)
        case Unclear():
            return ()
        case _ as unreachable:
            assert_never(unreachable)


def attributes_of(condition: Condition) -> frozenset[str]:
    """The names of the attributes that the tree looks at."""
    return frozenset(leaf.attribute.name for leaf in requirements_of(condition))


def open_attributes(finding: Finding) -> frozenset[str]:
    """The attributes that leave a finding open."""
    return frozenset(r.attribute.name for r in open_requirements(finding))


def open_requirements(finding: Finding) -> tuple[Requirement, ...]:
    """The requirements that leave a finding open: unknown themselves, under nothing that is settled."""
    if finding.truth is not Truth.UNKNOWN:
        return ()
    if isinstance(finding.condition, Requirement):
        return (finding.condition,)
    found: list[Requirement] = []
    for part in finding.parts:
        if part.truth is Truth.UNKNOWN:
            found += open_requirements(part)
    return tuple(found)


def _holds(attribute: Attribute, predicate: Predicate, value: Value, on: date) -> Truth:
    match predicate:
        case OneOf(values):
            return truth_of(not value.isdisjoint(values) if isinstance(value, frozenset) else str(value) in values)
        case Is(expected):
            return truth_of(value is expected)
        case Number(comparison, threshold):
            return _compare_number(comparison, _as_number(value), threshold)
        case Tier(comparison, tier):
            rank, threshold = Decimal(attribute.values.index(str(value))), Decimal(attribute.values.index(tier))
            return _compare_number(comparison, rank, threshold)
        case Since(day):
            return _is_since(value, day)
        case NotWithinYears(years):
            return _is_since(value, _next_day(years_before(on, years))).negated()
        case _ as unreachable:
            assert_never(unreachable)


def _as_number(value: Value) -> Decimal | Interval:
    if isinstance(value, Decimal | Interval):
        return value
    raise TypeError(value)


def _compare_number(comparison: Comparison, number: Decimal | Interval, threshold: Decimal) -> Truth:
    match comparison:
        case Comparison.ABOVE:
            return is_above(number, threshold)
        case Comparison.AT_LEAST:
            return is_at_least(number, threshold)
        case Comparison.BELOW:
            return is_at_least(number, threshold).negated()
        case Comparison.AT_MOST:
            return is_above(number, threshold).negated()
        case _ as unreachable:
            assert_never(unreachable)


def _is_since(value: Value, day: date) -> Truth:
    if isinstance(value, Never):
        return Truth.FALSE
    if isinstance(value, DateSpan):
        if value.first is not None and value.first >= day:
            return Truth.TRUE
        return Truth.FALSE if value.last is not None and value.last < day else Truth.UNKNOWN
    if isinstance(value, date):
        return truth_of(value >= day)
    raise TypeError(value)


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier, not before the first day there is; 29 February becomes the 28th."""
    if on.year <= years:
        return date.min
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
