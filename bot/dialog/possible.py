"""The answers that a question may get, one for all that the conditions treat alike, and how likely each is.

Nobody counts what enterprises answer; so the chances are plain ones: yes is as likely as no, one choice as another,
and a sum that is asked for, because its topic was picked, is mostly not nought.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple, assert_never

from bot.policy.attributes import NEVER, Attribute, AttributeType, Value
from bot.policy.conditions import (
    Comparison,
    Is,
    NotWithinYears,
    Number,
    OneOf,
    Predicate,
    Requirement,
    Since,
    Tier,
)
from bot.policy.thresholds import days_in, numbers_in

NOUGHT = 0.1
"""How likely a sum that is asked for is nought, and a day that is asked for never was."""
SHORT = 0.3
"""How likely it is not nought, and yet falls short of what is required."""
CLEAN = 0.95
"""How likely what nearly everyone meets is met."""
GREAT = Decimal(10_000_000)


class Possible(NamedTuple):
    """One answer, standing for all that the conditions treat alike."""

    value: Value
    chance: float


def possible_answers(attribute: Attribute, requirements: Iterable[Requirement], on: date) -> tuple[Possible, ...]:
    """One answer for each part of the values that these requirements of the attribute tell apart."""
    match attribute.type:
        case AttributeType.BOOL:
            return (Possible(value=True, chance=0.5), Possible(value=False, chance=0.5))
        case AttributeType.CHOICE | AttributeType.ORDERED | AttributeType.SET:
            return _of_values(attribute, tuple(requirements))
        case AttributeType.YUAN | AttributeType.INT:
            return _of_numbers(numbers_in(requirements), _short(attribute))
        case AttributeType.DATE:
            return _of_days(days_in(requirements, on))
        case _ as unreachable:
            assert_never(unreachable)


def _of_values(attribute: Attribute, requirements: tuple[Requirement, ...]) -> tuple[Possible, ...]:
    """The values that meet the same requirements are one answer."""
    alike: dict[tuple[bool, ...], list[str]] = {}
    for value in attribute.values:
        met = tuple(_is_met(attribute, requirement.predicate, value) for requirement in requirements)
        alike.setdefault(met, []).append(value)
    is_set = attribute.type is AttributeType.SET
    share = 1 / len(attribute.values)
    return tuple(Possible(frozenset({v[0]}) if is_set else v[0], len(v) * share) for v in alike.values())


def _is_met(attribute: Attribute, predicate: Predicate, value: str) -> bool:
    match predicate:
        case OneOf(values):
            return value in values
        case Tier(comparison, tier):
            return _stands(comparison, attribute.values.index(value) - attribute.values.index(tier))
        case _:
            return False


def _stands(comparison: Comparison, distance: int) -> bool:
    match comparison:
        case Comparison.ABOVE:
            return distance > 0
        case Comparison.AT_LEAST:
            return distance >= 0
        case Comparison.BELOW:
            return distance < 0
        case Comparison.AT_MOST:
            return distance <= 0
        case _ as unreachable:
            assert_never(unreachable)


def _short(attribute: Attribute) -> float:
    """How likely a number that is not nought is below the thresholds: a sum seldom, a count mostly."""
    return SHORT if attribute.type is AttributeType.YUAN else 1 - NOUGHT - SHORT


def _of_numbers(thresholds: Collection[Decimal], below: float) -> tuple[Possible, ...]:
    """Nought, what lies between the thresholds, and what is above them all."""
    marks = sorted(mark for mark in thresholds if mark > 0)
    between = [(low + high) / 2 for low, high in zip([Decimal(0), *marks], marks, strict=False)]
    above = max([GREAT, *(mark * 2 for mark in marks)])
    short = tuple(Possible(value, below / len(between)) for value in between)
    return (Possible(Decimal(0), NOUGHT), *short, Possible(above, 1 - NOUGHT - (below if between else 0)))


def _of_days(marks: Collection[date]) -> tuple[Possible, ...]:
    """Before all the days in use, from one to the next, from the last on; and never."""
    days = [*(mark for mark in marks if mark > date.min), *(m - timedelta(days=1) for m in marks if m > date.min)]
    share = (1 - NOUGHT) / max(len(days), 1)
    return (Possible(NEVER, NOUGHT if days else 1), *(Possible(day, share) for day in sorted(days)))


def chance_of(requirement: Requirement) -> float:
    """How likely a requirement of which nothing is known is taken to be met."""
    attribute, predicate = requirement.attribute, requirement.predicate
    if isinstance(predicate, Number):
        above = 1 - NOUGHT - (_short(attribute) if predicate.threshold > 0 else 0)
        return above if predicate.comparison in (Comparison.ABOVE, Comparison.AT_LEAST) else 1 - above
    return _chance(attribute.values, predicate)


@cache
def _chance(values: tuple[str, ...], predicate: Is | Since | NotWithinYears | OneOf | Tier) -> float:
    match predicate:
        case Is():
            return 0.5
        case Since():
            return (1 - NOUGHT) / 2
        case NotWithinYears():
            return CLEAN
        case OneOf(wanted):
            return len(wanted) / len(values)
        case Tier(comparison, tier):
            met = [_stands(comparison, rank - values.index(tier)) for rank in range(len(values))]
            return sum(met) / len(values)
        case _ as unreachable:
            assert_never(unreachable)
