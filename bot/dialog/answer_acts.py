"""What the bot does to answer a question from the knowledge, before it is put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Contact, Document, Term
from bot.policy.matching import Verdict
from bot.search.words import Shape


@dataclass(frozen=True, slots=True)
class AnswerFromClauses:
    """Answer a free-text question from the clauses that were found, with the enterprise's standing where it is known.

    `verdicts` are told, `others` named only. `shapes` is what was asked of them, in that order. `is_sure` is false when
    the best is merely the nearest. `on` is the day that the question is about, `is_dated` whether it names that day.
    `subject` is the question, to be continued by one without a subject. `missed_place` is the place or level that was
    asked about where the answer is another one's. `asks_for_itself`: whether the enterprise asks if it may claim.
    """

    verdicts: tuple[Verdict, ...]
    others: tuple[Verdict, ...]
    knows_profile: bool
    on: date
    is_sure: bool = True
    shapes: tuple[Shape, ...] = ()
    is_dated: bool = False
    subject: str = ""
    missed_place: str = ""
    asks_for_itself: bool = False

    @property
    def asked(self) -> tuple[Shape, ...]:
        """What was asked; where no word says what, to look something up."""
        return self.shapes or (Shape.LOOKUP,)


@dataclass(frozen=True, slots=True)
class ListClauses:
    """Name the clauses about a subject in a line each; `more` others are left out."""

    verdicts: tuple[Verdict, ...]
    more: int


@dataclass(frozen=True, slots=True)
class CompareClauses:
    """Put clauses side by side, one of each document or each thing that the question compares.

    `rules` say whether they may be had together; `asks_for_both`: whether just this was asked.
    """

    sides: tuple[Verdict, ...]
    rules: tuple[str, ...]
    asks_for_both: bool
    knows_profile: bool
    on: date


@dataclass(frozen=True, slots=True)
class DescribeDocuments:
    """Tell of documents as a whole: their state on the day, whom to ask, what can be claimed from them.

    `claimable` are the verdicts of each document, those with the most money first. `asks_for_both`: whether it was
    asked what may be had together.
    """

    documents: tuple[Document, ...]
    availabilities: tuple[Availability, ...]
    claimable: tuple[tuple[Verdict, ...], ...]
    shapes: tuple[Shape, ...]
    on: date
    asks_for_both: bool = False


@dataclass(frozen=True, slots=True)
class TellDepartments:
    """How to reach departments that the user names."""

    contacts: tuple[Contact, ...]
    hotline: Contact


@dataclass(frozen=True, slots=True)
class ExplainTerm:
    """Explain a word of the trade; `related` are the clauses about it, `subject` the question."""

    term: Term
    related: tuple[Clause, ...] = ()
    subject: str = ""


AnswerAct = AnswerFromClauses | ListClauses | CompareClauses | DescribeDocuments | TellDepartments | ExplainTerm


def subject_of(acts: Iterable[object]) -> str:
    """What the last of the acts that answer a question was about; empty when none does."""
    subjects = [act.subject for act in acts if isinstance(act, AnswerFromClauses | ExplainTerm)]
    return next((subject for subject in reversed(subjects) if subject), "")
