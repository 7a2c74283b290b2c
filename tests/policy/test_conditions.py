from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Profile, Value
from bot.policy.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Finding,
    Is,
    Not,
    NotWithinYears,
    Number,
    OneOf,
    Requirement,
    Since,
    Tier,
    Unclear,
    attributes_of,
    evaluate,
    requirements_of,
    years_before,
)
from bot.policy.money import Interval
from bot.policy.truth import Truth, all_of, any_of
from tests.policy.samples import (
    COST,
    DAY,
    HIGH_TECH,
    PENALTY,
    REGION,
    SECTOR,
    TIER,
    YEARS,
    conditions,
    number_is,
    profiles,
)

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def truth(condition: Condition, on: date = DAY, **known: Value) -> Truth:
    return evaluate(condition, Profile(known), on).truth


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [(">", FALSE, FALSE, TRUE), (">=", FALSE, TRUE, TRUE), ("<", TRUE, FALSE, FALSE), ("<=", TRUE, TRUE, FALSE)],
)
def test_only_the_strict_comparisons_leave_the_threshold_out(
    comparison: str, below: Truth, equal: Truth, above: Truth
) -> None:
    condition = number_is(comparison, 100_000)

    assert truth(condition, cost=Decimal("99999.99")) is below
    assert truth(condition, cost=Decimal(100_000)) is equal
    assert truth(condition, cost=Decimal("100000.01")) is above


@pytest.mark.parametrize(
    ("comparison", "met"),
    [
        (">=", {"specialized", "little_giant"}),
        (">", {"little_giant"}),
        ("<=", {"none", "innovative", "specialized"}),
        ("<", {"none", "innovative"}),
    ],
)
def test_tiers_are_compared_by_their_rank(comparison: str, met: set[str]) -> None:
    condition = Requirement(TIER, Tier(Comparison(comparison), "specialized"), "")

    assert {value for value in TIER.values if truth(condition, tier=value) is TRUE} == met


def test_a_range_that_holds_the_threshold_leaves_it_open() -> None:
    condition = number_is(">", 10)

    assert truth(condition, cost=Interval(high=Decimal(10))) is FALSE
    assert truth(condition, cost=Interval(high=Decimal(11))) is UNKNOWN
    assert truth(condition, cost=Interval(low=Decimal(10), low_open=True)) is TRUE


def test_a_count_is_compared_like_a_sum() -> None:
    condition = number_is("<", 3, YEARS)

    assert truth(condition, years=Decimal(2)) is TRUE
    assert truth(condition, years=Decimal(3)) is FALSE


def test_a_choice_is_met_by_any_of_the_values_listed() -> None:
    condition = Requirement(REGION, OneOf(("通州区", "经开区")), "")

    assert truth(condition, region="经开区") is TRUE
    assert truth(condition, region="海淀区") is FALSE


def test_a_set_is_met_by_one_common_value_and_an_empty_one_by_none() -> None:
    condition = Requirement(SECTOR, OneOf(("ai", "other")), "")

    assert truth(condition, sector=frozenset({"ai", "software"})) is TRUE
    assert truth(condition, sector=frozenset({"software"})) is FALSE
    assert truth(condition, sector=frozenset()) is FALSE


@pytest.mark.parametrize("expected", [True, False], ids=["yes", "no"])
def test_a_yes_or_no_has_to_be_as_stated(expected: bool) -> None:  # noqa: FBT001
    condition = Requirement(HIGH_TECH, Is(expected), "")

    assert truth(condition, high_tech=expected) is TRUE
    assert truth(condition, high_tech=not expected) is FALSE


@pytest.mark.parametrize(
    ("on", "event", "expected"),
    [
        (date(2026, 6, 1), date(2023, 5, 31), TRUE),
        (date(2026, 6, 1), date(2023, 6, 1), TRUE),
        (date(2026, 6, 1), date(2023, 6, 2), FALSE),
        (date(2026, 6, 1), date(2026, 6, 1), FALSE),
        (date(2024, 2, 29), date(2021, 2, 28), TRUE),
        (date(2024, 2, 29), date(2021, 3, 1), FALSE),
        (date(2027, 2, 28), date(2024, 2, 28), TRUE),
        (date(2027, 2, 28), date(2024, 2, 29), FALSE),
        (date(2027, 3, 1), date(2024, 2, 29), TRUE),
        (date(2026, 6, 1), NEVER, TRUE),
        (date(2026, 6, 1), DateSpan(last=date(2023, 6, 1)), TRUE),
        (date(2026, 6, 1), DateSpan(date(2023, 6, 2)), FALSE),
        (date(2026, 6, 1), DateSpan(date(2023, 1, 1), date(2023, 12, 31)), UNKNOWN),
        (date(2026, 6, 1), DateSpan(), UNKNOWN),
    ],
    ids=str,
)
def test_an_event_counts_until_the_day_it_is_three_years_old(on: date, event: Value, expected: Truth) -> None:
    assert truth(Requirement(PENALTY, NotWithinYears(3), ""), on, penalty=event) is expected


