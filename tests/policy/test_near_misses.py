from datetime import date
from decimal import Decimal

import pytest

from bot.policy.attributes import NEVER, Attribute, Profile, Value
from bot.policy.clauses import Ceiling, Clause, Combining, Exclusion, Formula, InForce
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Is,
    Not,
    NotWithinYears,
    OneOf,
    Requirement,
    Tier,
    Unclear,
    evaluate,
)
from bot.policy.matching import Standing, match
from bot.policy.money import Interval
from bot.policy.near_misses import Gain, fewest_steps, gain_of, is_turned, near_miss
from bot.policy.plan import build_plan
from tests.content_fixture import shipped_bundle
from tests.policy.changeable import DONE, FIRST, MOVED, RATED, SPENT
from tests.policy.samples import (
    DAY,
    HIGH_TECH,
    PENALTY,
    create_clause,
    create_document,
    number_is,
)

PENALISED = Requirement(PENALTY, NotWithinYears(3), "近三年没有处罚")


def steps_of(condition: Condition, on: date = DAY, most: int = 4, **known: Value) -> dict[str, Value] | None:
    found = fewest_steps(condition, Profile(known), on, most)
    return None if found is None else {step.attribute.name: step.value for step in found}


def in_zone(attribute: Attribute = MOVED) -> Requirement:
    return Requirement(attribute, OneOf(("经开区",)), "在经开区")


def rated(tier: str) -> Requirement:
    return Requirement(RATED, Tier(Comparison.AT_LEAST, tier), tier)


def test_moving_is_the_one_step_to_what_lacks_only_the_place() -> None:
    assert steps_of(AllOf((in_zone(), rated("specialized"))), region="海淀区", tier="little_giant") == {
        "region": "经开区"
    }


def test_the_lowest_title_that_is_enough_is_named() -> None:
    assert steps_of(rated("specialized"), tier="none") == {"tier": "specialized"}


def test_a_sum_above_the_threshold_is_named_without_an_upper_end() -> None:
    assert steps_of(number_is(">", 10, SPENT), cost=Decimal(8)) == {"cost": Interval(Decimal(10), None, low_open=True)}


def test_a_sum_between_two_thresholds_stays_between_them() -> None:
    both = AllOf((number_is(">", 4, SPENT), number_is("<", 9, SPENT)))

    assert steps_of(both, cost=Decimal(2)) == {"cost": Interval(Decimal(4), Decimal(9), low_open=True, high_open=True)}


def test_nobody_is_told_to_spend_less_or_to_give_up_a_title() -> None:
    assert steps_of(number_is("<", 3, SPENT), cost=Decimal(5)) is None
    assert steps_of(Not(rated("specialized"), "没有"), tier="little_giant") is None


def test_what_staff_give_no_words_for_can_not_be_changed() -> None:
    assert steps_of(Requirement(HIGH_TECH, Is(expected=True), "高新"), high_tech=False) is None


def test_a_first_time_that_is_used_up_does_not_come_back() -> None:
    first = Requirement(FIRST, Is(expected=True), "首次")

    assert steps_of(first, first=False) is None
    assert steps_of(first) == {"first": True}


def test_the_fewer_steps_of_two_alternatives_are_taken() -> None:
    long = AllOf((in_zone(), number_is(">", 10, SPENT)))

    assert steps_of(AnyOf((long, rated("specialized"))), region="海淀区", cost=Decimal(1), tier="none") == {
        "tier": "specialized"
    }


def test_of_ways_as_short_the_one_that_leaves_nothing_unclear_goes_first() -> None:
    unclear = AllOf((Requirement(DONE, Is(expected=True), "完成"), Unclear("要问部门")))

    assert steps_of(AnyOf((unclear, in_zone())), region="海淀区", done=False) == {"region": "经开区"}


def test_what_only_the_text_leaves_unclear_lacks_nothing() -> None:
    clause = create_clause("a", condition=AllOf((in_zone(), Unclear("要问部门"))))

    assert near_miss(clause, Profile({"region": "经开区"}), DAY) is None


def test_steps_that_lead_to_something_unclear_say_so_by_the_verdict() -> None:
    found = near_miss(
        create_clause("a", condition=AllOf((in_zone(), Unclear("要问")))), Profile({"region": "海淀区"}), DAY
    )

    assert found is not None
    assert found.verdict.standing is Standing.NEEDS_INFO
    assert not found.verdict.unknowns


def test_what_is_not_known_yet_is_a_step_but_no_change() -> None:
    clause = create_clause("a", condition=AllOf((in_zone(), Requirement(HIGH_TECH, Is(expected=True), "高新"))))

    found = near_miss(clause, Profile({"region": "海淀区"}), DAY)

    assert found is not None
    assert [(step.attribute.name, step.before, step.say) for step in found.steps] == [
        ("region", "海淀区", "在经开区"),
        ("high_tech", None, "高新"),
    ]
    assert [step.attribute.name for step in found.changes] == ["region"]


