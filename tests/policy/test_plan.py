from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.attributes import Profile, Value
from bot.policy.clauses import (
    Batch,
    Benefit,
    BetterOf,
    Ceiling,
    Clause,
    Combining,
    Draft,
    Exclusion,
    Formula,
    JointLimit,
    Kind,
    NoFigure,
    NoTerm,
    Status,
    TitleYears,
)
from bot.policy.conditions import ALWAYS, AnyOf, Condition, Unclear
from bot.policy.matching import match
from bot.policy.money import Interval
from bot.policy.plan import Plan, build_plan
from tests.policy.samples import COST, DAY, GRANT, create_clause, create_document, number_is

TEN = Formula(Decimal(10))
SIX = Formula(Decimal(6))
NEVER_MET = AnyOf(())
EXCLUSION = Exclusion("e", frozenset({"a", "b"}), "只取一项", "第 1 条")
LIMIT = JointLimit("l", frozenset({"a", "b"}), Decimal(10), "合计最高 10 元", "第 2 条")
BETTER_OF = BetterOf("x", frozenset({"a"}), GRANT, "从高不重复", "附则三")


def plan(clauses: Sequence[Clause], rules: Combining | None = None, **known: Value) -> Plan:
    profile = Profile(known)
    return build_plan(match(clauses, profile, DAY), rules or Combining(), profile)


def totals(plan_: Plan) -> tuple[float, float]:
    return float(plan_.fixed_total), float(plan_.ceiling_total)


def paid(plan_: Plan) -> dict[str, Decimal]:
    return {chosen.clause.id: chosen.paid for chosen in plan_.chosen}


def reasons(plan_: Plan) -> dict[str, str]:
    return {left.clause.id: left.because for left in plan_.left_out}


def test_exact_sums_of_what_is_open_are_added() -> None:
    found = plan([create_clause("a", TEN), create_clause("b", SIX)])

    assert totals(found) == (16, 16)
    assert paid(found) == {"a": Decimal(10), "b": Decimal(6)}
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("status", "ceiling", "because"),
    [
        (Draft(), 0, "还是征求意见稿，没有生效，不计入合计"),
        (Batch(DAY.year - 2), 0, "申报期已过，不计入合计"),
        (TitleYears(2020, 2022), 0, "申报期已过，不计入合计"),
        (Batch(DAY.year - 1), 10, "今年是否还受理需要核实，不计入合计"),
        (NoTerm(), 10, "今年是否还受理需要核实，不计入合计"),
    ],
    ids=["draft", "closed batch", "closed plan", "last year's batch", "no term"],
)
def test_what_is_not_open_is_never_counted_and_says_why(status: Status, ceiling: int, because: str) -> None:
    found = plan([create_clause("a", TEN, document=create_document(status))])

    assert totals(found) == (0, ceiling)
    assert found.chosen == ()
    assert reasons(found) == {"a": because}


@pytest.mark.parametrize(
    ("benefit", "ceiling", "because"),
    [
        (Ceiling(Decimal(500_000)), 500_000, "条文只写了上限 50 万元，实际多少由主管部门核定，不计入确定金额"),
        (NoFigure("免费服务"), 0, "免费服务，不计入确定金额"),
        (NoFigure(), 0, "条文没有写明金额，不计入确定金额"),
        (Formula(rate=Decimal(1), plus=(COST,)), 0, "还不知道金额，不计入确定金额"),
        (
            Formula(rate=Decimal(1), plus=(COST,), cap=Decimal(8)),
            8,
            "条文只写了上限 8 元，实际多少由主管部门核定，不计入确定金额",
        ),
    ],
    ids=["ceiling", "no figure", "no words", "no limit", "unknown input"],
)
def test_what_has_no_exact_sum_is_left_out_of_the_fixed_total(benefit: Benefit, ceiling: int, because: str) -> None:
    found = plan([create_clause("a", benefit)])

    assert totals(found) == (0, ceiling)
    assert reasons(found) == {"a": because}


