"""What the templates of answers to questions are given: one frozen view a template."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause in an answer: first what was asked first, what else is worth knowing, how the enterprise stands."""

    title: str
    lead: str
    amount: str
    recipient: str
    conditions: str
    standing: str


@dataclass(frozen=True, slots=True)
class AnswerFromClausesView:
    """answer_from_clauses.txt: the clauses of an article that answer, what they share, and others in one line.

    `missed_place` is the place that was asked about where only another one has an answer.
    """

    clauses: tuple[ClauseView, ...]
    conditions: str
    steps: str
    time: str
    state: str
    article: str
    whom: str
    others: str
    is_sure: bool
    missed_place: str


@dataclass(frozen=True, slots=True)
class ListClausesView:
    """list_clauses.txt: the clauses on a subject, one line each, and how many more; whether any can be claimed."""

    lines: tuple[str, ...]
    more: str
    is_claimable: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One thing that is compared, and what each side says of it."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompareClausesView:
    """compare_clauses.txt: the difference in a sentence or two, then one thing after the other, side by side."""

    headline: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class AskForItemsView:
    """ask_for_items.txt: numbers that the result doesn't have, the only one that was named, how many it has."""

    missing: str
    given: str
    count: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as a whole: the answer to what was asked first, and what can be claimed from it."""

    title: str
    lead: str
    time: str
    whom: str
    count: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribeDocumentsView:
    """describe_documents.txt: one document, or several in one line each."""

    documents: tuple[DocumentView, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellDepartmentsView:
    """tell_departments.txt: the departments, one line each, with their number or how to reach them without one."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainTermView:
    """explain_term.txt: a word and its meaning, and the titles of the clauses about it."""

    name: str
    meaning: str
    related: str
