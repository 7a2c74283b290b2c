"""No question in vain, and none left out: drawn enterprises are asked, by brute force over what they might answer."""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

import pytest

from benchmarks.asking.answering import answered
from benchmarks.asking.companies import Company, draw_companies
from benchmarks.asking.strategies import by_value
from bot.dialog.asking import asked_together
from bot.dialog.deciding import passed_attributes
from bot.dialog.possible import possible_answers
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import Profile, Value
from bot.policy.availability import Availability
from bot.policy.clauses import Clause
from bot.policy.matching import judge
from tests.content_fixture import shipped_bundle

DAYS = [date(2026, 7, 15), date(2024, 6, 1)]
GUIDE = shipped_bundle().guide
CLAUSES = GUIDE.matcher.clauses
CASES = [(day, company) for day in DAYS for company in draw_companies(5, 11, GUIDE, day)]
IDS = [f"{day}-{number % 5}" for number, (day, _) in enumerate(CASES)]
MOST = 3000


def steps(company: Company, on: date) -> Iterator[tuple[State, Pending | None]]:
    """Every state of the conversation with the question asked there, None at its end."""
    state = State()
    while (pending := state.pending or by_value(state, GUIDE, on)) is not None:
        yield state, pending
        state = answered(state, pending, company, GUIDE)
    yield state, None


def values_of(name: str, on: date) -> tuple[Value, ...]:
    attribute, requirements = GUIDE.knowledge.attributes[name], GUIDE.requirements.get(name, ())
    return tuple(answer.value for answer in possible_answers(attribute, requirements, on))


def shown(clause: Clause, profile: Profile, on: date) -> tuple[object, ...]:
    """What a result says of a clause."""
    verdict = judge(clause, profile, on)
    return verdict.standing, verdict.amount, verdict.prospect.exact


def can_change(name: str, profile: Profile, on: date) -> bool:
    """Whether two answers, everything else answered alike, lead to different results."""
    return any(_moves(name, clause, profile, on) for clause in CLAUSES if name in _looked_at(clause))


def _looked_at(clause: Clause) -> frozenset[str]:
    sources = (GUIDE.knowledge.attributes[name].default_from for name in clause.attribute_names)
    return clause.attribute_names | {name for name in sources if name is not None} | _rivals(clause)


def _rivals(clause: Clause) -> frozenset[str]:
    """The awards for the same project that would take the place of a clause."""
    rules = GUIDE.knowledge.combining.better_of
    return frozenset(rule.attribute.name for rule in rules if clause.id in rule.clauses)


def _moves(name: str, clause: Clause, profile: Profile, on: date) -> bool:
    open_now = sorted(_looked_at(clause) - profile.values.keys() - {name} - {"organisation"})
    completions = product(*((None, *values_of(other, on)) for other in open_now))
    for chosen in islice(completions, MOST):
        known = {other: value for other, value in zip(open_now, chosen, strict=True) if value is not None}
        base = Profile({**profile.values, **known})
        before = shown(clause, base, on)
        if any(shown(clause, base.with_value(name, value), on) != before for value in values_of(name, on)):
            return True
        if name in _rivals(clause) and judge(clause, base, on).standing == "eligible":
            return True
    return False


@pytest.mark.parametrize(("on", "company"), CASES, ids=IDS)
def test_every_question_asked_can_change_the_result(on: date, company: Company) -> None:
    for state, pending in steps(company, on):
        if pending is None or pending.kind in (PendingKind.TOPICS, PendingKind.PREMISES):
            continue
        is_joint = pending.kind is PendingKind.TOGETHER
        names = asked_together(pending, GUIDE) if is_joint else (pending.attribute,)

        assert all(can_change(name, state.profile, on) for name in names), pending


@pytest.mark.parametrize(("on", "company"), CASES, ids=IDS)
def test_nothing_that_could_change_the_result_is_left_unasked(on: date, company: Company) -> None:
    *_, (state, _) = steps(company, on)
    passed = passed_attributes(state, GUIDE)
    for clause in CLAUSES:
        verdict = judge(clause, state.profile, on)
        is_idle = verdict.availability is Availability.CLOSED or verdict.undecided & passed
        for name in () if is_idle else clause.attribute_names - state.profile.values.keys() - passed:
            for value in values_of(name, on) if name in GUIDE.lexicon.questions else ():
                if GUIDE.knowledge.attributes[name].default is None and name != "operating_regions":
                    after = shown(clause, state.profile.with_value(name, value), on)
                    assert after == shown(clause, state.profile, on), (clause.id, name, value)