def test_what_may_still_be_met_counts_in_the_ceiling_only_and_what_is_refused_nowhere() -> None:
    found = plan([create_clause("a", TEN, Unclear("要问")), create_clause("b", SIX, NEVER_MET)])

    assert totals(found) == (0, 10)
    assert found.chosen == ()
    assert found.left_out == ()


@pytest.mark.parametrize("kind", [Kind.DIRECTION, Kind.RULE], ids=str)
def test_a_direction_or_a_rule_gives_nothing(kind: Kind) -> None:
    found = plan([create_clause("a", TEN, kind=kind)])

    assert totals(found) == (0, 0)
    assert found.left_out == ()


def test_a_sum_of_nothing_is_left_out_as_such_even_where_a_limit_covers_it() -> None:
    found = plan([create_clause("a", Formula()), create_clause("b", TEN)], Combining((LIMIT,)))

    assert reasons(found) == {"a": "按条文算出来是 0 元"}


def test_what_another_clause_excludes_names_the_one_that_goes_before_it() -> None:
    found = plan([create_clause("a", TEN), create_clause("b", SIX)], Combining((), (EXCLUSION,)))

    assert paid(found) == {"a": Decimal(10)}
    assert reasons(found) == {"b": "只取一项（第 1 条）"}
    assert [left.instead_of and left.instead_of.id for left in found.left_out] == ["a"]


def test_what_a_used_up_limit_leaves_nothing_of_says_so() -> None:
    found = plan([create_clause("a", TEN), create_clause("b", SIX)], Combining((LIMIT,)))

    assert paid(found) == {"a": Decimal(10)}
    assert reasons(found) == {"b": "合计最高 10 元（第 2 条），已经用满"}


def test_rivals_that_a_used_up_limit_leaves_nothing_of_are_not_called_zero() -> None:
    limit = JointLimit("l", frozenset({"a", "b", "c"}), Decimal(10), "合计最高 10 元", "第 2 条")
    clauses = [create_clause("a", SIX), create_clause("b", SIX), create_clause("c", TEN)]

    found = plan(clauses, Combining((limit,), (EXCLUSION,)))

    assert paid(found) == {"c": Decimal(10)}
    assert set(reasons(found).values()) == {"合计最高 10 元（第 2 条），已经用满"}


def test_a_sum_that_a_limit_cuts_is_paid_in_part() -> None:
    clauses = [create_clause("a", SIX), create_clause("b", Formula(Decimal(7)))]

    assert paid(plan(clauses, Combining((LIMIT,)))) == {"a": Decimal(3), "b": Decimal(7)}


@pytest.mark.parametrize(
    ("received", "fixed", "ceiling"),
    [
        (None, 10, 10),
        (Decimal(0), 10, 10),
        (Decimal(9), 10, 10),
        (Decimal(10), 0, 0),
        (Decimal(11), 0, 0),
        (Interval(low=Decimal(10)), 0, 0),
        (Interval(high=Decimal(50)), 10, 10),
        (Interval(Decimal(5), Decimal(50)), 10, 10),
    ],
    ids=["unknown", "none", "lower", "equal", "higher", "at least as high", "at most", "may be higher"],
)
def test_an_award_for_the_same_project_goes_before_what_it_surely_reaches(
    received: Value | None, fixed: int, ceiling: int
) -> None:
    known = {} if received is None else {"grant": received}

    found = plan([create_clause("a", TEN)], Combining(better_of=(BETTER_OF,)), **known)

    assert totals(found) == (fixed, ceiling)
    assert reasons(found) == ({} if fixed else {"a": "从高不重复（附则三）"})


def test_a_beaten_clause_leaves_its_rival_the_room() -> None:
    rules = Combining((), (EXCLUSION,), (BETTER_OF,))

    found = plan([create_clause("a", TEN), create_clause("b", SIX)], rules, grant=Decimal(20))

    assert paid(found) == {"b": Decimal(6)}


def test_a_ceiling_of_the_same_project_counts_only_above_the_award_received() -> None:
    rules = Combining(better_of=(BETTER_OF,))
    clauses = [create_clause("a", Ceiling(Decimal(50)))]

    assert plan(clauses, rules, grant=Decimal(49)).ceiling_total == 50
    assert plan(clauses, rules, grant=Decimal(50)).ceiling_total == 0


