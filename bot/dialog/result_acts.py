"""The result as acts: its items, its pages, why there is none, the proof of one of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Contact, Document
from bot.policy.matching import Verdict
from bot.policy.near_misses import Near
from bot.policy.plan import Plan


class ItemGroup(StrEnum):
    """The parts of a result, in their order."""

    CLAIM_NOW = "claim_now"
    PREMISED = "premised"
    OUTDONE = "outdone"
    UNCONFIRMED = "unconfirmed"
    LACKS_ANSWER = "lacks_answer"
    LACKS_ONE = "lacks_one"
    DRAFT = "draft"
    CLOSED = "closed"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class ResultItem:
    """One clause in a result, under the number by which the user may ask about it.

    `missing` are the conditions that no answer has settled yet, or the one that fails; of one that is OUTDONE, why.
    `stacking`: no text says whether it can be had together with another one shown. `near`: of one that LACKS_ONE.
    `gives_way_to` is the number of the one that goes before an OUTDONE one.
    """

    number: int
    group: ItemGroup
    verdict: Verdict
    missing: tuple[str, ...] = ()
    stacking: str = ""
    near: Near | None = None
    gives_way_to: int = 0


@dataclass(frozen=True, slots=True)
class ShowResult:
    """One page of the result; the first page has the totals, the last one directions worth knowing.

    `reach` is the most that the policies the enterprise has to do with can come to, in yuan. `counts`: how many can be
    claimed now, and how many others there are. `shown` are the ids of all clauses of the result, in their order.
    """

    items: tuple[ResultItem, ...]
    plan: Plan
    reach: Decimal
    page: int
    pages: int
    on: date
    premises: tuple[str, ...]
    counts: tuple[int, int]
    contacts: tuple[Contact, ...]
    shown: tuple[str, ...] = ()
    directions: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowSummary:
    """The whole result on one page, in one plain message to be passed on."""

    whole: ShowResult


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing of a policy can be claimed: its state on the day, and what fails (nothing: too little is known)."""

    document: Document
    availability: Availability
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoResult:
    """Nothing can be claimed as far as is known, and why; `near` is what is nearly within reach."""

    on: date
    reasons: tuple[Refusal, ...]
    is_known_enough: bool
    near: tuple[ResultItem, ...] = ()
    directions: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowProof:
    """Every condition of one clause, met or not, with the user's own answer."""

    number: int
    verdict: Verdict
    on: date
