"""What the pages show: one view for each template, named after it (`OverviewView` → overview.html)."""

from dataclasses import dataclass

from bot.hand_overs import HandOver


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: its title, which entry of the menu it is, and the token of its forms.

    Without a token nobody is logged in, and there is no menu.
    """

    title: str
    here: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class LoginView:
    """The form for the password; `trouble` says why the last attempt led nowhere."""

    token: str
    trouble: str


@dataclass(frozen=True, slots=True)
class RefusalView:
    """What could not be done, and where to go on."""

    heading: str
    sentence: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing that the check found: where, how much it weighs, what it is, and how to mend it."""

    place: str
    weight: str
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class RefusedContent:
    """An edit that was not taken: since when, how many problems it has, and the first of them."""

    since: str
    count: int
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """Of one channel how much waits to be sent, how much was given up, and since when the oldest waits."""

    channel: str
    waiting: int
    dead: int
    oldest: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened today and in a week, and in how much of the week's answers (empty: none)."""

    label: str
    today: int
    week: int
    share: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What the store tells: conversations of a day and a week, what is to be sent, who waits, how it was answered."""

    day: int
    week: int
    waiting: int
    dead: int
    outbox: tuple[OutboxLine, ...]
    hand_offs: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: its term in words, its state on the day with its sign, and how many clauses it has."""

    id: str
    title: str
    short_title: str
    issuer: str
    term: str
    state: str
    sign: str
    note: str
    clauses: int


@dataclass(frozen=True, slots=True)
class OverviewView:
    """How things stand now: the content and what of it ends soon, the store, the answers.

    `trouble` is what is wrong with the store; then there are no figures of it.
    """

    version: str
    since: str
    clauses: int
    documents: int
    is_watched: bool
    refused: RefusedContent | None
    ending: tuple[DocumentLine, ...]
    trouble: str
    figures: StoreFigures | None
    channels: tuple[str, ...]
    now: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up: when it was posted, by which channel, to whom, how often it was tried, and why.

    `ref` stands for its id in addresses.
    """

    ref: str
    id: str
    at: str
    channel: str
    to: str
    tried: int
    reason: str
    advice: str
    code: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a long list the page is; `earlier` and `later` are 0 where there is none."""

    number: int
    of: int
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class UndeliveredView:
    """What was given up, a page of it, how many all are and how many still wait; `done` says what was done just now."""

    letters: tuple[DeadLetter, ...]
    total: int
    waiting: int
    paging: Paging
    done: str


@dataclass(frozen=True, slots=True)
class DropView:
    """What is lost when somebody says yes: these messages, all of them where `is_all`."""

    letters: tuple[DeadLetter, ...]
    total: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class KnowledgeView:
    """The documents, and what the check found, with so many mistakes among it."""

    day: str
    version: str
    documents: tuple[DocumentLine, ...]
    findings: tuple[FindingLine, ...]
    mistakes: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause: what it gives to whom, on what conditions, where it stands, whom to ask, and its id in the files."""

    title: str
    summary: str
    grant: str
    conditions: tuple[str, ...]
    article: str
    state: str
    contacts: str
    id: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The clauses that answer a question or have its words, a page of them, and how many all are."""

    query: str
    clauses: tuple[ClauseLine, ...]
    total: int
    paging: Paging


@dataclass(frozen=True, slots=True)
class HandOffsView:
    """Who waits for a person, the oldest first, and what stands for the number; `done`: what was done just now."""

    waiting: tuple[tuple[str, HandOver], ...]
    done: str


@dataclass(frozen=True, slots=True)
class HandOffView:
    """One number, and what was handed over under it: two conversations may have come to the same one.

    `ref` stands for the number in addresses.
    """

    ref: str
    number: str
    records: tuple[HandOver, ...]
    retention_days: int


View = (
    LoginView
    | RefusalView
    | OverviewView
    | UndeliveredView
    | DropView
    | KnowledgeView
    | SearchView
    | HandOffsView
    | HandOffView
)
