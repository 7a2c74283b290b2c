"""The next best combination, and the limits that cut the best one, in a plan."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.policy.attributes import Profile
from bot.policy.clauses import Clause, Combining, Exclusion, Formula, JointLimit
from bot.policy.matching import match
from bot.policy.plan import Plan, build_plan
from tests.policy.samples import DAY, create_clause

TEN = Formula(Decimal(10))
SIX = Formula(Decimal(6))
EXCLUSION = Exclusion("e", frozenset({"a", "b"}), "只取一项", "第 1 条")


def plan(clauses: Sequence[Clause], rules: Combining | None = None) -> Plan:
    return build_plan(match(clauses, Profile(), DAY), rules or Combining(), Profile())


def test_the_runner_up_says_what_it_counts_in_place_of_what_and_by_which_rule() -> None:
    found = plan([create_clause("a", TEN), create_clause("b", SIX)], Combining((), (EXCLUSION,))).runner_up

    assert found is not None
    assert found.total == 6
    assert [(one.clause.id, one.paid) for one in (*found.dropped, *found.instead)] == [
        ("a", Decimal(10)),
        ("b", Decimal(6)),
    ]
    assert found.rules == (EXCLUSION,)


def test_without_rivals_there_is_no_runner_up() -> None:
    assert plan([create_clause("a", TEN), create_clause("b", SIX)]).runner_up is None


@pytest.mark.parametrize(("cap", "is_cut"), [(15, True), (16, False)], ids=["cut", "just enough"])
def test_a_limit_is_told_of_just_where_it_cuts_what_is_counted(cap: int, *, is_cut: bool) -> None:
    limit = JointLimit("l", frozenset({"a", "b"}), Decimal(cap), "合计最高", "第 2 条")

    found = plan([create_clause("a", TEN), create_clause("b", SIX)], Combining((limit,)))

    assert found.limits == ((limit,) if is_cut else ())
