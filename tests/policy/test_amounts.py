from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.amounts import Amount, amount_of
from bot.policy.attributes import Profile, Value
from bot.policy.clauses import Benefit, Ceiling, Formula, NoFigure, Tiers
from bot.policy.money import Interval
from tests.policy.samples import COST, DAY, GRANT, HARDWARE, conditions, number_is, profiles, small_yuan

ZERO = Decimal(0)
HALF = Decimal("0.5")


def worth(benefit: Benefit, **known: Value) -> Amount:
    return amount_of(benefit, Profile(known), DAY)


def exactly(yuan: str | int) -> Amount:
    return Amount(Decimal(yuan), Decimal(yuan), Decimal(yuan))


def between(low: str | int, high: str | int | None) -> Amount:
    return Amount(Decimal(low), None if high is None else Decimal(high), None)


HALF_OF_COST = Formula(rate=HALF, plus=(COST,), cap=Decimal(100))
NET_COST = Formula(rate=HALF, plus=(COST,), minus=(HARDWARE,), cap=Decimal(100))
DIFFERENCE = Formula(Decimal(100), Decimal(-1), (GRANT,))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"cost": Decimal(150)}, exactly(75)),
        ({"cost": Decimal(200)}, exactly(100)),
        ({"cost": Decimal(201)}, exactly(100)),
        ({"cost": ZERO}, exactly(0)),
        ({"cost": Decimal("0.03")}, exactly("0.02")),
        ({}, between(0, 100)),
        ({"cost": Interval(Decimal(50), Decimal(90))}, between(25, 45)),
        ({"cost": Interval(low=Decimal(50))}, between(25, 100)),
        ({"cost": Interval(high=Decimal(50))}, between(0, 25)),
        ({"cost": Interval(low=Decimal(500))}, exactly(100)),
    ],
    ids=[
        "in full",
        "at the cap",
        "cut",
        "zero",
        "half a fen goes up",
        "unknown",
        "range",
        "from",
        "up to",
        "above the cap",
    ],
)
def test_a_rate_of_an_expense_is_cut_at_the_cap(known: dict[str, Value], expected: Amount) -> None:
    assert worth(HALF_OF_COST, **known) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"cost": Decimal(100), "hardware": Decimal(40)}, exactly(30)),
        ({"cost": Decimal(100), "hardware": Decimal(100)}, exactly(0)),
        ({"cost": Decimal(100), "hardware": Decimal(140)}, exactly(0)),
        ({"cost": Decimal(100)}, between(0, 50)),
        ({"hardware": Decimal(40)}, between(0, 100)),
        ({"cost": Decimal(100), "hardware": Interval(Decimal(20), Decimal(60))}, between(20, 40)),
        ({"cost": Interval(Decimal(10), Decimal(30)), "hardware": Decimal(20)}, between(0, 5)),
    ],
    ids=[
        "net",
        "nothing left",
        "more taken off than there is",
        "not known what",
        "not known of what",
        "range",
        "crossing",
    ],
)
def test_what_is_taken_off_never_makes_a_sum_negative(known: dict[str, Value], expected: Amount) -> None:
    assert worth(NET_COST, **known) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"grant": Decimal(30)}, exactly(70)),
        ({"grant": Decimal(100)}, exactly(0)),
        ({"grant": Decimal(130)}, exactly(0)),
        ({}, between(0, 100)),
        ({"grant": Interval(low=Decimal(30))}, between(0, 70)),
        ({"grant": Interval(high=Decimal(30))}, between(70, 100)),
        ({"grant": Interval(low=Decimal(100))}, exactly(0)),
    ],
    ids=["rest", "all had", "more had", "unknown", "at least", "at most", "at least all"],
)
def test_a_difference_pays_what_was_not_had_before(known: dict[str, Value], expected: Amount) -> None:
    assert worth(DIFFERENCE, **known) == expected


def test_a_fixed_sum_is_exact_without_any_answer() -> None:
    assert worth(Formula(Decimal(600_000))) == exactly(600_000)


def test_several_expenses_are_added_and_an_unknown_one_leaves_the_upper_end_open() -> None:
    match = Formula(rate=HALF, plus=(COST, GRANT))

    assert worth(match, cost=Decimal(10), grant=Decimal(20)) == exactly(15)
    assert worth(match, cost=Decimal(10)) == between(5, None)


def test_a_known_expense_that_reaches_the_cap_alone_is_exact_whatever_the_others_are() -> None:
    match = Formula(rate=HALF, plus=(COST, GRANT), cap=Decimal(100))

    assert worth(match, cost=Decimal(200)) == exactly(100)