def test_the_ceiling_keeps_exclusions_and_limits() -> None:
    clauses = [create_clause("a", Ceiling(Decimal(9))), create_clause("b", Ceiling(Decimal(8)))]

    assert plan(clauses).ceiling_total == 17
    assert plan(clauses, Combining((LIMIT,))).ceiling_total == 10
    assert plan(clauses, Combining((), (EXCLUSION,))).ceiling_total == 9


def test_a_ceiling_without_an_upper_end_counts_what_is_sure() -> None:
    match_ = Formula(Decimal(4), Decimal(1), (COST,))

    assert plan([create_clause("a", match_)]).ceiling_total == 4


statuses = st.sampled_from([None, Draft(), Batch(2025), Batch(2024), NoTerm()])
benefits = st.one_of(
    st.integers(0, 9).map(lambda yuan: Formula(Decimal(yuan))),
    st.integers(0, 9).map(lambda yuan: Ceiling(Decimal(yuan))),
    st.just(Formula(rate=Decimal(1), plus=(COST,), cap=Decimal(5))),
    st.just(NoFigure()),
)
standings: st.SearchStrategy[Condition] = st.sampled_from([ALWAYS, NEVER_MET, Unclear("要问"), number_is(">", 3)])


@st.composite
def clause_lists(draw: st.DrawFn) -> list[Clause]:
    """Up to four clauses in every state."""
    names = draw(st.lists(st.sampled_from("abcd"), unique=True))
    drawn = [(name, draw(benefits), draw(standings), draw(statuses)) for name in names]
    return [create_clause(name, b, c, create_document(status)) for name, b, c, status in drawn]


rules = st.builds(
    Combining,
    st.sampled_from([(), (LIMIT,)]),
    st.sampled_from([(), (EXCLUSION,)]),
    st.sampled_from([(), (BETTER_OF,)]),
)
knowns = st.fixed_dictionaries(
    {}, optional={"cost": st.integers(0, 9).map(Decimal), "grant": st.integers(0, 9).map(Decimal)}
)


@given(clause_lists(), rules, knowns)
def test_the_fixed_total_counts_only_exact_sums_of_open_and_eligible_clauses(
    clauses: list[Clause], rules_: Combining, known: Mapping[str, Decimal]
) -> None:
    verdicts = match(clauses, Profile(known), DAY)
    found = build_plan(verdicts, rules_, Profile(known))

    countable = {v.clause.id: v.amount.exact for v in verdicts if v.is_open and v.standing == "eligible"}
    assert all(yuan <= (countable[name] or 0) for name, yuan in paid(found).items())
    assert found.fixed_total == sum(paid(found).values())
    assert found.fixed_total <= found.ceiling_total


@given(clause_lists(), rules, knowns)
def test_every_eligible_clause_is_either_chosen_or_left_out_with_a_reason(
    clauses: list[Clause], rules_: Combining, known: Mapping[str, Decimal]
) -> None:
    verdicts = match(clauses, Profile(known), DAY)
    found = build_plan(verdicts, rules_, Profile(known))

    eligible = {v.clause.id for v in verdicts if v.standing == "eligible"}
    assert paid(found).keys() | reasons(found).keys() == eligible
    assert not paid(found).keys() & reasons(found).keys()


def test_a_plan_is_of_one_day() -> None:
    clause = create_clause("a", TEN, document=create_document(Batch(2025)))

    on_the_day = match([clause], Profile(), date(2025, 12, 31))

    assert build_plan(on_the_day, Combining(), Profile()).fixed_total == 10
    assert plan([clause]).fixed_total == 0


def test_one_award_beats_only_one_project() -> None:
    clauses = (create_clause("a", benefit=SIX), create_clause("b", benefit=TEN))
    rule = BetterOf("x", frozenset({"a", "b"}), GRANT, "从高不重复", "附则三")
    profile = Profile({GRANT.name: Decimal(50)})

    plan = build_plan(match(clauses, profile, DAY), Combining(better_of=(rule,)), profile)

    assert plan.fixed_total == 6
    assert [left.clause.id for left in plan.left_out] == ["b"]
