"""The answer to `match`, field by field as the contract states it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.batch.matching import answer_match, clause_json, judge_case, read_profile
from bot.errors import RequestError
from bot.policy.attributes import Profile
from bot.policy.conditions import Is, Not, Requirement
from bot.policy.matching import judge
from bot.policy.values import value_to_json
from tests.content_fixture import shipped_bundle
from tests.policy.samples import DAY, HIGH_TECH, create_clause, values_of

GUIDE = shipped_bundle().guide
COMPANY: Mapping[str, object] = {
    "region": "经开区",
    "last_major_penalty": "none",
    "criminal_record": False,
    "dishonest_listed": False,
    "specialized_tier": "little_giant",
    "insurance_premium": 300_000,
}
Number = (int, float)


def answer(profile: object = COMPANY, as_of: object = "2026-07-15") -> dict[str, Any]:
    """The answer as a script reads it."""
    read: dict[str, Any] = json.loads(json.dumps(answer_match({"as_of": as_of, "profile": profile}, GUIDE)))
    return read


def clauses(profile: object = COMPANY) -> dict[str, dict[str, Any]]:
    return {clause["id"]: clause for clause in answer(profile)["clauses"]}


def is_yuan(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool) and value >= 0


@st.composite
def companies(draw: st.DrawFn) -> dict[str, object]:
    """Profiles in JSON."""
    attributes = sorted(GUIDE.knowledge.attributes.values(), key=lambda a: a.name)
    chosen = draw(st.lists(st.sampled_from(attributes), unique_by=lambda a: a.name, max_size=20))
    return {attribute.name: value_to_json(draw(values_of(attribute))) for attribute in chosen}


@settings(max_examples=25)
@given(companies(), st.dates(date(2022, 1, 1), date(2029, 12, 31)))
def test_every_field_of_the_contract_is_there_in_its_type(profile: dict[str, object], on: date) -> None:
    said = answer(profile, on.isoformat())

    assert said.keys() == {"as_of", "knowledge_version", "clauses", "plan"}
    assert said["as_of"] == on.isoformat()
    assert said["knowledge_version"] == GUIDE.knowledge.version
    for clause in said["clauses"]:
        check_clause(clause)
    check_plan(said["plan"], {clause["id"] for clause in said["clauses"]})


def check_clause(clause: Mapping[str, Any]) -> None:
    texts = {"id", "document", "article", "title", "kind", "verdict", "availability"}
    assert clause.keys() == texts | {"amount", "reasons", "contacts"}
    assert all(isinstance(clause[name], str) and clause[name] for name in texts)
    assert clause["verdict"] in ("eligible", "needs_info", "not_eligible")
    assert clause["availability"] in ("open", "draft", "closed", "unconfirmed")
    assert clause["contacts"]
    assert all(name in GUIDE.knowledge.contacts for name in clause["contacts"])
    check_amount(clause["amount"])
    check_reasons(clause)


def check_amount(amount: Mapping[str, Any]) -> None:
    assert amount.keys() == {"exact", "min", "max"}
    assert is_yuan(amount["min"])
    assert amount["max"] is None or (is_yuan(amount["max"]) and amount["min"] <= amount["max"])
    assert amount["exact"] is None or amount["exact"] == amount["min"] == amount["max"]


def check_reasons(clause: Mapping[str, Any]) -> None:
    states = {reason["state"] for reason in clause["reasons"]}
    for reason in clause["reasons"]:
        assert reason.keys() == {"condition", "state", "attribute", "answer"}
        assert reason["condition"]
        assert reason["attribute"] is None or reason["attribute"] in GUIDE.knowledge.attributes
    match clause["verdict"]:
        case "eligible":
            assert states <= {"met"}
        case "needs_info":
            assert "unknown" in states
            assert "unmet" not in states
        case _:
            assert "unmet" in states


def check_plan(plan: Mapping[str, Any], known: set[str]) -> None:
    assert plan.keys() == {"fixed_total", "ceiling_total", "chosen", "excluded", "runner_up"}
    assert is_yuan(plan["fixed_total"])
    assert plan["fixed_total"] <= plan["ceiling_total"]
    assert set(plan["chosen"]) <= known
    for left in plan["excluded"]:
        assert left.keys() == {"id", "because", "instead_of"}
        assert left["id"] in known - set(plan["chosen"])
        assert left["because"]
    if (other := plan["runner_up"]) is not None:
        assert other.keys() == {"total", "instead", "dropped", "because"}
        assert other["total"] <= plan["fixed_total"]
        assert set(other["dropped"]) <= set(plan["chosen"])
        assert set(other["instead"]) <= known - set(plan["chosen"])
        assert left["instead_of"] is None or left["instead_of"] in plan["chosen"]


def test_each_clause_of_the_knowledge_is_answered_once() -> None:
    ids = [clause["id"] for clause in answer()["clauses"]]

    assert ids == [clause.id for clause in GUIDE.knowledge.clauses]


def test_of_two_tiers_of_one_premium_the_better_is_chosen_and_named_by_the_other() -> None:
    plan = answer()["plan"]

    assert plan["fixed_total"] == 180_000
    assert plan["chosen"] == ["bda-data-industry/1/premium-60"]
    (left,) = [left for left in plan["excluded"] if left["id"] == "bda-data-industry/1/premium-50"]
    assert left["instead_of"] == "bda-data-industry/1/premium-60"


def test_a_reason_shows_the_answer_that_it_rests_on() -> None:
    reasons = {reason["attribute"]: reason for reason in clauses()["bda-data-industry/1/premium-60"]["reasons"]}

    assert reasons["insurance_premium"]["answer"] == 300_000
    assert reasons["last_major_penalty"]["answer"] == "none"
    assert reasons["dishonest_listed"] | {"condition": ""} == {
        "condition": "",
        "state": "met",
        "attribute": "dishonest_listed",
        "answer": False,
    }


def test_of_alternatives_only_the_one_that_decides_is_a_reason() -> None:
    states = {r["attribute"]: r["state"] for r in clauses()["bda-data-industry/1/premium-50"]["reasons"]}

    assert states["specialized_tier"] == "met"
    assert "high_tech" not in states


@pytest.mark.parametrize(("answer_", "state"), [(True, "unmet"), (False, "met"), (None, "unknown")], ids=str)
def test_the_reason_of_a_contrary_shows_what_the_user_said(answer_: bool | None, state: str) -> None:  # noqa: FBT001
    contrary = Not(Requirement(HIGH_TECH, Is(expected=True), "是高企"), "不是高企")
    profile = Profile() if answer_ is None else Profile({"high_tech": answer_})

    said = clause_json(judge(create_clause("c", condition=contrary), profile, DAY))

    assert said["reasons"] == [{"condition": "不是高企", "state": state, "attribute": "high_tech", "answer": answer_}]


def test_the_contacts_are_those_of_the_clause_else_those_of_its_policy() -> None:
    contact = next(iter(GUIDE.knowledge.contacts.values()))
    clause = create_clause("c")
    policy = replace(clause.policy, contacts=(contact,))

    assert clause_json(judge(replace(clause, policy=policy), Profile(), DAY))["contacts"] == [contact.id]


@pytest.mark.parametrize("amount", [862_000, 862_000.5, "862000"], ids=repr)
def test_sums_are_whole_numbers_where_they_are_whole(amount: object) -> None:
    exact = clauses({**COMPANY, "insurance_premium": amount, "specialized_tier": "specialized"})

    said = exact["bda-data-industry/1/premium-50"]["amount"]["exact"]
    assert isinstance(said, int if amount != 862_000.5 else Number)


def test_null_is_unknown_like_an_attribute_that_is_absent() -> None:
    assert read_profile({"high_tech": None}, GUIDE) == Profile()
    assert answer({"high_tech": None}) == answer({})


def test_people_see_the_same_as_scripts() -> None:
    verdicts, plan, on = judge_case({"as_of": "2026-07-15", "profile": COMPANY}, GUIDE)

    assert on == date(2026, 7, 15)
    assert [clause_json(verdict) for verdict in verdicts] == answer_match(
        {"as_of": "2026-07-15", "profile": COMPANY}, GUIDE
    )["clauses"]
    assert plan.fixed_total == 180_000


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ([], "profile 应是一个对象：属性名和值"),
        ("经开区", "profile 应是一个对象：属性名和值"),
        ({"regoin": "经开区"}, "没有属性 regoin"),
        ({"region": "亦庄"}, "region 应为以下之一"),
        ({"high_tech": "true"}, "high_tech 应为 true 或 false"),
        ({"insurance_premium": -1}, "insurance_premium 应为不小于 0"),
        ({"insurance_premium": 1e300}, "insurance_premium 应为不小于 0"),
        ({"insurance_premium": "[x..]"}, "insurance_premium 应为不小于 0"),
        ({"facility_years_supported": 1.5}, "facility_years_supported 应为不小于 0"),
        ({"last_major_penalty": "never"}, "last_major_penalty 应为 YYYY-MM-DD"),
        ({"sector": [["ai"]]}, "sector 应为以下之一"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_profile_that_is_not_valid_is_refused_with_what_would_be(profile: object, said: str) -> None:
    with pytest.raises(RequestError) as refused:
        answer(profile)

    assert str(refused.value).startswith(said)


def test_all_that_is_wrong_with_a_profile_is_said_at_once() -> None:
    with pytest.raises(RequestError, match="没有属性 a；没有属性 b；high_tech 应为 true 或 false"):
        answer({"a": 1, "b": 2, "high_tech": 3})


@pytest.mark.parametrize("as_of", ["2026-13-01", "明天", 20260715, [], True], ids=repr)
def test_a_day_that_is_not_one_is_refused(as_of: object) -> None:
    with pytest.raises(RequestError, match="as_of 应为 YYYY-MM-DD 格式的日期"):
        answer(as_of=as_of)


@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(as_of: str) -> None:
    assert answer(as_of=as_of)["as_of"] == as_of
