"""Why the best combination is the best, in one line."""

from decimal import Decimal

from bot.policy.attributes import Profile
from bot.policy.clauses import Combining, Exclusion, Formula, JointLimit
from bot.policy.matching import match
from bot.policy.plan import Plan, build_plan
from bot.rendering.choice_words import say_choice
from tests.policy.samples import DAY, create_clause

TEN, SIX = create_clause("a", Formula(Decimal(10))), create_clause("b", Formula(Decimal(6)))


def plan(rules: Combining) -> Plan:
    return build_plan(match((TEN, SIX), Profile(), DAY), rules, Profile())


def exclusion(*, is_stated: bool = True) -> Exclusion:
    return Exclusion("e", frozenset({"a", "b"}), "只取一项", "某措施第 1 条", is_stated)


def test_the_runner_up_is_told_with_its_total_and_the_article() -> None:
    said = say_choice(plan(Combining((), (exclusion(),))), ("b", "a"))

    assert said == "取第 2 项，不取第 1 项；次一种反过来，合计 6 元，少 4 元（只能取一样，某措施第 1 条）"


def test_what_no_text_forbids_is_not_said_to_be_forbidden() -> None:
    said = say_choice(plan(Combining((), (exclusion(is_stated=False),))), ("a", "b"))

    assert "只能取一样" not in said
    assert "没有写" in said


def test_a_limit_that_cuts_the_sum_is_told() -> None:
    limit = JointLimit("l", frozenset({"a", "b"}), Decimal(12), "两项合计最高 12 元", "某措施第 2 条")

    assert say_choice(plan(Combining((limit,))), ("a", "b")) == "两项合计最高 12 元（某措施第 2 条），合计按这个上限算"


def test_without_rivals_nothing_is_to_be_said() -> None:
    assert say_choice(plan(Combining()), ("a", "b")) == ""
