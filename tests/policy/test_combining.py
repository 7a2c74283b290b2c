from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.clauses import Combining, Exclusion, JointLimit
from bot.policy.combining import best_combination, next_best_combination, pay

NAMES = ("a", "b", "c", "d", "e")
NESTED = ("ab", "cd", "abc", "abcd", "abcde", "de")


def limit(clauses: Iterable[str], cap: int) -> JointLimit:
    return JointLimit("+".join(clauses), frozenset(clauses), Decimal(cap), "合计最高", "第 1 条")


def exclusion(*clauses: str) -> Exclusion:
    return Exclusion("-".join(clauses), frozenset(clauses), "只取一项", "第 1 条")


def yuan(**sums: int) -> dict[str, Decimal]:
    return {name: Decimal(sum_) for name, sum_ in sums.items()}


@st.composite
def nested_limits(draw: st.DrawFn) -> tuple[JointLimit, ...]:
    """Limits of which any two are apart or one within the other."""
    chosen: list[frozenset[str]] = []
    for letters in draw(st.permutations(NESTED)):
        clauses = frozenset(letters)
        if all(clauses & other in (frozenset(), clauses, other) for other in chosen):
            chosen.append(clauses)
    caps = draw(st.lists(st.integers(0, 8), min_size=len(chosen), max_size=len(chosen)))
    return tuple(limit(sorted(clauses), cap) for clauses, cap in zip(chosen, caps, strict=True))


sums = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 4).map(Decimal))
exclusions = st.lists(
    st.sets(st.sampled_from(NAMES), min_size=2, max_size=3).map(lambda names: exclusion(*sorted(names))), max_size=3
).map(tuple)
rules = st.builds(Combining, nested_limits(), exclusions)


def is_lawful(names: Iterable[str], rules_: Combining) -> bool:
    return all(len(e.clauses & set(names)) <= 1 for e in rules_.exclusions)


def greatest_payable(given_: Mapping[str, Decimal], limits: Iterable[JointLimit]) -> Decimal:
    """By trying every way of paying whole yuan."""
    ways = product(*(range(int(sum_) + 1) for sum_ in given_.values()))
    paid = (dict(zip(given_, way, strict=True)) for way in ways)
    kept = (p for p in paid if all(sum(p[n] for n in each.clauses & p.keys()) <= each.cap for each in limits))
    return Decimal(max(sum(p.values()) for p in kept))


@given(sums, nested_limits())
def test_paying_under_nested_limits_pays_the_most_that_they_allow(
    given_: Mapping[str, Decimal], limits: tuple[JointLimit, ...]
) -> None:
    paid = pay(given_, limits)

    assert sum(paid.values()) == greatest_payable(given_, limits)


@given(sums, rules)
def test_the_best_combination_equals_the_best_of_all_combinations(
    given_: Mapping[str, Decimal], rules_: Combining
) -> None:
    best = best_combination(given_, rules_)

    choices = (names for size in range(len(given_) + 1) for names in combinations(given_, size))
    lawful = [{name: given_[name] for name in names} for names in choices if is_lawful(names, rules_)]
    assert best.total == max(greatest_payable(choice, rules_.limits) for choice in lawful)


def rivals_of(name: str, names: Iterable[str], rules_: Combining) -> set[str]:
    return {other for other in names for e in rules_.exclusions if other != name and {name, other} <= e.clauses}


@given(sums, rules)
def test_the_runner_up_equals_the_best_of_all_other_choices(given_: Mapping[str, Decimal], rules_: Combining) -> None:
    best = best_combination(given_, rules_)
    second = next_best_combination(given_, rules_, best)

    contested = {name for name in given_ if rivals_of(name, given_, rules_)}
    paid = {name for name in contested if best.paid.get(name)}
    choices = (set(names) for size in range(len(given_) + 1) for names in combinations(given_, size))
    lawful = [names for names in choices if is_lawful(names, rules_)]
    full = [names for names in lawful if all(n in names or rivals_of(n, names, rules_) for n in given_)]
    others = [{name: given_[name] for name in given_ if name in names} for names in full if not paid <= names]
    totals = [greatest_payable(other, rules_.limits) for other in others]
    assert (None if second is None else second.total) == max(totals, default=None)
    assert second is None or dict(second.paid).keys() in [other.keys() for other in others]
    assert second is None or second.total <= best.total