def penalised(last: date | None) -> Clause:
    document = create_document(InForce(last=last), premises=PENALISED)
    return create_clause("a", condition=in_zone(), document=document)


def test_a_penalty_lapses_on_the_day_that_the_text_gives() -> None:
    found = near_miss(penalised(None), Profile({"region": "经开区", "penalty": date(2024, 3, 5)}), DAY)

    assert found is not None
    assert (found.steps, found.on, found.waits) == ((), date(2027, 3, 5), True)
    assert found.verdict.standing is Standing.ELIGIBLE


def test_the_day_before_a_penalty_lapses_it_still_stands() -> None:
    clause, profile = penalised(None), Profile({"region": "经开区", "penalty": date(2024, 2, 29)})

    found = near_miss(clause, profile, DAY)

    assert found is not None
    assert found.on == date(2027, 3, 1)
    assert not is_turned(evaluate(PENALISED, profile, date(2027, 2, 28)))


def test_a_penalty_that_lapses_after_the_term_is_no_near_miss() -> None:
    profile = Profile({"region": "经开区", "penalty": date(2025, 3, 5)})

    assert near_miss(penalised(date(2027, 12, 31)), profile, DAY) is None


def test_waiting_and_a_change_may_both_be_needed() -> None:
    found = near_miss(penalised(None), Profile({"region": "海淀区", "penalty": date(2024, 3, 5)}), DAY)

    assert found is not None
    assert (found.on, [step.value for step in found.steps]) == (date(2027, 3, 5), ["经开区"])


def test_a_gain_is_exact_where_the_sum_is_and_else_the_most_that_it_can_be() -> None:
    clauses = (
        create_clause("a", Formula(Decimal(10)), condition=in_zone()),
        create_clause("b", Ceiling(Decimal(50)), condition=in_zone()),
    )
    profile = Profile({"region": "海淀区"})
    verdicts = match(clauses, profile, DAY)
    near = [found for clause in clauses if (found := near_miss(clause, profile, DAY)) is not None]

    gains = [gain_of(each, verdicts, Combining(), profile) for each in near]

    assert gains == [Gain(Decimal(10), Decimal(10)), Gain(Decimal(0), Decimal(50))]


def test_what_another_clause_leaves_no_room_for_gains_only_the_difference() -> None:
    clauses = (create_clause("a", Formula(Decimal(10)), condition=in_zone()), create_clause("b", Formula(Decimal(6))))
    rules = Combining(exclusions=(Exclusion("e", frozenset({"a", "b"}), "只取一项", "第 1 条"),))
    profile = Profile({"region": "海淀区"})
    near = near_miss(clauses[0], profile, DAY)

    assert near is not None
    assert gain_of(near, match(clauses, profile, DAY), rules, profile) == Gain(Decimal(4), Decimal(4))


SAID: tuple[dict[str, Value], ...] = (
    {"region": "海淀区", "specialized_tier": "little_giant", "insurance_premium": Decimal(260_000)},
    {"region": "经开区", "specialized_tier": "specialized", "insurance_premium": Decimal(80_000), "high_tech": False},
    {"region": "经开区", "facility_investment": Decimal(10**8), "facility_in_use": False},
    {"region": "通州区", "purchase_amount": Decimal(10**6), "purchase_venue": "other"},
    {
        "region": "经开区",
        "scenario_cost": Decimal(10**6),
        "scenario_reviewed": False,
        "same_project_zone_award": Decimal(10**5),
    },
)


@pytest.mark.parametrize("said", SAID, ids="-".join)
def test_the_gain_is_the_plan_with_the_clause_less_the_plan_without_it(said: dict[str, Value]) -> None:
    guide = shipped_bundle().guide
    rules, profile = (
        guide.knowledge.combining,
        Profile({**said, "criminal_record": False, "dishonest_listed": False, "last_major_penalty": NEVER}),
    )
    verdicts = guide.matcher.match(profile, DAY)
    tried = 0
    for verdict in verdicts:
        near = near_miss(verdict.clause, profile, DAY)
        if near is not None:
            without = build_plan([v for v in verdicts if v is not verdict], rules, profile)
            with_it = build_plan([near.verdict if v is verdict else v for v in verdicts], rules, profile)
            gain = gain_of(near, verdicts, rules, profile)
            assert gain.exact == with_it.fixed_total - without.fixed_total
            assert gain.highest == with_it.ceiling_total - without.ceiling_total
            tried += 1
    assert tried


@pytest.mark.parametrize("said", SAID, ids="-".join)
def test_the_steps_to_a_clause_of_the_content_really_turn_it(said: dict[str, Value]) -> None:
    guide, profile = shipped_bundle().guide, Profile(said)
    for verdict in guide.matcher.match(profile, DAY):
        near = near_miss(verdict.clause, profile, DAY)
        if near is not None:
            then = Profile({**said, **{step.attribute.name: step.value for step in near.steps}})
            assert is_turned(evaluate(near.verdict.finding.condition, then, near.on))
            assert near.verdict.standing is not Standing.NOT_ELIGIBLE
