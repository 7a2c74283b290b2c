"""What an attribute may be made, or may turn out to be, as far as the conditions over it tell values apart."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from bot.policy.attributes import NEVER, Attribute, AttributeType, Profile, Value
from bot.policy.conditions import (
    Condition,
    NotWithinYears,
    Number,
    OneOf,
    Requirement,
    Since,
    requirements_of,
    years_before,
)
from bot.policy.money import Interval


def reachable(condition: Condition, profile: Profile, on: date) -> dict[str, tuple[Value, ...]]:
    """What each attribute of the condition may be: anything where nothing is known, else what it can be changed to."""
    leaves: dict[str, list[Requirement]] = {}
    for leaf in requirements_of(condition):
        leaves.setdefault(leaf.attribute.name, []).append(leaf)
    found = {name: tuple(_values(some, profile.get(some[0].attribute), on)) for name, some in leaves.items()}
    return {name: values for name, values in found.items() if values}


def _values(leaves: Sequence[Requirement], known: Value | None, on: date) -> Iterator[Value]:
    attribute = leaves[0].attribute
    if _is_settled(attribute, known):
        return
    match attribute.type:
        case AttributeType.BOOL:
            yield from (True, False) if known is None else (True,)
        case AttributeType.ORDERED:
            least = -1 if known is None else attribute.values.index(str(known))
            yield from attribute.values[least + 1 :]
        case AttributeType.CHOICE:
            yield from _choice_values(leaves, known)
        case AttributeType.SET:
            yield from _sets(leaves, known)
        case AttributeType.YUAN | AttributeType.INT:
            yield from _amounts(leaves, known)
        case AttributeType.DATE:
            yield NEVER
            yield from _days(leaves, on)


def _is_settled(attribute: Attribute, known: Value | None) -> bool:
    """Whether what is known can't become otherwise, or need not."""
    return known is True or (known is not None and (attribute.way is None or attribute.way.is_once))


def _amounts(leaves: Sequence[Requirement], known: Value | None) -> Iterator[Interval]:
    return (cell for cell in _cells(leaves) if known is None or _is_no_less(cell, known))


def _days(leaves: Sequence[Requirement], on: date) -> Iterator[date]:
    """The days on either side of those from which conditions count."""
    for leaf in leaves:
        match leaf.predicate:
            case Since(day):
                yield from (day, day - timedelta(1))
            case NotWithinYears(years):
                last = years_before(on, years)
                yield from (last, last + timedelta(1))


def _named(leaf: Requirement) -> tuple[str, ...]:
    return leaf.predicate.values if isinstance(leaf.predicate, OneOf) else ()


def _choice_values(leaves: Sequence[Requirement], known: Value | None) -> Iterator[str]:
    """The values that conditions name, and one that stands for all others: no condition tells those apart."""
    named = dict.fromkeys(value for leaf in leaves for value in _named(leaf))
    other = (value for value in leaves[0].attribute.values if value not in named and value != known)
    yield from (value for value in (*named, *[*other][:1]) if value != known)


def _sets(leaves: Sequence[Requirement], known: Value | None) -> Iterator[frozenset[str]]:
    """What is known with some of the values that conditions name; the smaller sets first."""
    held = known if isinstance(known, frozenset) else frozenset()
    named = [value for value in dict.fromkeys(v for leaf in leaves for v in _named(leaf)) if value not in held]
    if known is None:
        named += [value for value in leaves[0].attribute.values if value not in named][:1]
    for count in range(1, len(named) + 1):
        yield from (held | frozenset(some) for some in combinations(named, count))


def _cells(leaves: Sequence[Requirement]) -> Iterator[Interval]:
    """The stretches between the thresholds: those without an upper end, the lowest first, then the narrow ones."""
    limits = sorted({leaf.predicate.threshold for leaf in leaves if isinstance(leaf.predicate, Number)})
    for limit in limits:
        yield Interval(limit, None)
        yield Interval(limit, None, low_open=True)
    if limits and limits[0] > 0:
        yield Interval(Decimal(0), limits[0], high_open=True)
    for low, high in zip(limits, (*limits[1:], None), strict=True):
        yield Interval(low, low)
        yield Interval(low, high, low_open=True, high_open=True)


def _is_no_less(cell: Interval, known: Value) -> bool:
    """Whether all of a stretch lies where the sum is or above: nobody is told to spend less."""
    least = known.low if isinstance(known, Interval) else known
    return cell.low is not None and (not isinstance(least, Decimal) or cell.low >= least)
