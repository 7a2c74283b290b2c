"""Every clause put to one profile on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.policy.amounts import NOTHING, Amount, amount_of
from bot.policy.attributes import Profile
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Document
from bot.policy.conditions import AllOf, Finding, evaluate
from bot.policy.truth import Truth, all_of


class Standing(StrEnum):
    """How an enterprise stands toward a clause, by the conditions alone."""

    ELIGIBLE = "eligible"
    NEEDS_INFO = "needs_info"
    NOT_ELIGIBLE = "not_eligible"


STANDINGS = {Truth.TRUE: Standing.ELIGIBLE, Truth.UNKNOWN: Standing.NEEDS_INFO, Truth.FALSE: Standing.NOT_ELIGIBLE}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clause says of one profile on one day.

    `finding` has three parts: the document's scope, its premises, the clause's own conditions. `prospect` is the amount
    if all conditions turn out met.
    """

    clause: Clause
    standing: Standing
    availability: Availability
    amount: Amount
    prospect: Amount
    finding: Finding

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
    policies: dict[str, _PolicyFinding] = {}
    verdicts = []
    for clause in clauses:
        of_policy = policies.get(clause.policy.id)
        if of_policy is None:
            of_policy = policies[clause.policy.id] = _judge_policy(clause.policy, profile, on)
        verdicts.append(_judge(clause, of_policy, profile, on))
    return tuple(verdicts)


def judge(clause: Clause, profile: Profile, on: date) -> Verdict:
    """Judge one clause: the standing by its conditions, the availability of its policy, the amount."""
    return _judge(clause, _judge_policy(clause.policy, profile, on), profile, on)


@dataclass(frozen=True, slots=True)
class _PolicyFinding:
    """What all clauses of one policy have in common on a day."""

    scope: Finding
    premises: Finding
    availability: Availability


def _judge_policy(policy: Document, profile: Profile, on: date) -> _PolicyFinding:
    return _PolicyFinding(
        evaluate(policy.scope, profile, on), evaluate(policy.premises, profile, on), availability_of(policy, on)
    )


def _judge(clause: Clause, of_policy: _PolicyFinding, profile: Profile, on: date) -> Verdict:
    parts = (of_policy.scope, of_policy.premises, evaluate(clause.condition, profile, on))
    whole = AllOf((clause.policy.scope, clause.policy.premises, clause.condition))
    finding = Finding(whole, all_of([part.truth for part in parts]), parts=parts)
    standing = STANDINGS[finding.truth]
    prospect = NOTHING if standing is Standing.NOT_ELIGIBLE else amount_of(clause.benefit, profile, on)
    amount = prospect.as_possible() if standing is Standing.NEEDS_INFO else prospect
    return Verdict(clause, standing, of_policy.availability, amount, prospect, finding)
