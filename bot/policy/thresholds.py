"""Where conditions cut the values of an attribute: the sums and the days from which something is otherwise."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bot.policy.conditions import NotWithinYears, Number, Predicate, Requirement, Since, years_before


def numbers_in(requirements: Iterable[Requirement]) -> frozenset[Decimal]:
    """The sums and counts with which the requirements compare."""
    return frozenset(r.predicate.threshold for r in requirements if isinstance(r.predicate, Number))


def days_in(requirements: Iterable[Requirement], on: date) -> frozenset[date]:
    """The days from which the requirements hold, or hold no more, as seen on a day."""
    days = (day_of(requirement.predicate, on) for requirement in requirements)
    return frozenset(day for day in days if day is not None)


def day_of(predicate: Predicate, on: date) -> date | None:
    """The first day that a predicate tells from the one before it; None for one that is not of days."""
    match predicate:
        case Since(day):
            return day
        case NotWithinYears(years):
            return date.fromordinal(years_before(on, years).toordinal() + 1)
        case _:
            return None
