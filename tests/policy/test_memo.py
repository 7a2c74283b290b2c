"""What is kept of what was worked out, and that it never shows."""

from datetime import date
from random import Random

from bot.policy.attributes import Profile, Value
from bot.policy.matching import judge
from bot.policy.memo import Memo, TextMemo
from bot.policy.reachable import reachable
from tests.content_fixture import shipped_bundle

DAYS = (date(2024, 6, 1), date(2026, 7, 15), date(2028, 1, 1))
GUIDE = shipped_bundle().guide


def test_what_was_made_of_an_equal_key_is_not_made_again() -> None:
    memo: Memo[tuple[int, ...], str] = Memo(2)

    memo.of((1,), lambda: "first")

    assert memo.of((1,), lambda: "second") == "first"


def test_even_nothing_is_kept() -> None:
    memo: Memo[int, str | None] = Memo(2)

    memo.of(1, lambda: None)

    assert memo.of(1, lambda: "second") is None


def test_what_was_not_used_for_longest_goes_first() -> None:
    memo: Memo[int, int] = Memo(2)
    for key in (1, 2, 3, 1, 4, 5):
        memo.of(key, lambda key=key: key)  # type: ignore[misc]

    assert memo.of(1, lambda: 0) == 1
    assert memo.of(2, lambda: 0) == 0


def test_it_keeps_no_more_than_twice_what_it_is_to_keep() -> None:
    memo: Memo[int, int] = Memo(10)
    for key in range(1000):
        memo.of(key, lambda: 1)

    assert sum(memo.of(key, lambda: 0) for key in range(980, 1000)) <= 20
    assert memo.of(0, lambda: 0) == 0


def test_a_verdict_of_the_matcher_is_the_one_that_a_clause_finds_alone() -> None:
    random = Random(3)
    values = _values()
    profile, on = Profile(), DAYS[1]

    for _ in range(60):  # each is the one before but for an answer, so that most of it was found before
        name = random.choice([*values])
        profile = (
            profile.without(name) if random.random() < 0.3 else profile.with_value(name, random.choice(values[name]))
        )
        on = random.choice(DAYS) if random.random() < 0.2 else on
        for verdict in GUIDE.matcher.match(profile, on):
            alone = judge(verdict.clause, profile, on)
            assert (verdict.standing, verdict.availability) == (alone.standing, alone.availability)
            assert (verdict.amount, verdict.prospect, verdict.finding) == (alone.amount, alone.prospect, alone.finding)
            assert (verdict.unknowns, verdict.undecided) == (alone.unknowns, alone.undecided)


def _values() -> dict[str, tuple[Value, ...]]:
    """For each attribute the values that the conditions of some clause tell apart."""
    found: dict[str, dict[Value, None]] = {}
    for clause in GUIDE.matcher.clauses:
        for condition in (clause.policy.scope, clause.policy.premises, clause.condition):
            for name, values in reachable(condition, Profile(), DAYS[1]).items():
                found.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: tuple(values) for name, values in found.items()}


def test_profiles_with_the_same_values_are_the_same_key_in_whatever_order_they_were_told() -> None:
    one, other = Profile({"a": True, "b": "x"}), Profile({"b": "x", "a": True})

    assert one == other
    assert hash(one) == hash(other)


def test_of_long_texts_only_the_last_are_kept() -> None:
    memo, long = TextMemo(100), "很长的一句话" * 10

    memo.of(f"{long}0", ("maker",), lambda: "first")
    for number in range(1, 40):
        memo.of(f"{long}{number}", ("maker",), lambda: "other")

    assert memo.of("短", ("maker",), lambda: "first") == memo.of("短", ("maker",), lambda: "second")
    assert memo.of(f"{long}0", ("maker",), lambda: "second") == "second"


def test_what_two_make_of_one_text_is_told_apart() -> None:
    memo = TextMemo(100)

    assert memo.of("短", ("one",), lambda: 1) == 1
    assert memo.of("短", ("other",), lambda: 2) == 2
