"""What each template is given: one frozen view a template, a sentence or a list of sentences per field."""

from dataclasses import dataclass

from bot.rendering.kept_views import ExportKeptView, HandOffView, NoteLabelsView, TellKeptView


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """welcome.txt: the number of core questions, and for how many days answers are kept."""

    core_count: str
    retention_days: str


@dataclass(frozen=True, slots=True)
class WelcomeBackView:
    """welcome_back.txt: how many answers are known."""

    known: str


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
class AskView:
    """ask.txt: the question, what it can still move, its numbered options, and how to write a sum when asked again."""

    prompt: str
    stake: str
    options: tuple[str, ...]
    is_long: bool
    is_repeated: bool
    hint: str


@dataclass(frozen=True, slots=True)
class AskPremisesView:
    """ask_premises.txt: the introduction, what is asked about, the numbered options."""

    prompt: str
    premises: tuple[str, ...]
    options: tuple[str, ...]
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class AskSeveralView:
    """ask_several.txt: the introduction and the numbered things; `is_brief` when the user has seen them before."""

    prompt: str
    options: tuple[str, ...]
    is_repeated: bool
    is_brief: bool


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
    """compare_clauses.txt: the difference in one sentence, then one thing after the other, side by side."""

    headline: str
    rows: tuple[RowView, ...]


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


@dataclass(frozen=True, slots=True)
class ExplainQuestionView:
    """explain_question.txt: why it is asked, and what it can still move."""

    why: str
    stake: str


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
class ShowResultView:
    """show_result.txt: one page; the totals and the premises stand on the first one only."""

    day: str
    headline: str
    premises: str
    groups: tuple[GroupView, ...]
    contacts: str
    page: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class NoResultView:
    """no_result.txt: that nothing fits so far, why, and whom to ask."""

    day: str
    reasons: tuple[str, ...]
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
    | DescribeDocumentsView
    | TellDepartmentsView
    | ExplainTermView
    | ExplainQuestionView
    | ShowResultView
    | NoResultView
    | ShowProofView
    | ShowProfileView
    | HandOffView
    | ExportKeptView
    | TellKeptView
    | NoteLabelsView
    | SetDayView
)
VIEWS: tuple[type[View], ...] = View.__args__
