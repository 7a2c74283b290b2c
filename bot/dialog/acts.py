"""What the bot does in one turn, before it is put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.dialog.answer_acts import AnswerAct
from bot.dialog.item_acts import ItemAct
from bot.dialog.kept_acts import HandOff as HandOff
from bot.dialog.kept_acts import KeptAct
from bot.dialog.repair_acts import RepairAct
from bot.dialog.result_acts import NoResult, ShowProof, ShowResult, ShowSummary
from bot.dialog.stakes import FirmUp, Stake
from bot.dialog.what_if_acts import WhatIf
from bot.policy.attributes import Attribute, Value
from bot.policy.clauses import Term
from bot.policy.money import Interval
from bot.understanding.questions import Choice, Question


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first words: what the bot does, how many core questions, what is kept, how to leave."""

    core_count: int


@dataclass(frozen=True, slots=True)
class WelcomeBack:
    """After `hours` of silence: how much is known (of which company, where there are several), what was asked.

    `is_updated`: the content has changed meanwhile. `choices` are the ways to go on, where nothing else was said.
    """

    known: int
    hours: int = 0
    asked: str = ""
    company: str = ""
    is_updated: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing recorded, and what stood there before."""

    attribute: Attribute
    value: Value
    before: Value | None


@dataclass(frozen=True, slots=True)
class Record:
    """Echo what was recorded, so that the user can object; `unknown` are left open.

    `denies_rest`: all that was asked besides does not hold; it is not listed one by one.
    """

    noted: tuple[Noted, ...]
    unknown: tuple[Attribute, ...] = ()
    denies_rest: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question; `options` are the choices to show, UNSURE among them. `known` is a range that is not narrow
    enough: with `line`, it is enough to know on which side of that sum it lies (`is_strict`: itself lies below)."""

    question: Question
    options: tuple[Choice, ...]
    stake: Stake | None = None
    is_repeated: bool = False
    known: Interval | None = None
    line: Decimal | None = None
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class AskPremises:
    """Ask once for what nearly everyone meets."""

    prompt: str
    premises: tuple[str, ...]
    options: tuple[Choice, ...]
    is_repeated: bool = False
    stake: Stake | None = None


@dataclass(frozen=True, slots=True)
class AskSeveral:
    """Ask which of several things apply; more than one may be chosen. `is_more`: some were chosen before."""

    prompt: str
    options: tuple[Choice, ...]
    is_repeated: bool = False
    is_more: bool = False
    stake: Stake | None = None


@dataclass(frozen=True, slots=True)
class Clarify:
    """The answer fits several values: they are offered; `is_again`: as they were just before."""

    question: Question
    candidates: tuple[Choice, ...] = ()
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The text means nothing here; from the second time on with the ways out."""

    misses: int


@dataclass(frozen=True, slots=True)
class ExplainQuestion:
    """Say what is meant by the pending question, where a term of the knowledge says so, and why it is asked."""

    question: Question
    stake: Stake | None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class ShowProfile:
    """All that is recorded of the enterprise."""

    known: tuple[tuple[Attribute, Value], ...]
    unknown: tuple[Attribute, ...]


class Notice(StrEnum):
    """Acts that carry nothing: each is one text of its own."""

    CONFIRM_DELETE = "confirm_delete"
    DELETED = "deleted"
    KEPT = "kept"
    UNCHANGED = "unchanged"
    NOT_RECORDED = "not_recorded"
    CONFIRM_RESTART = "confirm_restart"
    RESTARTED = "restarted"
    RESTART_CANCELLED = "restart_cancelled"
    RESTORED = "restored"
    NOTHING_TO_RESTORE = "nothing_to_restore"
    NOTHING_BEFORE = "nothing_before"
    BACK = "back"
    COMPANY_NAMED = "company_named"
    BACK_SEVERAL = "back_several"
    BACK_TO_FIRST = "back_to_first"
    BACK_TO_ONE = "back_to_one"
    HELP = "help"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_FOUND = "not_found"
    APPLYING = "applying"
    WHICH_POLICY = "which_policy"
    FIRST_ANSWER = "first_answer"
    """To a wish for all that there is, of whom nothing is known yet."""
    WHICH_SUPPOSED = "which_supposed"
    NO_MORE_PAGES = "no_more_pages"
    NO_SUCH_ITEM = "no_such_item"
    QUESTION_CHANGED = "question_changed"
    RESULT_CHANGED = "result_changed"
    ITEM_CHANGED = "item_changed"
    GREET = "greet"
    THANKS = "thanks"
    BYE = "bye"
    OF_OTHERS = "of_others"
    NOT_MOVED_YET = "not_moved_yet"
    WHICH_DISTRICT = "which_district"
    OTHER_TITLE = "other_title"
    """To a title that is no step of the ladder that was asked about."""
    TITLE_NOT_ASKED = "title_not_asked"
    UNDECIDED = "undecided"
    """To a title that is applied for or under review, told beside another question."""
    NO_PAPER = "no_paper"
    """Where only the notice of a title is said to be missing."""
    PREMISES_DETAIL = "premises_detail"
    TOPICS_WHY = "topics_why"
    PREMISES_WHY = "premises_why"
    REAL_AGAIN = "real_again"
    NOT_SUPPOSED = "not_supposed"
    NOTHING_TO_ADOPT = "nothing_to_adopt"
    WHICH_FIRST = "which_first"
    ANOTHER_FIRM = "another_firm"
    IN_GROUP = "in_group"
    SENT_PRIVATELY = "sent_privately"
    ASK_PRIVATELY = "ask_privately"
    FROM_GROUP = "from_group"
    VOICE = "voice"
    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    LINK = "link"
    OTHER_FORM = "other_form"
    MORE_TO_COME = "more_to_come"
    PERSON_CALLED = "person_called"
    NOBODY_ON_DUTY = "nobody_on_duty"
    PERSON_DONE = "person_done"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, slots=True)
class Tell:
    """Say one of the notices."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Chat:
    """Say what dialogs/small_talk.yaml has for a remark."""

    say: str


@dataclass(frozen=True, slots=True)
class SetDay:
    """From now on the result is that of another day."""

    on: date


Act = (
    Welcome
    | WelcomeBack
    | Record
    | Ask
    | AskPremises
    | AskSeveral
    | Clarify
    | NotUnderstood
    | AnswerAct
    | ItemAct
    | RepairAct
    | KeptAct
    | ExplainQuestion
    | ShowResult
    | ShowSummary
    | NoResult
    | FirmUp
    | ShowProof
    | ShowProfile
    | Tell
    | SetDay
    | WhatIf
    | Chat
)


def noted_in(acts: Iterable[Act]) -> tuple[Noted, ...]:
    """All that is recorded in these acts."""
    return tuple(note for act in acts if isinstance(act, Record) for note in act.noted)
