"""Documents, their clauses, and the rules by which benefits combine: the knowledge that staff keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from bot.policy.attributes import Attribute
from bot.policy.conditions import ALWAYS, Condition, attributes_of
from bot.policy.memo import Memo

KEPT = 1000
"""How many groups of clauses that rules join are kept with their best choice."""


class Kind(StrEnum):
    """What a clause gives; a direction or a rule gives nothing to claim."""

    AWARD = "award"
    SUBSIDY = "subsidy"
    MATCH = "match"
    VOUCHER = "voucher"
    INTEREST = "interest"
    SUPPORT = "support"
    SERVICE = "service"
    PILOT = "pilot"
    DIRECTION = "direction"
    RULE = "rule"


class Per(StrEnum):
    """What an upper limit counts for."""

    ENTERPRISE = "enterprise"
    ENTERPRISE_YEAR = "enterprise_year"
    PROJECT = "project"
    EVENT = "event"
    UNIT = "unit"
    TOTAL = "total"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum that the text fixes: constant + rate x (plus - minus), never below zero, at most the cap.

    A rate of an expense is `rate` x `plus`; a match of another award at 1:0.5 has the rate 0.5; a fixed sum is the
    constant alone; a difference is a constant less an award had before (rate -1). `is_upper_bound` marks 不超过 X%.
    """

    constant: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    plus: tuple[Attribute, ...] = ()
    minus: tuple[Attribute, ...] = ()
    cap: Decimal | None = None
    is_upper_bound: bool = False
    per: Per = Per.UNSTATED


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A 最高 without a formula: how much is given, the department decides."""

    cap: Decimal
    per: Per = Per.UNSTATED


@dataclass(frozen=True, slots=True)
class Tiers:
    """Several sums, each under a condition of its own; the best that applies is given."""

    tiers: tuple[tuple[Condition, "Formula | Ceiling"], ...]


@dataclass(frozen=True, slots=True)
class NoFigure:
    """Something without a figure in the text: a service, a voucher of no stated sum, a direction."""

    say: str = ""


Benefit = Formula | Ceiling | Tiers | NoFigure


@dataclass(frozen=True, slots=True)
class InForce:
    """In force by its own text; a missing first day is one that the text does not state."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Published for comment; nothing can be claimed yet."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The guide of one year's batch."""

    year: int


@dataclass(frozen=True, slots=True)
class TitleYears:
    """The years that a plan carries in its title, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NoTerm:
    """No term stated, or directions only."""


Status = InForce | Draft | Batch | TitleYears | NoTerm


@dataclass(frozen=True, slots=True)
class Contact:
    """A department or a hotline; `phone` only where one is published, with its source."""

    id: str
    name: str
    phone: str | None = None
    hours: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One policy text. `scope` says whom it covers; `premises` what nearly everyone meets (asked once, together)."""

    id: str
    title: str
    short_title: str
    issuer: str
    level: str
    status: Status
    status_note: str = ""
    scope: Condition = ALWAYS
    scope_say: str = ""
    premises: Condition = ALWAYS
    stacking_note: str = ""
    contacts: tuple[Contact, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def benefit_attributes(benefit: Benefit) -> frozenset[str]:
    """The names of the attributes that a sum is worked out from."""
    match benefit:
        case Formula(plus=plus, minus=minus):
            return frozenset(attribute.name for attribute in (*plus, *minus))
        case Tiers(tiers):
            each = (attributes_of(condition) | benefit_attributes(part) for condition, part in tiers)
            return frozenset().union(*each)
        case Ceiling() | NoFigure():
            return frozenset()
        case _ as unreachable:
            assert_never(unreachable)


@dataclass(frozen=True)
class Clause:
    """One claimable thing, one direction or one rule, of an article of a document.

    `policy` is the document that grants it: the same one, or the one that a digest cites; its status, scope and
    premises hold. `condition` is the clause's own. `reminder` is what is still to be done when all conditions are met.
    `terms` is what the text fixes about the benefit beyond its sum (years, bounds of a rate). `other_figures` are
    figures of the article that are neither benefit nor condition, each with what it is. `asked_as` are everyday words
    in which owners ask for it: only search reads them.
    """

    id: str
    document: Document
    policy: Document
    article: str
    title: str
    summary: str
    kind: Kind
    recipient: str
    condition: Condition
    benefit: Benefit
    contacts: tuple[Contact, ...] = ()
    tags: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reminder: str = ""
    terms: str = ""
    other_figures: tuple[tuple[str, str], ...] = ()

    @property
    def is_claimable(self) -> bool:
        """Whether an enterprise can apply for it."""
        return self.kind not in (Kind.DIRECTION, Kind.RULE)

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """The attributes on which the verdict or the amount depends."""
        from_conditions = (attributes_of(c) for c in (self.policy.scope, self.policy.premises, self.condition))
        return frozenset().union(*from_conditions, benefit_attributes(self.benefit))


@dataclass(frozen=True, slots=True)
class JointLimit:
    """One upper limit over several clauses together, with the article that states it."""

    id: str
    clauses: frozenset[str]
    cap: Decimal
    say: str
    source: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Clauses of which only one counts. `is_stated` is false where the texts are silent: not added up, to be asked."""

    id: str
    clauses: frozenset[str]
    say: str
    source: str
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class BetterOf:
    """Clauses that give nothing beyond another award for the same project, an attribute, unless they are higher."""

    id: str
    clauses: frozenset[str]
    attribute: Attribute
    say: str
    source: str


@dataclass(frozen=True)
class Combining:
    """All rules by which benefits combine."""

    limits: tuple[JointLimit, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    better_of: tuple[BetterOf, ...] = ()

    @cached_property
    def bound(self) -> frozenset[str]:
        """The clauses that a limit or an exclusion is about: every other one is paid whatever else is."""
        return frozenset().union(*(limit.clauses for limit in self.limits), *(e.clauses for e in self.exclusions))

    @cached_property
    def solved(self) -> Memo[tuple[tuple[str, Decimal], ...], Mapping[str, Decimal]]:
        """The best choice of clauses that rules join, by their sums; `policy.combining` fills it."""
        return Memo(KEPT)

    def joined_with(self, clause: str) -> frozenset[str]:
        """The clauses that rules join with one, it among them."""
        return self._joined.of(clause, lambda: self._join(clause))

    @cached_property
    def _joined(self) -> Memo[str, frozenset[str]]:
        return Memo(KEPT)

    def _join(self, clause: str) -> frozenset[str]:
        groups = [*(e.clauses for e in self.exclusions), *(limit.clauses for limit in self.limits)]
        groups += [each.clauses for each in self.better_of]
        joined, before = frozenset({clause}), frozenset[str]()
        while joined != before:
            before, joined = joined, joined.union(*(group for group in groups if group & joined))
        return joined


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade, in plain words."""

    name: str
    meaning: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that staff keep in knowledge/, linked; `version` changes whenever the content does."""

    version: str
    attributes: Mapping[str, Attribute]
    documents: Mapping[str, Document]
    clauses: tuple[Clause, ...]
    combining: Combining
    contacts: Mapping[str, Contact]
    hotline: Contact
    terms: tuple[Term, ...] = ()
    by_id: Mapping[str, Clause] = field(default_factory=dict)
