"""What a text was understood to mean: an answer, a command, facts about the enterprise, a question of the user's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.policy.attributes import Value


class Intent(StrEnum):
    """The commands of the contract, and those that the dialog adds."""

    RESTART = "restart"
    BACK = "back"
    SKIP = "skip"
    HELP = "help"
    HUMAN = "human"
    SHOW_PROFILE = "show_profile"
    DELETE_DATA = "delete_data"
    CHANGE_ANSWER = "change_answer"
    RESULTS = "results"
    GREET = "greet"
    THANKS = "thanks"
    BYE = "bye"
    WHY = "why"
    MORE = "more"
    UNDO_RESTART = "undo_restart"
    PROOF = "proof"
    AS_OF = "as_of"
    CONTINUE = "continue"
    STOP = "stop"
    NONE = "none"


class Outcome(StrEnum):
    """What became of an answer."""

    VALUE = "value"
    ASK = "ask"
    UNKNOWN = "unknown"
    INTERVAL = "interval"


class Lack(StrEnum):
    """What an answer lacks though it was understood."""

    NOT_MOVED_YET = "not_moved_yet"
    WHICH_DISTRICT = "which_district"
    OTHER_TITLE = "other_title"
    NO_PAPER = "no_paper"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question.

    VALUE and INTERVAL carry `value` (an Interval for INTERVAL); of a general question a date known in part may be text
    (`2025-03`) and a company's name is text. ASK may carry `candidates`, values among which the user should choose,
    `is_counter_question` when the user asked what is meant, `is_hedged` when the words tell something but leave it
    open, or `lack`, what is missing to take what was said.
    UNKNOWN: does not know, skips or will not say.
    """

    outcome: Outcome
    value: Value | None = None
    candidates: tuple[str, ...] = ()
    is_counter_question: bool = False
    is_hedged: bool = False
    lack: Lack | None = None


ASK = Answer(Outcome.ASK)
UNKNOWN = Answer(Outcome.UNKNOWN)
HEDGED = Answer(Outcome.ASK, is_hedged=True)
"""Something is told, but not what is asked, or not surely."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command; CHANGE_ANSWER names the attribute (or `amount`) and, where said, the new answer.

    `likelihood` is below 1 where no words that staff keep speak for it: then a text that also answers what was asked is
    an answer.
    """

    intent: Intent
    slot: str | None = None
    answer: Answer | None = None
    number: int | None = None
    likelihood: float = 1.0

    @property
    def is_likely(self) -> bool:
        """Whether it is only likely, not said in so many words."""
        return self.likelihood < 1


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a text says of the user's own enterprise, with the words that say it."""

    attribute: str
    value: Value
    said: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An attribute of which a text tells several sums, or one that is added to what was told before.

    `parts` are empty where they are not all exact.
    """

    attribute: str
    parts: tuple[Decimal, ...] = ()
    is_added: bool = False

    def totals(self, known: Value | None = None) -> tuple[str, ...]:
        """What the sum may be, to choose from: the parts together, with what is known already where they are added."""
        total = sum(self.parts, Decimal(0))
        if not self.parts:
            return ()
        if not self.is_added:
            return (f"{total:f}",)
        return (f"{known + total:f}", f"{total:f}") if isinstance(known, Decimal) and known else ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the turns before leave to a text that names nothing.

    `sums` are the attributes of which the turn before told a sum: 追加后一共十六万 corrects the last of them;
    `answered` is the attribute answered last: 说错了，不是 corrects it. `known` is all that is recorded: 不是223万 is
    of the sum that stands there.
    """

    sums: tuple[str, ...] = ()
    answered: str = ""
    known: Mapping[str, Value] = field(default_factory=dict)


NOTHING_EARLIER = Earlier()


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that one text means.

    `answer` is the reading as an answer to the pending question (None when nothing is pending). `facts` are all
    statements about the enterprise, the pending question's attribute among them. `unknown` names attributes of which
    the text says that the user does not know or will not say. `asks` is true when the text is a question to the bot.
    `unsettled` are attributes of which it tells sums that nobody has added up.
    `vague` are sums that it tells without saying of what kind of thing: they are asked about, not recorded.
    `is_of_others`: it tells things of another company, and nothing of the user's own.
    """

    text: str
    command: Command
    answer: Answer | None = None
    facts: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    asks: bool = False
    unsettled: tuple[Unsettled, ...] = ()
    vague: tuple[Fact, ...] = ()
    is_of_others: bool = False

    @property
    def tells_of(self) -> frozenset[str]:
        """The attributes of its facts."""
        return frozenset(fact.attribute for fact in self.facts)
