"""Whether a document can be claimed from on a given day."""

from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.policy.clauses import Batch, Document, Draft, InForce, NoTerm, TitleYears


class Availability(StrEnum):
    """The state of a document on a day; the verdict is another axis."""

    OPEN = "open"
    DRAFT = "draft"
    CLOSED = "closed"
    UNCONFIRMED = "unconfirmed"


def availability_of(document: Document, on: date) -> Availability:
    """Open in its term by the text itself, closed after, a draft before it is one, else unconfirmed."""
    match document.status:
        case Draft():
            return Availability.DRAFT
        case NoTerm():
            return Availability.UNCONFIRMED
        case InForce(first, last):
            return _in_term(on, first or date.min, last or date.max)
        case Batch(year):
            return _in_years(on, year, year, grace=1)
        case TitleYears(first_year, last_year):
            return _in_years(on, first_year, last_year, grace=0)
        case _ as unreachable:
            assert_never(unreachable)


def _in_term(on: date, first: date, last: date) -> Availability:
    if on > last:
        return Availability.CLOSED
    return Availability.OPEN if on >= first else Availability.UNCONFIRMED


def _in_years(on: date, first: int, last: int, *, grace: int) -> Availability:
    if first <= on.year <= last:
        return Availability.OPEN
    if on.year < first or on.year <= last + grace:
        return Availability.UNCONFIRMED
    return Availability.CLOSED
