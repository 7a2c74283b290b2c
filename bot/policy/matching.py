"""Every clause put to one profile on one day."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.policy.amounts import NOTHING, Amount, amount_of
from bot.policy.attributes import Profile
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause, Document, Tiers, benefit_attributes
from bot.policy.conditions import AllOf, Condition, Finding, evaluate, open_attributes, requirements_of
from bot.policy.memo import Memo
from bot.policy.truth import Truth, all_of


class Standing(StrEnum):
    """How an enterprise stands toward a clause, by the conditions alone."""

    ELIGIBLE = "eligible"
    NEEDS_INFO = "needs_info"
    NOT_ELIGIBLE = "not_eligible"


KEPT, KEPT_OF_POLICY, KEPT_OF_CLAUSE = 300, 100, 50
"""How many findings are kept: of a whole profile, of one policy, and of one clause alone."""
NONE: frozenset[str] = frozenset()
STANDINGS = {Truth.TRUE: Standing.ELIGIBLE, Truth.UNKNOWN: Standing.NEEDS_INFO, Truth.FALSE: Standing.NOT_ELIGIBLE}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clause says of one profile on one day.

    `finding` has three parts: the document's scope, its premises, the clause's own conditions. `prospect` is the amount
    if all conditions turn out met. `unknowns` are the attributes that leave the standing open; `undecided` these and
    those that the amount waits for. `mark` is this verdict's alone: what follows from it can be kept under it.
    """

    clause: Clause
    standing: Standing
    availability: Availability
    amount: Amount
    prospect: Amount
    finding: Finding
    unknowns: frozenset[str]
    undecided: frozenset[str]
    mark: object = field(default_factory=object, compare=False, repr=False)

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

    What a policy's clauses find depends on the few attributes that they look at, so it is kept for as long as these are
    as they were: an answer makes only those policies be judged anew that look at it. An equal verdict is the same one.
    """

    clauses: tuple[Clause, ...]

    def match(self, profile: Profile, on: date) -> tuple[Verdict, ...]:
        """Judge every clause on the day, in their order."""
        return self._matched.of((profile, on), lambda: self._match(profile, on))

    def _match(self, profile: Profile, on: date) -> tuple[Verdict, ...]:
        verdicts: dict[int, Verdict] = {}
        for policy in self._policies:
            verdicts |= zip(policy.places, policy.judge(profile, on), strict=True)
        return tuple([verdicts[place] for place in range(len(self.clauses))])

    @cached_property
    def _matched(self) -> Memo[tuple[Profile, date], tuple[Verdict, ...]]:
        return Memo(KEPT)

    @cached_property
    def _policies(self) -> tuple["_PolicyReady", ...]:
        places: dict[str, list[int]] = {}
        for place, clause in enumerate(self.clauses):
            places.setdefault(clause.policy.id, []).append(place)
        return tuple(_make_policy_ready(tuple(p), [self.clauses[place] for place in p]) for p in places.values())


def judge(clause: Clause, profile: Profile, on: date) -> Verdict:
    """Judge one clause: the standing by its conditions, the availability of its policy, the amount."""
    return _judge(clause, _whole(clause), _own(clause, profile, on), _judge_policy(clause.policy, profile, on))


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
    """A clause with the attributes that its own conditions and its benefit look at, and what they found before."""

    clause: Clause
    whole: AllOf
    watched: tuple[str, ...]
    found: Memo[tuple[Hashable, ...], _Own]

    def own(self, profile: Profile, on: date) -> _Own:
        """What the clause's own conditions find."""
        return self.found.of((on, *map(profile.values.get, self.watched)), lambda: _own(self.clause, profile, on))


@dataclass(frozen=True, slots=True)
class _PolicyReady:
    """The clauses of one policy, their places among all, and what they found of all that they look at."""

    policy: Document
    places: tuple[int, ...]
    clauses: tuple[_Ready, ...]
    watched: tuple[str, ...]
    found: Memo[tuple[Hashable, ...], tuple[Verdict, ...]]

    def judge(self, profile: Profile, on: date) -> tuple[Verdict, ...]:
        """A verdict on each of the clauses."""
        return self.found.of((on, *map(profile.values.get, self.watched)), lambda: self._judge(profile, on))

    def _judge(self, profile: Profile, on: date) -> tuple[Verdict, ...]:
        of_policy = _judge_policy(self.policy, profile, on)
        return tuple([_judge(each.clause, each.whole, each.own(profile, on), of_policy) for each in self.clauses])


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


def _make_policy_ready(places: tuple[int, ...], clauses: Sequence[Clause]) -> _PolicyReady:
    policy = clauses[0].policy
    ready = tuple(_make_ready(clause) for clause in clauses)
    names = watched(policy.scope) | watched(policy.premises) | {name for each in ready for name in each.watched}
    return _PolicyReady(policy, places, ready, tuple(sorted(names)), Memo(KEPT_OF_POLICY))


def _make_ready(clause: Clause) -> _Ready:
    tiers = clause.benefit.tiers if isinstance(clause.benefit, Tiers) else ()
    conditions = (clause.condition, *(condition for condition, _ in tiers))
    names = benefit_attributes(clause.benefit).union(*map(watched, conditions))
    return _Ready(clause, _whole(clause), tuple(sorted(names)), Memo(KEPT_OF_CLAUSE))


def _whole(clause: Clause) -> AllOf:
    return AllOf((clause.policy.scope, clause.policy.premises, clause.condition))


def watched(condition: Condition) -> frozenset[str]:
    """The attributes on which the truth of a condition rests: those it looks at, and those that stand in for them."""
    leaves = requirements_of(condition)
    sources = (leaf.attribute.default_from for leaf in leaves if leaf.attribute.default_from is not None)
    return frozenset((*sources, *(leaf.attribute.name for leaf in leaves)))


def _own(clause: Clause, profile: Profile, on: date) -> _Own:
    prospect = amount_of(clause.benefit, profile, on)
    finding = evaluate(clause.condition, profile, on)
    missing = benefit_attributes(clause.benefit) - profile.values.keys() if prospect.exact is None else NONE
    return _Own(finding, prospect, prospect.as_possible(), open_attributes(finding), missing)


def _judge(clause: Clause, whole: AllOf, own: _Own, of_policy: _PolicyFinding) -> Verdict:
    parts = (of_policy.scope, of_policy.premises, own.finding)
    finding = Finding(whole, all_of([part.truth for part in parts]), parts=parts)
    standing = STANDINGS[finding.truth]
    if standing is Standing.NOT_ELIGIBLE:
        return Verdict(clause, standing, of_policy.availability, NOTHING, NOTHING, finding, NONE, NONE)
    is_sure = standing is Standing.ELIGIBLE
    amount, unknowns = (own.prospect, NONE) if is_sure else (own.possible, of_policy.unknowns | own.unknowns)
    undecided = unknowns | own.missing
    return Verdict(clause, standing, of_policy.availability, amount, own.prospect, finding, unknowns, undecided)
