"""Where conditions cut the values of an attribute."""

from datetime import date
from decimal import Decimal

import pytest

from bot.policy.conditions import Comparison, Is, NotWithinYears, Number, Predicate, Since
from bot.policy.thresholds import day_of

ON = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("predicate", "day"),
    [
        (Since(date(2025, 1, 1)), date(2025, 1, 1)),
        (NotWithinYears(3), date(2023, 7, 16)),
        (Is(expected=True), None),
        (Number(Comparison.ABOVE, Decimal(1)), None),
    ],
    ids=["since", "not within three years", "yes", "a sum"],
)
def test_a_predicate_of_days_cuts_at_the_first_day_that_differs(predicate: Predicate, day: date | None) -> None:
    assert day_of(predicate, ON) == day
