"""Every clause put to one profile on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from bot.policy.amounts import NOTHING, Amount, amount_of
from bot.policy.attributes import Profile
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Document, benefit_attributes
from bot.policy.conditions import AllOf, Finding, evaluate, open_attributes, requirements_of
from bot.policy.truth import Truth, all_of


class Standing(StrEnum):
    """How an enterprise stands toward a clause, by the conditions alone."""

    ELIGIBLE = "eligible"
    NEEDS_INFO = "needs_info"
    NOT_ELIGIBLE = "not_eligible"


NONE: frozenset[str] = frozenset()
STANDINGS = {Truth.TRUE: Standing.ELIGIBLE, Truth.UNKNOWN: Standing.NEEDS_INFO, Truth.FALSE: Standing.NOT_ELIGIBLE}


class Verdict(NamedTuple):  # a tuple: made for every clause in every turn
    """What one clause says of one profile on one day.

    `finding` has three parts: the document's scope, its premises, the clause's own conditions. `prospect` is the amount
    if all conditions turn out met. `unknowns` are the attributes that leave the standing open; `undecided` these and
    those that the amount waits for.
    """

    clause: Clause
    standing: Standing
    availability: Availability
    amount: Amount
    prospect: Amount
    finding: Finding
    unknowns: frozenset[str]
    undecided: frozenset[str]

    @property
    def waits_for_premises_only(self) -> bool:
        """Whether nothing is open but the premises that nearly everyone meets."""
        scope, premises, own = (part.truth for part in self.finding.parts)
        return self.standing is Standing.NEEDS_INFO and scope is own is Truth.TRUE and premises is Truth.UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether it can be claimed from on the day, by the text itself."""
        return self.availability is Availability.OPEN


def match(clauses: Iterable[Clause], profile: Profile, on: date) -> tuple[Verdict, ...]:
    """Judge every clause on the day, in the order given."""
    return Matcher(tuple(clauses)).match(profile, on)


@dataclass(frozen=True)
class Matcher:
    """Clauses made ready to be judged many times.

    What a clause finds of a profile that says nothing of it is always the same, and is worked out once: of some hundred
    clauses an enterprise has to do with a few.
    """

    clauses: tuple[Clause, ...]

    def match(self, profile: Profile, on: date) -> tuple[Verdict, ...]:
        """Judge every clause on the day, in their order."""
        policies: dict[str, _PolicyFinding] = {}
        known = profile.values.keys()
        verdicts = []
        for ready in self._ready:
            policy = ready.clause.policy
            of_policy = policies.get(policy.id)
            if of_policy is None:
                of_policy = policies[policy.id] = _judge_policy(policy, profile, on)
            own = ready.idle if ready.watched.isdisjoint(known) else None
            verdicts.append(_judge(ready, own or _own(ready.clause, profile, on), of_policy))
        return tuple(verdicts)

    @cached_property
    def _ready(self) -> tuple["_Ready", ...]:
        return tuple(_make_ready(clause) for clause in self.clauses)


def judge(clause: Clause, profile: Profile, on: date) -> Verdict:
    """Judge one clause: the standing by its conditions, the availability of its policy, the amount."""
    return Matcher((clause,)).match(profile, on)[0]


@dataclass(frozen=True, slots=True)
class _Own:
    """What a clause's own conditions find; the amount if all conditions turn out met, and as long as that is open.

    `unknowns` are the attributes that leave the finding open, `missing` those that an exact amount waits for.
    """

    finding: Finding
    prospect: Amount
    possible: Amount
    unknowns: frozenset[str]
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A clause with what it finds of a profile that knows nothing of the `watched` attributes."""

    clause: Clause
    whole: AllOf
    watched: frozenset[str]
    idle: _Own


@dataclass(frozen=True, slots=True)
class _PolicyFinding:
    """What all clauses of one policy have in common on a day."""

    scope: Finding
    premises: Finding
    availability: Availability
    unknowns: frozenset[str]


def _judge_policy(policy: Document, profile: Profile, on: date) -> _PolicyFinding:
    scope, premises = evaluate(policy.scope, profile, on), evaluate(policy.premises, profile, on)
    return _PolicyFinding(
        scope, premises, availability_of(policy, on), open_attributes(scope) | open_attributes(premises)
    )


def _make_ready(clause: Clause) -> _Ready:
    leaves = requirements_of(clause.condition)
    sources = frozenset(leaf.attribute.default_from for leaf in leaves if leaf.attribute.default_from is not None)
    watched = sources | frozenset(leaf.attribute.name for leaf in leaves) | benefit_attributes(clause.benefit)
    whole = AllOf((clause.policy.scope, clause.policy.premises, clause.condition))
    return _Ready(clause, whole, watched, _own(clause, Profile(), date.min))


def _own(clause: Clause, profile: Profile, on: date) -> _Own:
    prospect = amount_of(clause.benefit, profile, on)
    finding = evaluate(clause.condition, profile, on)
    missing = benefit_attributes(clause.benefit) - profile.values.keys() if prospect.exact is None else NONE
    return _Own(finding, prospect, prospect.as_possible(), open_attributes(finding), missing)


def _judge(ready: _Ready, own: _Own, of_policy: _PolicyFinding) -> Verdict:
    parts = (of_policy.scope, of_policy.premises, own.finding)
    finding = Finding(ready.whole, all_of([part.truth for part in parts]), parts=parts)
    standing = STANDINGS[finding.truth]
    if standing is Standing.NOT_ELIGIBLE:
        return Verdict(ready.clause, standing, of_policy.availability, NOTHING, NOTHING, finding, NONE, NONE)
    is_sure = standing is Standing.ELIGIBLE
    amount, unknowns = (own.prospect, NONE) if is_sure else (own.possible, of_policy.unknowns | own.unknowns)
    undecided = unknowns | own.missing
    return Verdict(ready.clause, standing, of_policy.availability, amount, own.prospect, finding, unknowns, undecided)
