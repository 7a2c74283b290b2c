import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.attributes import NEVER, Attribute, DateSpan, Value
from bot.policy.money import Interval
from bot.policy.values import value_from_json, value_to_json
from tests.policy.samples import ATTRIBUTES, COST, HIGH_TECH, PENALTY, REGION, SECTOR, TIER, YEARS, values_of

SOME_DAY = date(2025, 3, 1)


@given(st.sampled_from(ATTRIBUTES).flatmap(lambda a: st.tuples(st.just(a), values_of(a))))
def test_every_value_survives_json(known: tuple[Attribute, Value]) -> None:
    attribute, value = known

    read = value_from_json(attribute, json.loads(json.dumps(value_to_json(value))))

    assert read == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal(500_000), 500_000),
        (Decimal("50000.5"), 50000.5),
        (True, True),
        (NEVER, "none"),
        (frozenset({"software", "ai"}), ["ai", "software"]),
        (SOME_DAY, "2025-03-01"),
        (DateSpan(SOME_DAY), "2025-03-01.."),
        (Interval(Decimal(10), None, low_open=True), "(10..]"),
        (Interval(None, Decimal(10), high_open=True), "[..10)"),
    ],
    ids=str,
)
def test_values_are_written_as_the_contract_says(value: Value, expected: object) -> None:
    assert value_to_json(value) == expected


@pytest.mark.parametrize(
    ("attribute", "raw", "expected"),
    [
        (SECTOR, "ai", frozenset({"ai"})),
        (COST, "500000", Decimal(500_000)),
        (COST, 0, Decimal(0)),
        (COST, 1e15, Decimal(10**15)),
        (YEARS, 2.0, Decimal(2)),
        (PENALTY, "none", NEVER),
        (TIER, "none", "none"),
        (PENALTY, "2025-03-01..", DateSpan(SOME_DAY)),
    ],
    ids=str,
)
def test_json_is_read_as_the_type_of_its_attribute(attribute: Attribute, raw: object, expected: Value) -> None:
    assert value_from_json(attribute, raw) == expected


@pytest.mark.parametrize(
    ("attribute", "raw", "said"),
    [
        (REGION, "亦庄", "region 应为以下之一：通州区、经开区、海淀区"),
        (REGION, None, "region 应为以下之一：通州区、经开区、海淀区"),
        (TIER, True, "tier 应为以下之一：none、innovative、specialized、little_giant"),
        (SECTOR, ["ai", "no"], "sector 应为以下之一：software、ai、other"),
        (HIGH_TECH, "true", "high_tech 应为 true 或 false"),
        (HIGH_TECH, 1, "high_tech 应为 true 或 false"),
        (COST, -1, "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, True, "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, "5万", "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, float("nan"), "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, "1e400", "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, [1], "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, "[1.2.3..5]", "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, "[x..5]", "cost 应为不小于 0、不超过 1,000,000,000,000,000 的数"),
        (COST, "[9..5]", "cost 的范围两头写反了"),
        (YEARS, 2.5, "years 应为不小于 0、不超过 1,000,000,000,000,000 的整数"),
        (PENALTY, "2025-13-01", "penalty 应为 YYYY-MM-DD 格式的日期，或 none"),
        (PENALTY, "去年", "penalty 应为 YYYY-MM-DD 格式的日期，或 none"),
        (PENALTY, 20250301, "penalty 应为 YYYY-MM-DD 格式的日期，或 none"),
        (PENALTY, "20250301", "penalty 应为 YYYY-MM-DD 格式的日期，或 none"),
        (PENALTY, "2025-13-01..", "penalty 应为 YYYY-MM-DD 格式的日期，或 none"),
        (PENALTY, "2025-03-02..2025-03-01", "penalty 的范围两头写反了"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(attribute: Attribute, raw: object, said: str) -> None:
    with pytest.raises(ValueError, match=r".*") as refused:
        value_from_json(attribute, raw)

    assert str(refused.value) == said
