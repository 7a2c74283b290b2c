"""The search for contradictions against every combination of the values that matter."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given

from bot.content.satisfiability import build_space
from bot.policy.attributes import NEVER, Attribute, AttributeType, Profile, Value
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Not,
    NotWithinYears,
    Number,
    OneOf,
    Requirement,
    Since,
    evaluate,
    requirements_of,
    years_before,
)
from bot.policy.truth import Truth
from tests.policy.samples import COST, DAY, PENALTY, REGION, SECTOR, TIER, YEARS, conditions, number_is


def can_hold(condition: Condition, *, holds: bool = True) -> bool:
    space = build_space([condition], DAY)
    return space.can_hold([space.formula(condition, holds=holds)])


def values_that_matter(attribute: Attribute, leaves: list[Requirement]) -> Sequence[Value]:
    match attribute.type:
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return list(attribute.values)
        case AttributeType.BOOL:
            return [True, False]
        case AttributeType.SET:
            sizes = range(1, len(attribute.values) + 1)
            return [frozenset(some) for size in sizes for some in itertools.combinations(attribute.values, size)]
        case AttributeType.YUAN | AttributeType.INT:
            step = Decimal(1) if attribute.type is AttributeType.INT else Decimal("0.5")
            marks = [leaf.predicate.threshold for leaf in leaves if isinstance(leaf.predicate, Number)]
            return sorted({max(mark + way * step, Decimal(0)) for mark in [*marks, Decimal(0)] for way in (-1, 0, 1)})
        case AttributeType.DATE:
            days = [day_of(leaf) for leaf in leaves]
            return [NEVER, *(day + timedelta(days=way) for day in days for way in (-1, 0, 1))]


def day_of(leaf: Requirement) -> date:
    if isinstance(leaf.predicate, Since):
        return leaf.predicate.day
    assert isinstance(leaf.predicate, NotWithinYears)
    return years_before(DAY, leaf.predicate.years)


def profiles_that_matter(condition: Condition) -> Iterator[Profile]:
    leaves: dict[str, list[Requirement]] = {}
    for leaf in requirements_of(condition):
        leaves.setdefault(leaf.attribute.name, []).append(leaf)
    values = [values_that_matter(group[0].attribute, group) for group in leaves.values()]
    for combination in itertools.product(*values):
        yield Profile(dict(zip(leaves, combination, strict=True)))


@given(conditions())
def test_the_search_finds_what_trying_every_value_finds(condition: Condition) -> None:
    found = [evaluate(condition, profile, DAY).truth for profile in profiles_that_matter(condition)]

    assert can_hold(condition) == any(truth is not Truth.FALSE for truth in found)
    assert can_hold(condition, holds=False) == any(truth is not Truth.TRUE for truth in found)


def test_neighbouring_whole_numbers_leave_nothing_between_them() -> None:
    assert not can_hold(AllOf((number_is(">", 2, YEARS), number_is("<", 3, YEARS))))
    assert can_hold(AllOf((number_is(">", 2, COST), number_is("<", 3, COST))))


def test_no_number_is_below_nought() -> None:
    assert not can_hold(number_is("<", 0))
    assert not can_hold(number_is(">=", 0), holds=False)


def test_a_set_may_have_several_values_and_a_choice_one() -> None:
    two_sectors = AllOf(tuple(Requirement(SECTOR, OneOf((value,)), "") for value in SECTOR.values))
    two_regions = AllOf(tuple(Requirement(REGION, OneOf((value,)), "") for value in REGION.values))

    assert can_hold(two_sectors)
    assert not can_hold(two_regions)


def test_an_entangled_choice_is_worked_out() -> None:
    """Four choices of which any three can be met: a contradiction that no pair of conditions shows."""
    one, other = Requirement(TIER, OneOf(("none",)), ""), Requirement(REGION, OneOf(("经开区",)), "")
    firsts: tuple[Condition, ...] = (one, Not(one, ""))
    seconds: tuple[Condition, ...] = (other, Not(other, ""))
    choices = tuple(AnyOf((first, second)) for first in firsts for second in seconds)

    assert not can_hold(AllOf(choices))
    assert can_hold(AllOf(choices[:3]))


def test_the_last_penalty_can_be_neither_never_nor_long_ago_nor_lately() -> None:
    long_ago = Requirement(PENALTY, NotWithinYears(3), "")
    lately = Requirement(PENALTY, Since(date(2026, 1, 1)), "")

    assert not can_hold(AllOf((long_ago, lately)))
