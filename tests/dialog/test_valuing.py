"""What an answer is worth, and what is told of it."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from bot.dialog.deciding import next_pending, worths_of
from bot.dialog.possible import chance_of, possible_answers
from bot.dialog.remaining import FAILS, HOLDS, STAYS_OPEN, left_of
from bot.dialog.stakes import Stake
from bot.dialog.staking import stake_of
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import NEVER, Attribute, AttributeType, Profile, Value
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Is,
    Not,
    Number,
    OneOf,
    Requirement,
    Unclear,
    evaluate,
)
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after

ON = NOW.date()
GUIDE = shipped_bundle().guide
NOTHING: frozenset[str] = frozenset()
CLEAN: Mapping[str, Value] = {"last_major_penalty": NEVER, "criminal_record": False, "dishonest_listed": False}


def yes(name: str) -> Requirement:
    return Requirement(Attribute(name, AttributeType.BOOL, name), Is(expected=True), name)


def left(condition: Condition, closed: frozenset[str] = NOTHING, **known: Value) -> object:
    return left_of(evaluate(condition, Profile(known), ON), closed)


def test_of_two_things_that_must_hold_the_second_is_asked_only_when_the_first_does() -> None:
    assert left(AllOf((yes("a"), yes("b")))) == (1.5, 0.25, 0.25)


def test_of_two_things_of_which_one_is_enough_the_second_is_asked_only_when_the_first_does_not_hold() -> None:
    assert left(AnyOf((yes("a"), yes("b")))) == (1.5, 0.75, 0.75)


def test_what_the_text_leaves_open_takes_no_question_and_never_holds() -> None:
    assert left(Unclear("u")) == STAYS_OPEN
    assert left(AllOf((yes("a"), Unclear("u")))) == (1, 0, 0.5)


@pytest.mark.parametrize(("value", "expected"), [(True, HOLDS), (False, FAILS)], ids=["yes", "no"])
def test_what_is_known_takes_no_question(value: bool, expected: object) -> None:  # noqa: FBT001
    assert left(yes("a"), a=value) == expected
    assert left(Not(yes("a"), "no a"), a=not value) == expected


def test_what_was_declined_is_not_asked_for() -> None:
    assert left(AllOf((yes("a"), yes("b"))), frozenset({"a"})) == (1, 0, 0.5)


def test_a_sum_has_an_answer_for_nought_for_too_little_and_for_enough() -> None:
    attribute = Attribute("s", AttributeType.YUAN, "s")
    need = Requirement(attribute, Number(Comparison.ABOVE, Decimal(100_000)), "enough")

    answers = possible_answers(attribute, (need,), ON)
    met = [a.chance for a in answers if evaluate(need, Profile({"s": a.value}), ON).truth == "met"]

    assert len(answers) == 3
    assert sum(met) == pytest.approx(chance_of(need))
    assert sum(answer.chance for answer in answers) == pytest.approx(1)


def test_values_that_are_alike_for_all_conditions_are_one_answer() -> None:
    attribute = Attribute("c", AttributeType.CHOICE, "c", ("x", "y", "z"))

    answers = possible_answers(attribute, (Requirement(attribute, OneOf(("x",)), "x"),), ON)

    assert [answer.value for answer in answers] == ["x", "y"]


def test_the_answers_to_every_question_have_the_chances_of_their_conditions() -> None:
    for name, requirements in GUIDE.requirements.items():
        answers = possible_answers(GUIDE.knowledge.attributes[name], requirements, ON)
        assert sum(answer.chance for answer in answers) == pytest.approx(1), name
        for requirement in requirements:
            met = (a.chance for a in answers if evaluate(requirement, Profile({name: a.value}), ON).truth == "met")
            assert sum(met) == pytest.approx(chance_of(requirement)), (name, requirement.say)


def stake(pending: Pending, state: State) -> Stake | None:
    return stake_of(pending, state, GUIDE, ON)


def test_what_excludes_one_another_is_not_added_up() -> None:
    state = State(Profile({"region": "经开区", "specialized_tier": "little_giant", **CLEAN}))

    assert stake(Pending(PendingKind.QUESTION, "insurance_premium"), state) == Stake(2, Decimal(500_000))


def test_a_draft_is_counted_but_none_of_its_money() -> None:
    state = State(Profile({"region": "通州区"}))

    assert stake(Pending(PendingKind.QUESTION, "loan_interest"), state) == Stake(1, None)


def test_the_premises_are_about_what_waits_for_nothing_else() -> None:
    state = after("亦庄", "市级专精特新", "科技保险保费26万")

    assert stake(Pending(PendingKind.PREMISES, "last_major_penalty"), state) == Stake(1, Decimal(130_000))


def test_a_place_that_is_assumed_is_about_what_another_one_would_open() -> None:
    state = State(Profile({"region": "海淀区"}))

    found = stake(Pending(PendingKind.QUESTION, "operating_regions"), state)

    assert found is not None
    assert found.clauses > 10


def test_what_is_likely_to_fail_is_asked_before_the_sum_that_would_come_of_it() -> None:
    core = dict.fromkeys(GUIDE.flow.core, False) | {"region": "经开区", "specialized_tier": "none"}
    state = State(Profile(core), topics=frozenset({"scenario"}), passed_topics=others("scenario"))

    pending = next_pending(state, GUIDE, ON)

    assert pending == Pending(PendingKind.QUESTION, "scenario_reviewed")


def test_what_is_worth_more_is_asked_first() -> None:
    core = dict.fromkeys(GUIDE.flow.core, False) | {"region": "经开区", "specialized_tier": "specialized"}
    state = State(
        Profile(core), topics=frozenset({"insurance", "facility"}), passed_topics=others("insurance", "facility")
    )

    pending = next_pending(state, GUIDE, ON)

    assert pending is not None
    assert pending.attribute.startswith("facility")


def others(*topics: str) -> frozenset[str]:
    return frozenset(topic.id for topic in GUIDE.flow.topics) - set(topics)


def test_what_is_worth_the_same_stands_in_the_same_order_in_every_process() -> None:
    worth = worths_of(Profile({"region": "经开区"}), GUIDE, ON)

    assert [*worth] == sorted(worth)
