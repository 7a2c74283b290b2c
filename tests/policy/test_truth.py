from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.truth import Truth, all_of, any_of, truth_of

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
truths = st.sampled_from(Truth)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (TRUE, TRUE, TRUE, TRUE),
        (TRUE, FALSE, FALSE, TRUE),
        (TRUE, UNKNOWN, UNKNOWN, TRUE),
        (FALSE, FALSE, FALSE, FALSE),
        (FALSE, UNKNOWN, FALSE, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
    ids=lambda truth: truth.value,
)
def test_truths_join_by_the_tables_of_kleene(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert all_of([one, other]) is all_of([other, one]) is both
    assert any_of([one, other]) is any_of([other, one]) is either


@given(truths)
def test_a_truth_twice_negated_is_itself(truth: Truth) -> None:
    assert truth.negated().negated() is truth


@given(st.lists(truths))
def test_negation_turns_all_into_any(each: list[Truth]) -> None:
    assert all_of(each).negated() is any_of(truth.negated() for truth in each)


@given(truths, truths, truths)
def test_joining_is_associative_and_distributes(one: Truth, two: Truth, three: Truth) -> None:
    assert all_of([one, all_of([two, three])]) is all_of([all_of([one, two]), three])
    assert all_of([one, any_of([two, three])]) is any_of([all_of([one, two]), all_of([one, three])])


@given(st.lists(truths, max_size=5))
def test_what_is_decided_with_unknowns_stays_decided_whatever_they_turn_out_to_be(each: list[Truth]) -> None:
    ways = product(*([truth] if truth is not UNKNOWN else [TRUE, FALSE] for truth in each))

    for way in ways:
        assert all_of(each) in (UNKNOWN, all_of(way))
        assert any_of(each) in (UNKNOWN, any_of(way))


def test_nothing_required_holds_and_no_alternative_does_not() -> None:
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE


def test_a_known_claim_is_never_unknown() -> None:
    assert truth_of(True) is TRUE
    assert truth_of(False) is FALSE
