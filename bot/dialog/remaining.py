"""How many questions a finding still takes until it is settled, on average, if the best ones are asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, assert_never

from bot.dialog.possible import chance_of
from bot.policy.attributes import Profile
from bot.policy.conditions import AllOf, AnyOf, Finding, Not, Requirement, Unclear, evaluate
from bot.policy.truth import Truth


class Left(NamedTuple):
    """The questions that are left, on average; how likely it comes out true, and how likely not false.

    The two differ where something stays open whatever the enterprise answers.
    """

    questions: float
    true: float
    not_false: float


HOLDS = Left(0, 1, 1)
FAILS = Left(0, 0, 0)
STAYS_OPEN = Left(0, 0, 1)
SETTLED = {Truth.TRUE: HOLDS, Truth.FALSE: FAILS, Truth.UNKNOWN: STAYS_OPEN}


class Supposed(NamedTuple):
    """What is taken to be answered to one question, besides what is known."""

    attribute: str
    profile: Profile
    on: date


class Remaining:
    """What is left of findings while some attributes are not asked for; each is worked out once.

    Two clauses of a policy share its scope and its premises, and an answer bears on few parts of a verdict.
    """

    def __init__(self, closed: frozenset[str], looked_at: Mapping[int, frozenset[str]]) -> None:
        self._closed = closed
        self._looked_at = looked_at
        self._known: dict[int, Left] = {}

    def of(self, verdict: Finding) -> Left:
        """What is left of the whole finding of a verdict."""
        return self._of(verdict, [self._part(part) for part in verdict.parts])

    def after(self, verdict: Finding, supposed: Supposed) -> Left:
        """What would be left of it after an answer."""
        return self._of(verdict, [self._part_after(part, supposed) for part in verdict.parts])

    def _of(self, verdict: Finding, parts: Sequence[Left]) -> Left:
        return _all(parts) if verdict.truth is Truth.UNKNOWN else SETTLED[verdict.truth]

    def _part(self, part: Finding) -> Left:
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = left_of(part, self._closed)
        return known

    def _part_after(self, part: Finding, supposed: Supposed) -> Left:
        if part.truth is Truth.UNKNOWN and supposed.attribute in self._looked_at[id(part.condition)]:
            return left_of(part, self._closed, supposed)
        return self._part(part)


def left_of(finding: Finding, closed: frozenset[str], supposed: Supposed | None = None) -> Left:
    """What is left of a finding; the `closed` attributes are not asked for, and stay open."""
    if finding.truth is not Truth.UNKNOWN:
        return SETTLED[finding.truth]
    match finding.condition:
        case Requirement() as requirement:
            return _of_requirement(requirement, closed, supposed)
        case AllOf():
            return _all([left_of(part, closed, supposed) for part in finding.parts])
        case AnyOf():
            return _any([left_of(part, closed, supposed) for part in finding.parts])
        case Not():
            inner = left_of(finding.parts[0], closed, supposed)
            return Left(inner.questions, 1 - inner.not_false, 1 - inner.true)
        case Unclear():
            return STAYS_OPEN
        case _ as unreachable:
            assert_never(unreachable)


def _of_requirement(requirement: Requirement, closed: frozenset[str], supposed: Supposed | None) -> Left:
    attribute = requirement.attribute
    if supposed is not None and supposed.attribute in (attribute.name, attribute.default_from):
        truth = evaluate(requirement, supposed.profile, supposed.on).truth
        if truth is not Truth.UNKNOWN:
            return SETTLED[truth]
    if attribute.name in closed:
        return STAYS_OPEN
    chance = chance_of(requirement)
    return Left(1, chance, chance)


def _all(parts: Sequence[Left]) -> Left:
    """All have to hold: what is likely to fail is asked first, and the rest only as long as nothing has failed."""
    if FAILS in parts:
        return FAILS
    questions, true, not_false = 0.0, 1.0, 1.0
    for part in sorted(parts, key=lambda part: _cost(part.questions, 1 - part.not_false)):
        questions += not_false * part.questions
        true *= part.true
        not_false *= part.not_false
    return Left(questions, true, not_false)


def _any(parts: Sequence[Left]) -> Left:
    """One has to hold: what is likely to hold is asked first, and the rest only as long as nothing has held."""
    if HOLDS in parts:
        return HOLDS
    questions, false, not_true = 0.0, 1.0, 1.0
    for part in sorted(parts, key=lambda part: _cost(part.questions, part.true)):
        questions += not_true * part.questions
        not_true *= 1 - part.true
        false *= 1 - part.not_false
    return Left(questions, 1 - not_true, 1 - false)


def _cost(questions: float, chance: float) -> float:
    """The questions for one end of the matter."""
    return questions / chance if chance > 0 else float("inf") if questions else 0.0