def test_at_most_a_rate_is_a_bound_and_never_a_sum() -> None:
    bound = Formula(rate=HALF, plus=(COST,), is_upper_bound=True)

    assert worth(bound, cost=Decimal(30)) == between(0, 15)


def test_a_ceiling_alone_and_no_figure_are_never_exact() -> None:
    assert worth(Ceiling(Decimal(50))) == between(0, 50)
    assert worth(NoFigure()) == between(0, None)


TIERED = Tiers(
    (
        (number_is(">", 10), Formula(Decimal(5))),
        (number_is(">", 100), Formula(Decimal(20))),
    )
)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"cost": Decimal(10)}, exactly(0)),
        ({"cost": Decimal(11)}, exactly(5)),
        ({"cost": Decimal(101)}, exactly(20)),
        ({"cost": Interval(low=Decimal(50))}, between(5, 20)),
        ({}, between(0, 20)),
    ],
    ids=["no tier", "lower tier", "both tiers, the better", "lower for sure", "unknown"],
)
def test_the_best_tier_that_applies_is_given(known: dict[str, Value], expected: Amount) -> None:
    assert worth(TIERED, **known) == expected


def test_a_tier_that_only_states_a_ceiling_does_not_lower_a_sum_that_is_sure() -> None:
    tiers = Tiers(((number_is(">", 10), Formula(Decimal(5))), (number_is(">", 10), Ceiling(Decimal(8)))))

    assert worth(tiers, cost=Decimal(11)) == between(5, 8)


def test_a_tier_without_an_upper_end_leaves_the_whole_without_one() -> None:
    tiers = Tiers(((number_is(">", 10), Formula(rate=HALF, plus=(GRANT,))), (number_is(">", 10), Formula(Decimal(5)))))

    assert worth(tiers, cost=Decimal(11)) == between(5, None)


formulas = st.builds(
    Formula,
    constant=small_yuan,
    rate=st.sampled_from([ZERO, HALF, Decimal(1), Decimal(-1), Decimal("0.3")]),
    plus=st.sampled_from([(), (COST,), (COST, GRANT)]),
    minus=st.sampled_from([(), (HARDWARE,)]),
    cap=st.none() | small_yuan,
    is_upper_bound=st.booleans(),
)
sums = formulas | st.builds(Ceiling, small_yuan)
benefits = sums | st.builds(Tiers, st.lists(st.tuples(conditions(), sums), max_size=3).map(tuple))


@given(benefits, profiles())
def test_an_amount_lies_in_order_and_is_exact_only_where_both_ends_meet(benefit: Benefit, profile: Profile) -> None:
    amount = amount_of(benefit, profile, DAY)

    assert amount.low >= 0
    assert amount.high is None or amount.low <= amount.high
    assert amount.exact is None or amount.low == amount.high == amount.exact


@given(benefits, profiles())
def test_learning_a_value_never_widens_the_range(benefit: Benefit, profile: Profile) -> None:
    narrow = amount_of(benefit, profile, DAY)

    for name in profile.values:
        wide = amount_of(benefit, profile.without(name), DAY)
        assert wide.low <= narrow.low
        assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
        assert wide.exact is None or wide.exact == narrow.exact


@given(formulas, st.fixed_dictionaries(dict.fromkeys(("cost", "grant", "hardware"), small_yuan)))
def test_known_inputs_give_the_formula_to_the_fen(formula: Formula, known: dict[str, Decimal]) -> None:
    base = sum((known[a.name] for a in formula.plus), ZERO) - sum((known[a.name] for a in formula.minus), ZERO)
    due = max(ZERO, formula.constant + formula.rate * max(ZERO, base))
    expected = due if formula.cap is None else min(due, formula.cap)

    amount = worth(formula, **known)

    assert amount == (Amount(ZERO, expected, None) if formula.is_upper_bound else Amount(expected, expected, expected))


@given(formulas)
def test_without_a_needed_input_only_a_used_up_cap_or_nothing_is_exact(formula: Formula) -> None:
    amount = worth(formula)

    if formula.plus and formula.rate and amount.exact is not None:
        assert amount.exact in (formula.cap, ZERO)


def test_a_sum_that_may_not_come_starts_at_nothing() -> None:
    assert exactly(10).as_possible() == between(0, 10)


def test_a_text_in_place_of_a_sum_is_a_mistake_of_the_program_and_not_nothing() -> None:
    with pytest.raises(TypeError):
        worth(HALF_OF_COST, cost="很多")
