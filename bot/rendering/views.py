"""What each template is given: one frozen view a template, a sentence or a list of sentences per field."""

from dataclasses import dataclass

from bot.rendering.answer_shapes import (
    AnswerFromClausesView,
    AskForItemsView,
    CompareClausesView,
    DescribeDocumentsView,
    ExplainTermView,
    ListClausesView,
    TellDepartmentsView,
)
from bot.rendering.asked_views import AskPremisesView, AskSeveralView, AskView
from bot.rendering.firm_up import FirmUpView
from bot.rendering.kept_views import ExportKeptView, HandOffView, NoteLabelsView, TellKeptView
from bot.rendering.repair_views import ChangeView, ChoiceView, CompanyView, TellHowManyLeftView, WelcomeBackView
from bot.rendering.summary_shapes import GroupView, ReportView, SummaryView
from bot.rendering.what_if_views import WhatIfView


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """welcome.txt: the number of core questions, and for how many days answers are kept."""

    core_count: str
    retention_days: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """notice.txt: one of the sentences of dialogs/notices.yaml."""

    say: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """record.txt: what was newly noted, what was changed (label, old, new as one sentence), what is left open."""

    noted: tuple[str, ...]
    changed: tuple[str, ...]
    left_open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClarifyView:
    """clarify.txt: what is asked, and the numbered candidates; `is_again` when it was asked just before."""

    label: str
    options: tuple[str, ...]
    is_again: bool


@dataclass(frozen=True, slots=True)
class NotUnderstoodView:
    """not_understood.txt: whether it happened before, so that the ways out are shown."""

    is_again: bool


@dataclass(frozen=True, slots=True)
class ExplainQuestionView:
    """explain_question.txt: the term that is meant, why it is asked, and what it can still move."""

    name: str
    meaning: str
    why: str
    stake: str


@dataclass(frozen=True, slots=True)
class ShowResultView:
    """show_result.txt: one page; the totals, the premises and why the best is best stand on the first one only.

    `directions` stand on the last one: what cannot be claimed, but is worth knowing. `is_known` says whether
    anything is known of the company.
    """

    day: str
    is_known: bool
    headline: str
    premises: str
    choice: str
    groups: tuple[GroupView, ...]
    directions: tuple[str, ...]
    contacts: str
    page: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class NoResultView:
    """no_result.txt: that nothing fits so far, why, directions worth knowing, and whom to ask."""

    day: str
    reasons: tuple[str, ...]
    directions: tuple[str, ...]
    is_known_enough: bool
    hotline: str


@dataclass(frozen=True, slots=True)
class ShowProofView:
    """show_proof.txt: every condition of one policy, with the user's own answer."""

    number: str
    title: str
    article: str
    verdict: str
    state: str
    amount: str
    conditions: tuple[str, ...]
    summary: str
    issuer: str
    stacking: str
    whom: str


@dataclass(frozen=True, slots=True)
class ShowProfileView:
    """show_profile.txt: what is recorded, and what is left open."""

    known: tuple[str, ...]
    left_open: str


@dataclass(frozen=True, slots=True)
class SetDayView:
    """set_day.txt: the day that the result is now worked out for."""

    day: str


View = (
    WelcomeView
    | WelcomeBackView
    | NoticeView
    | RecordView
    | AskView
    | AskPremisesView
    | AskSeveralView
    | ClarifyView
    | NotUnderstoodView
    | AnswerFromClausesView
    | ListClausesView
    | CompareClausesView
    | AskForItemsView
    | DescribeDocumentsView
    | TellDepartmentsView
    | ExplainTermView
    | ExplainQuestionView
    | ShowResultView
    | SummaryView
    | ReportView
    | NoResultView
    | FirmUpView
    | ShowProofView
    | ShowProfileView
    | HandOffView
    | ExportKeptView
    | TellKeptView
    | NoteLabelsView
    | SetDayView
    | WhatIfView
    | ChoiceView
    | ChangeView
    | CompanyView
    | TellHowManyLeftView
)
VIEWS: tuple[type[View], ...] = View.__args__
