from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.amounts import NOTHING, Amount
from bot.policy.attributes import Attribute, Profile, Value
from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Draft
from bot.policy.conditions import AllOf, Condition, Unclear
from bot.policy.matching import Standing, judge, match
from tests.content_fixture import shipped_bundle
from tests.policy.samples import (
    DAY,
    GRANT,
    conditions,
    create_clause,
    create_document,
    number_is,
    profiles,
    values_of,
)

ELIGIBLE, NOT_ELIGIBLE, NEEDS_INFO = Standing.ELIGIBLE, Standing.NOT_ELIGIBLE, Standing.NEEDS_INFO
SCOPE, PREMISE, OWN = number_is(">", 1), number_is(">", 1, GRANT), Unclear("要问")


def standing(condition: Condition, profile: Profile) -> Standing:
    return judge(create_clause("c", condition=condition), profile, DAY).standing


@given(conditions(), profiles())
def test_removing_an_answer_never_turns_eligible_into_not_eligible_or_back(
    condition: Condition, profile: Profile
) -> None:
    known = standing(condition, profile)

    for name in profile.values:
        assert standing(condition, profile.without(name)) in (known, NEEDS_INFO)


@pytest.mark.parametrize(
    ("known", "expected"),
    [({}, NEEDS_INFO), ({"cost": Decimal(1)}, NOT_ELIGIBLE), ({"cost": Decimal(2)}, ELIGIBLE)],
    ids=["unknown", "unmet", "met"],
)
def test_what_is_unknown_is_neither_a_yes_nor_a_no(known: Mapping[str, Value], expected: Standing) -> None:
    assert standing(SCOPE, Profile(known)) is expected


def test_the_scope_and_the_premises_of_the_document_hold_for_each_of_its_clauses() -> None:
    clause = create_clause("c", document=create_document(scope=SCOPE, premises=PREMISE))

    assert judge(clause, Profile({"cost": Decimal(2), "grant": Decimal(2)}), DAY).standing is ELIGIBLE
    assert judge(clause, Profile({"cost": Decimal(1), "grant": Decimal(2)}), DAY).standing is NOT_ELIGIBLE
    assert judge(clause, Profile({"cost": Decimal(2), "grant": Decimal(1)}), DAY).standing is NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("known", "own", "expected"),
    [
        ({"cost": Decimal(2)}, AllOf(()), True),
        ({"cost": Decimal(2), "grant": Decimal(2)}, AllOf(()), False),
        ({"cost": Decimal(2), "grant": Decimal(1)}, AllOf(()), False),
        ({"cost": Decimal(2)}, OWN, False),
        ({}, AllOf(()), False),
    ],
    ids=["only the premises", "nothing", "refused", "the condition too", "the scope too"],
)
def test_a_clause_waits_for_premises_only_when_nothing_else_is_open(
    known: Mapping[str, Value],
    own: Condition,
    expected: bool,  # noqa: FBT001
) -> None:
    clause = create_clause("c", condition=own, document=create_document(scope=SCOPE, premises=PREMISE))

    assert judge(clause, Profile(known), DAY).waits_for_premises_only is expected


def test_a_draft_whose_conditions_are_met_is_eligible_and_draft_with_its_amount() -> None:
    verdict = judge(create_clause("c", document=create_document(Draft())), Profile(), DAY)

    assert (verdict.standing, verdict.availability) == (ELIGIBLE, Availability.DRAFT)
    assert verdict.amount.exact == 10
    assert not verdict.is_open


def test_what_may_come_ranges_from_nothing_and_what_does_not_is_nothing() -> None:
    clause = create_clause("c", condition=SCOPE)

    open_ = judge(clause, Profile(), DAY)
    refused = judge(clause, Profile({"cost": Decimal(1)}), DAY)

    assert open_.amount == Amount(Decimal(0), Decimal(10), None)
    assert open_.prospect.exact == 10
    assert refused.amount == refused.prospect == NOTHING


def test_clauses_are_judged_in_the_order_given() -> None:
    clauses = [create_clause(name) for name in "cab"]

    assert [verdict.clause.id for verdict in match(clauses, Profile(), DAY)] == ["c", "a", "b"]


def shipped_clauses() -> tuple[Clause, ...]:
    return shipped_bundle().guide.knowledge.clauses


@st.composite
def companies(draw: st.DrawFn) -> Profile:
    """Profiles of the shipped attributes, without those that stand in for others."""
    attributes = [a for a in shipped_bundle().guide.knowledge.attributes.values() if not _has_default(a)]
    chosen = draw(st.lists(st.sampled_from(attributes), unique_by=lambda a: a.name, max_size=20))
    return Profile({attribute.name: draw(values_of(attribute)) for attribute in chosen})


def _has_default(attribute: Attribute) -> bool:
    return attribute.default is not None or attribute.default_from is not None


@settings(max_examples=40)
@given(companies(), st.dates(date(2022, 1, 1), date(2029, 12, 31)))
def test_no_shipped_clause_is_decided_otherwise_when_an_answer_is_missing(profile: Profile, on: date) -> None:
    known = {verdict.clause.id: verdict for verdict in match(shipped_clauses(), profile, on)}

    for name in profile.values:
        for verdict in match(shipped_clauses(), profile.without(name), on):
            before = known[verdict.clause.id]
            assert {before.standing, verdict.standing} != {ELIGIBLE, NOT_ELIGIBLE}
            assert verdict.availability is before.availability


def test_a_stranger_is_refused_only_what_is_for_other_organisations_than_enterprises() -> None:
    refused = [v.clause for v in match(shipped_clauses(), Profile(), DAY) if v.standing is NOT_ELIGIBLE]

    assert all("organisation" in clause.attribute_names for clause in refused)
