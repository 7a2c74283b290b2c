from datetime import date

import pytest

from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Batch, Draft, InForce, NoTerm, Status, TitleYears
from tests.policy.samples import create_document

OPEN, CLOSED, UNCONFIRMED = Availability.OPEN, Availability.CLOSED, Availability.UNCONFIRMED
TERM = InForce(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("status", "on", "expected"),
    [
        (TERM, date(2024, 12, 31), UNCONFIRMED),
        (TERM, date(2025, 1, 1), OPEN),
        (TERM, date(2027, 12, 31), OPEN),
        (TERM, date(2028, 1, 1), CLOSED),
        (InForce(None, date(2027, 12, 31)), date(1990, 1, 1), OPEN),
        (InForce(date(2025, 1, 1)), date(2100, 1, 1), OPEN),
        (Batch(2023), date(2022, 12, 31), UNCONFIRMED),
        (Batch(2023), date(2023, 1, 1), OPEN),
        (Batch(2023), date(2023, 12, 31), OPEN),
        (Batch(2023), date(2024, 1, 1), UNCONFIRMED),
        (Batch(2023), date(2024, 12, 31), UNCONFIRMED),
        (Batch(2023), date(2025, 1, 1), CLOSED),
        (TitleYears(2022, 2024), date(2021, 12, 31), UNCONFIRMED),
        (TitleYears(2022, 2024), date(2022, 1, 1), OPEN),
        (TitleYears(2022, 2024), date(2024, 12, 31), OPEN),
        (TitleYears(2022, 2024), date(2025, 1, 1), CLOSED),
        (NoTerm(), date(2026, 1, 1), UNCONFIRMED),
        (Draft(), date(2026, 1, 1), Availability.DRAFT),
        (Draft(), date(2099, 1, 1), Availability.DRAFT),
    ],
    ids=str,
)
def test_a_policy_is_open_on_the_first_and_the_last_day_of_its_term(
    status: Status, on: date, expected: Availability
) -> None:
    assert availability_of(create_document(status), on) is expected