def test_years_before_the_calendar_begins_end_at_its_first_day() -> None:
    assert years_before(date(2, 3, 1), 3) == date.min
    assert years_before(date(4, 2, 29), 3) == date(1, 2, 28)
    assert truth(Requirement(PENALTY, NotWithinYears(3), ""), date(1, 5, 1), penalty=NEVER) is TRUE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2024, 12, 31), FALSE),
        (date(2025, 1, 1), TRUE),
        (NEVER, FALSE),
        (DateSpan(date(2025, 1, 1), date(2025, 12, 31)), TRUE),
        (DateSpan(date(2024, 1, 1), date(2024, 12, 31)), FALSE),
        (DateSpan(date(2024, 12, 1), date(2025, 1, 31)), UNKNOWN),
    ],
    ids=str,
)
def test_a_date_since_a_day_includes_the_day(value: Value, expected: Truth) -> None:
    assert truth(Requirement(PENALTY, Since(date(2025, 1, 1)), ""), penalty=value) is expected


@given(conditions())
def test_of_an_unknown_enterprise_no_single_requirement_is_decided(condition: Condition) -> None:
    for requirement in requirements_of(condition):
        assert evaluate(requirement, Profile(), DAY).truth is UNKNOWN


@given(conditions(), profiles())
def test_forgetting_an_answer_never_turns_met_into_unmet_or_back(condition: Condition, profile: Profile) -> None:
    known = evaluate(condition, profile, DAY).truth

    for name in profile.values:
        assert evaluate(condition, profile.without(name), DAY).truth in (known, UNKNOWN)


def nodes(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in finding.parts:
        yield from nodes(part)


@given(conditions(), profiles())
def test_every_finding_follows_from_its_parts(condition: Condition, profile: Profile) -> None:
    for node in nodes(evaluate(condition, profile, DAY)):
        truths = [part.truth for part in node.parts]
        match node.condition:
            case AllOf():
                assert node.truth is all_of(truths)
            case AnyOf():
                assert node.truth is any_of(truths)
            case Not():
                assert node.truth is truths[0].negated()
            case Unclear():
                assert node.truth is UNKNOWN
            case Requirement(attribute, _, _):
                assert node.value == profile.get(attribute)


@given(conditions(), profiles())
def test_only_requirements_show_a_value(condition: Condition, profile: Profile) -> None:
    shown = [node for node in nodes(evaluate(condition, profile, DAY)) if node.value is not None]

    assert all(isinstance(node.condition, Requirement) for node in shown)


def test_something_that_the_text_leaves_open_is_settled_by_no_answer() -> None:
    assert truth(AllOf((Unclear("要问"), number_is(">", 1))), cost=Decimal(2)) is UNKNOWN
    assert truth(AllOf((Unclear("要问"), number_is(">", 1))), cost=Decimal(1)) is FALSE
    assert truth(AnyOf((Unclear("要问"), number_is(">", 1))), cost=Decimal(2)) is TRUE


def test_requirements_come_from_left_to_right_through_every_kind_of_node() -> None:
    one, two, three = number_is(">", 1), Requirement(HIGH_TECH, Is(expected=True), ""), number_is("<", 3, YEARS)

    tree = AllOf((one, AnyOf((Not(two, ""), Unclear(""))), three))

    assert requirements_of(tree) == (one, two, three)
    assert attributes_of(tree) == {"cost", "high_tech", "years"}
    assert requirements_of(ALWAYS) == ()


@pytest.mark.parametrize(
    ("attribute", "predicate"),
    [(COST, Number(Comparison.ABOVE, Decimal(1))), (PENALTY, Since(DAY)), (PENALTY, NotWithinYears(3))],
    ids=["sum", "date", "years"],
)
def test_a_value_of_another_type_is_a_mistake_of_the_program_and_not_a_no(
    attribute: Attribute, predicate: Number | Since | NotWithinYears
) -> None:
    with pytest.raises(TypeError):
        evaluate(Requirement(attribute, predicate, ""), Profile({attribute.name: "text"}), DAY)


def test_a_default_stands_in_only_where_nothing_is_known() -> None:
    organisation = Attribute("organisation", AttributeType.CHOICE, "类型", ("enterprise", "park"), default="enterprise")
    works_in = Attribute("works_in", AttributeType.SET, "经营地", REGION.values, default_from="region")

    assert Profile().get(organisation) == "enterprise"
    assert Profile({"organisation": "park"}).get(organisation) == "park"
    assert Profile({"region": "经开区"}).get(works_in) == frozenset({"经开区"})
    assert Profile({"region": "经开区", "works_in": frozenset({"通州区"})}).get(works_in) == frozenset({"通州区"})
    assert Profile().get(works_in) is None
