"""What is nearly within reach stands in the result with its steps and its gain."""

from datetime import date
from decimal import Decimal

from bot.dialog.result_acts import ItemGroup, NoResult, ResultItem
from bot.dialog.results import Result, build_result, page_of
from bot.policy.attributes import NEVER, Profile, Value
from tests.content_fixture import shipped_bundle

DAY = date(2026, 7, 15)
CLEAR: dict[str, Value] = {"last_major_penalty": NEVER, "criminal_record": False, "dishonest_listed": False}
INSURED: dict[str, Value] = {"specialized_tier": "little_giant", "insurance_premium": Decimal(260_000)}


def result_of(**known: Value) -> Result:
    return build_result(Profile({**CLEAR, **known}), shipped_bundle().guide, DAY)


def near_in(result: Result) -> tuple[ResultItem, ...]:
    return tuple(item for item in result.items if item.group is ItemGroup.LACKS_ONE)


def steps(item: ResultItem) -> dict[str, Value]:
    return {} if item.near is None else {step.attribute.name: step.value for step in item.near.miss.steps}


def test_moving_is_the_step_of_who_meets_all_the_rest() -> None:
    (item,) = near_in(result_of(region="海淀区", **INSURED))

    assert steps(item) == {"region": "经开区"}
    assert item.near is not None
    assert item.near.gain.exact == Decimal(156_000)


def test_of_clauses_that_exclude_one_another_the_better_is_shown() -> None:
    found = near_in(result_of(region="海淀区", high_tech=True, **INSURED))

    assert [item.verdict.clause.id for item in found] == ["bda-data-industry/1/premium-60"]


def test_moving_is_no_advice_to_who_lacks_more() -> None:
    assert near_in(result_of(region="海淀区", specialized_tier="none", high_tech=False)) == ()


def test_the_greatest_gain_stands_first_and_only_a_few_are_shown() -> None:
    said: dict[str, Value] = {
        **INSURED,
        "scenario_cost": Decimal(10**7),
        "scenario_reviewed": True,
        "purchase_amount": Decimal(10**7),
        "purchase_venue": "compliant_platform",
        "dataset_reviewed": True,
        "cross_border_assessment": True,
    }
    found = near_in(result_of(region="海淀区", **said))

    gains = [item.near.gain.yuan for item in found if item.near is not None]
    assert gains == sorted(gains, reverse=True)
    assert len(found) == 3


def test_what_no_step_of_the_enterprise_turns_is_not_shown() -> None:
    assert near_in(result_of(region="经开区", criminal_record=True, **INSURED)) == ()


def test_a_penalty_is_waited_for_only_within_the_term_of_the_policy() -> None:
    soon, late = date(2024, 3, 5), date(2025, 3, 5)

    (item,) = near_in(result_of(region="经开区", last_major_penalty=soon, **INSURED))

    assert item.near is not None
    assert (item.near.miss.on, item.near.miss.waits) == (date(2027, 3, 5), True)
    assert near_in(result_of(region="经开区", last_major_penalty=late, **INSURED)) == ()


def test_with_nothing_to_claim_the_nearest_is_told_all_the_same() -> None:
    guide, result = shipped_bundle().guide, result_of(region="海淀区", **INSURED)

    act = page_of(result, 1, guide, is_known_enough=True)

    assert isinstance(act, NoResult)
    assert [steps(item) for item in act.near] == [{"region": "经开区"}]


def test_a_first_time_of_which_nothing_is_known_is_named_with_what_it_brings() -> None:
    known: dict[str, Value] = {**CLEAR, "registration_venue": "bidex", "registration_fee": Decimal(500_000)}

    result = build_result(Profile(known), shipped_bundle().guide, date(2024, 6, 1))

    item = next(item for item in result.items if item.verdict.clause.id == "digest-2024/1.1-5")
    assert item.group is ItemGroup.LACKS_ANSWER
    assert steps(item) == {"first_registration": True}
    assert item.near is not None
    assert item.near.gain.highest == Decimal(100_000)


def test_a_first_time_that_is_used_up_is_no_advice() -> None:
    known: dict[str, Value] = {
        "first_registration": False,
        "registration_venue": "bidex",
        "registration_fee": Decimal(1),
    }

    assert near_in(build_result(Profile({**CLEAR, **known}), shipped_bundle().guide, date(2024, 6, 1))) == ()