@given(sums, rules)
def test_a_runner_up_exists_just_where_something_that_is_paid_has_a_rival(
    given_: Mapping[str, Decimal], rules_: Combining
) -> None:
    best = best_combination(given_, rules_)

    has_rival = any(best.paid.get(name) and rivals_of(name, given_, rules_) for name in given_)
    assert (next_best_combination(given_, rules_, best) is not None) == has_rival


def test_leaving_something_out_is_no_runner_up() -> None:
    rules_ = Combining((), (exclusion("a", "b"), exclusion("a", "c")))
    given_ = yuan(a=5, b=6, c=6)

    second = next_best_combination(given_, rules_, best_combination(given_, rules_))

    assert second is not None
    assert second.paid == yuan(a=5)


def test_what_no_rule_joins_with_the_choice_stays_as_it_is() -> None:
    rules_ = Combining((), (exclusion("a", "b"), exclusion("c", "d")))
    given_ = yuan(a=9, b=1, c=4, d=3, e=2)

    second = next_best_combination(given_, rules_, best_combination(given_, rules_))

    assert second is not None
    assert second.paid == yuan(a=9, d=3, e=2)


@given(sums, rules)
def test_every_limit_and_exclusion_is_kept(given_: Mapping[str, Decimal], rules_: Combining) -> None:
    paid = best_combination(given_, rules_).paid

    assert is_lawful(paid, rules_)
    assert all(sum(paid[n] for n in each.clauses & paid.keys()) <= each.cap for each in rules_.limits)
    assert all(0 <= paid[name] <= given_[name] for name in paid)


@given(sums, rules)
def test_the_total_is_never_above_the_sum_and_without_rules_equals_it(
    given_: Mapping[str, Decimal], rules_: Combining
) -> None:
    assert best_combination(given_, rules_).total <= sum(given_.values())
    assert best_combination(given_, Combining()).total == sum(given_.values())


@given(sums, rules)
def test_the_choice_does_not_depend_on_the_order_of_the_rules(given_: Mapping[str, Decimal], rules_: Combining) -> None:
    turned = Combining(rules_.limits[::-1], rules_.exclusions[::-1])

    assert best_combination(given_, turned).total == best_combination(given_, rules_).total


def test_of_two_tiers_of_one_expense_the_better_is_paid() -> None:
    best = best_combination(yuan(fifty=15, sixty=18, other=4), Combining((), (exclusion("fifty", "sixty"),)))

    assert best.paid == yuan(sixty=18, other=4)


def test_two_smaller_sums_beat_a_larger_one_that_excludes_both() -> None:
    rivals = (exclusion("large", "one"), exclusion("large", "two"))

    assert best_combination(yuan(large=10, one=6, two=6), Combining((), rivals)).paid == yuan(one=6, two=6)


def test_a_limit_cuts_the_smallest_sums_first() -> None:
    assert pay(yuan(a=6, b=3), [limit("ab", 7)]) == yuan(a=6, b=1)


def test_a_larger_sum_that_a_limit_cuts_loses_to_a_smaller_one_outside_of_it() -> None:
    rules_ = Combining((limit(["capped", "shared"], 10),), (exclusion("capped", "free"),))

    best = best_combination(yuan(shared=10, capped=9, free=2), rules_)

    assert best.paid == yuan(shared=10, free=2)


@pytest.mark.parametrize("count", [12, 24], ids=str)
def test_many_sums_of_which_only_one_counts_are_combined_at_once(count: int) -> None:
    names = [f"n{index}" for index in range(count)]

    best = best_combination(yuan(**dict.fromkeys(names, 5)), Combining((), (exclusion(*names),)))

    assert best.paid == {"n0": Decimal(5)}


@given(st.lists(sums, min_size=2, max_size=4), rules)
def test_what_was_combined_before_makes_no_difference(several: list[dict[str, Decimal]], rules_: Combining) -> None:
    for given_ in several:
        fresh = Combining(rules_.limits, rules_.exclusions)

        assert best_combination(given_, rules_).paid == best_combination(given_, fresh).paid


def test_the_clauses_that_rules_join_with_one_are_found_over_several_rules() -> None:
    rules_ = Combining((limit("ab", 5),), (exclusion("b", "c"), exclusion("d", "e")))

    assert rules_.joined_with("a") == {"a", "b", "c"}
    assert rules_.joined_with("x") == {"x"}
