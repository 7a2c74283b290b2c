"""What the bot does to set a conversation right: ways to go on, a choice between two statements, what a change did."""

from dataclasses import dataclass
from decimal import Decimal

from bot.policy.attributes import Attribute, Value
from bot.policy.matching import Verdict
from bot.understanding.questions import Choice


@dataclass(frozen=True, slots=True)
class OfferWays:
    """After texts that were not understood, or a mere “never mind”: ways to go on, by number."""

    is_cancelled: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AskWhich:
    """Two statements about one thing that can't both hold: which of them does? `now` is counted with meanwhile."""

    attribute: Attribute
    now: Value
    before: Value
    choices: tuple[Choice, ...]
    is_same_text: bool = False


@dataclass(frozen=True, slots=True)
class AskWhatSum:
    """A sum that was told, in the user's words, without what it was spent on."""

    said: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AskWhatNothing:
    """A bare 没有 to a question about a first time: what was never there?"""

    attribute: Attribute
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OfferCompany:
    """The user speaks of another company: shall it be looked at? `current` and `other` are their names."""

    current: str
    other: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TurnToCompany:
    """From now on the conversation is about this company; `left` is kept aside. `known`: how much is known of it."""

    name: str
    left: str
    known: int


@dataclass(frozen=True, slots=True)
class TellChange:
    """What a correction changed in the result that was shown: what can be claimed now, no more, or in another sum.

    `totals` are what can be worked out, before and after, in yuan. `is_other_changed`: nothing of that moved, but
    something else in the result did.
    """

    gained: tuple[Verdict, ...]
    lost: tuple[Verdict, ...]
    moved: tuple[tuple[Verdict, Verdict], ...]
    totals: tuple[Decimal, Decimal]
    is_other_changed: bool


@dataclass(frozen=True, slots=True)
class TellHowManyLeft:
    """How many of the basic questions are not answered yet; `is_done`: nothing at all is left to ask."""

    core: int
    is_done: bool


RepairAct = (
    OfferWays | AskWhich | AskWhatSum | AskWhatNothing | OfferCompany | TurnToCompany | TellChange | TellHowManyLeft
)
