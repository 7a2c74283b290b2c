"""What the templates of a summary and of a printed result are given, and the items that a result shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One policy that can be claimed, in brief."""

    number: str
    title: str
    amount: str
    conditions: str
    article: str


@dataclass(frozen=True, slots=True)
class SummaryView:
    """summary.txt: the result in one message to be passed on; an empty field is not shown.

    `more` says how many others are left out, `later` has a line for drafts, for what is past and for what is to be
    confirmed.
    """

    day: str
    headline: str
    claims: tuple[ClaimView, ...]
    premises: str
    choice: str
    missing: tuple[str, ...]
    later: tuple[str, ...]
    more: str
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One numbered policy of a result; an empty field is not shown."""

    number: str
    title: str
    amount: str
    working: str
    article: str
    state: str
    missing: str
    note: str
    reminder: str
    whom: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """The policies of one part of a result, under its heading."""

    heading: str
    items: tuple[ItemView, ...]
    is_brief: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """report.txt: all that a printed result says beside the proofs: what it rests on, the whole, all contacts."""

    day: str
    headline: str
    premises: str
    choice: str
    known: tuple[str, ...]
    left_open: str
    groups: tuple[GroupView, ...]
    directions: tuple[str, ...]
    contacts: tuple[str, ...]
