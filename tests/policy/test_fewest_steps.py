"""The fewest steps, against trying everything."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.attributes import NEVER, Attribute, AttributeType, Profile, Value
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Not,
    NotWithinYears,
    Requirement,
    Since,
    Unclear,
    evaluate,
    requirements_of,
    years_before,
)
from bot.policy.near_misses import Step, fewest_steps, is_turned
from tests.policy.changeable import ATTRIBUTES, CHANGEABLE, POINTS
from tests.policy.samples import DAY, predicates_of


@st.composite
def trees(draw: st.DrawFn) -> Condition:
    of_one = [st.builds(Requirement, st.just(a), predicates_of(a), st.just(a.label)) for a in ATTRIBUTES]
    leaves = st.one_of(*of_one, st.just(Unclear("要问")))

    def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Not, parts, st.just("不")))

    return draw(st.recursive(leaves, joined, max_leaves=5))


def known_of(attribute: Attribute) -> st.SearchStrategy[Value]:
    match attribute.type:
        case AttributeType.BOOL:
            return st.booleans()
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return st.sampled_from(attribute.values)
        case AttributeType.SET:
            return st.frozensets(st.sampled_from(attribute.values))
        case AttributeType.DATE:
            return st.dates(date(2018, 1, 1), DAY)
        case _:
            return st.sampled_from(POINTS)


PROFILES = st.fixed_dictionaries({}, optional={a.name: known_of(a) for a in ATTRIBUTES}).map(Profile)


def allowed(attribute: Attribute, known: Value | None, condition: Condition) -> Iterator[Value]:
    """Every value that an attribute may have, told by trying: what is unknown may be anything."""
    every = [*every_value(attribute, condition)]
    if known is None:
        yield from every
    elif attribute in CHANGEABLE:
        yield from (value for value in every if is_upward(attribute, known, value))


def is_upward(attribute: Attribute, known: Value, value: Value) -> bool:
    match attribute.type:
        case AttributeType.BOOL:
            return value is True
        case AttributeType.ORDERED:
            return attribute.values.index(str(value)) >= attribute.values.index(str(known))
        case AttributeType.CHOICE:
            return True
        case AttributeType.SET:
            return isinstance(value, frozenset) and isinstance(known, frozenset) and value >= known
        case _:
            return isinstance(value, Decimal) and isinstance(known, Decimal) and value >= known


def every_value(attribute: Attribute, condition: Condition) -> Iterator[Value]:
    match attribute.type:
        case AttributeType.BOOL:
            yield from (True, False)
        case AttributeType.CHOICE | AttributeType.ORDERED:
            yield from attribute.values
        case AttributeType.SET:
            for count in range(1, len(attribute.values) + 1):
                yield from (frozenset(some) for some in combinations(attribute.values, count))
        case AttributeType.DATE:
            yield NEVER
            yield from dates_in(condition)
        case _:
            yield from POINTS


def dates_in(condition: Condition) -> Iterator[date]:
    for leaf in requirements_of(condition):
        if isinstance(leaf.predicate, Since):
            yield from (leaf.predicate.day + timedelta(n) for n in (-1, 0, 1))
        if isinstance(leaf.predicate, NotWithinYears):
            yield from (years_before(DAY, leaf.predicate.years) + timedelta(n) for n in (-1, 0, 1))


def fewest_by_trying(condition: Condition, profile: Profile, most: int) -> int | None:
    used = {leaf.attribute.name: leaf.attribute for leaf in requirements_of(condition)}
    choices = {name: [*allowed(a, profile.get(a), condition)] for name, a in used.items()}
    for count in range(most + 1):
        for names in combinations(sorted(used), count):
            for values in product(*(choices[name] for name in names)):
                if turns(condition, profile, dict(zip(names, values, strict=True))):
                    return count
    return None


def turns(condition: Condition, profile: Profile, given_: Mapping[str, Value]) -> bool:
    return is_turned(evaluate(condition, Profile({**profile.values, **given_}), DAY))


@settings(max_examples=250)
@given(trees(), PROFILES)
def test_the_steps_turn_the_condition_and_no_fewer_do(condition: Condition, profile: Profile) -> None:
    found = fewest_steps(condition, profile, DAY, 2)

    fewest = fewest_by_trying(condition, profile, 2)
    assert (None if found is None else len(found)) == fewest
    if found is not None:
        assert turns(condition, profile, {step.attribute.name: step.value for step in found})
        assert all(may_be(step, profile) for step in found)


def may_be(step: Step, profile: Profile) -> bool:
    """Whether the attribute was unknown, or may be changed."""
    return profile.get(step.attribute) is None or step.attribute in CHANGEABLE
