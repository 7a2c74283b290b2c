"""Types become JSON by their fields alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from bot.policy.attributes import NEVER, DateSpan, Value
from bot.policy.money import Interval
from bot.sessions.forms import Reading, form_of


@dataclass(frozen=True)
class Sample:
    """A class that could be added to a state."""

    value: Value
    counts: Mapping[str, int]
    amount: Decimal


@pytest.mark.parametrize(
    "value",
    [
        "通州区",
        True,
        Decimal("1.50"),
        Interval(Decimal(1), None, low_open=True),
        date(2026, 1, 1),
        DateSpan(date(2026, 1, 1)),
        NEVER,
        frozenset({"a", "b"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_any_type_comes_back_in_that_type(value: Value) -> None:
    form = form_of(Sample)
    sample = Sample(value, {"a": 1}, Decimal("0.10"))

    read = form.read(form.write(sample), Reading({}))

    assert read == sample
    assert isinstance(read, Sample)
    assert type(read.value) is type(value)


@pytest.mark.parametrize("raw", [["Riddle", 1], ["Decimal", "much"], ["Decimal", 1], ["Decimal"], "Decimal"], ids=repr)
def test_a_value_whose_type_is_not_stated_rightly_is_an_error(raw: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        form_of(Value).read(raw, Reading({}))


@pytest.mark.parametrize("kind", [bytes, dict[str, int], Callable[[], int], tuple[int, str]], ids=repr)
def test_a_type_that_can_not_be_kept_is_refused_when_the_program_starts(kind: object) -> None:
    with pytest.raises(TypeError, match="can't keep"):
        form_of(kind)
