"""The shape of the files in tests/cases/ and tests/conversations/: the keys, their types, and what they mean."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.content.cells import Day, Names, Shape, Words, Yuan
from bot.policy.availability import Availability
from bot.policy.matching import Standing


# Of the next shapes only the keys that are written count (model_fields_set); the defaults let the others be left out.
class ExpectedShape(Shape):
    """What must come of one clause; a blank `exact` says that there is no exact sum, a blank `high` no bound."""

    standing: Standing = Standing.ELIGIBLE
    availability: Availability = Availability.OPEN
    exact: Yuan | None = None
    low: Yuan = Decimal(0)
    high: Yuan | None = None


class TotalsShape(Shape):
    """What must come of the best combination, in yuan."""

    fixed: Yuan = Decimal(0)
    ceiling: Yuan = Decimal(0)


class ExcludedShape(Shape):
    """Why a clause is left out of the best combination: a phrase of the reason, and the clause that goes before it."""

    because: Words = ""
    instead_of: Words = ""


class CaseShape(Shape):
    """One case: facts on a day, and what must come of them; what is `Any` is read with the content at hand."""

    name: Words
    on: Day
    given: Any
    expect: Any = None
    totals: Any = None
    chosen: Names | None = None
    excluded: Any = None
    waits_for: Words | None = None


class TurnShape(Shape):
    """What the user says, what the answer must show, and must not, and what must go to the single chat from a group."""

    say: str
    shows: Names = ()
    hides: Names = ()
    privately: Names = ()


def _table(value: object) -> object:
    return {} if value is None else value


class ConversationShape(Shape):
    """One conversation: its turns, and what is known at its end."""

    name: Words
    on: Day | None = None
    channel: Words = "web"
    turns: tuple[TurnShape, ...]
    knows: Annotated[Any, BeforeValidator(_table)] = None
    knows_not: Names = ()
    waits_for: Words | None = None
