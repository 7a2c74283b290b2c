"""Where a conversation is: what a session keeps from one turn to the next."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.policy.attributes import Profile


class PendingKind(StrEnum):
    """What the bot is waiting for."""

    QUESTION = "question"
    PREMISES = "premises"
    TOPICS = "topics"
    TOGETHER = "together"
    CONFIRM_DELETE = "confirm_delete"
    CONFIRM_RESTART = "confirm_restart"


_CONFIRMATIONS = frozenset({PendingKind.CONFIRM_DELETE, PendingKind.CONFIRM_RESTART})


@dataclass(frozen=True, slots=True)
class Pending:
    """The question that is open. `attribute` is the one asked (of a joint question the first); `options` are the option
    ids in the order shown, so that a digit still means what the user saw. `wording` is a mark of all that was shown: an
    answer is taken only while the content still puts the question so."""

    kind: PendingKind
    attribute: str = ""
    options: tuple[str, ...] = ()
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What 返回 goes back to: the question that was open, if any, and what was known before the answer."""

    pending: Pending | None
    profile: Profile
    declined: frozenset[str]
    topics: frozenset[str] | None = None
    passed_topics: frozenset[str] = frozenset()


class OfferKind(StrEnum):
    """Why ways to go on are offered, beside the question that is open."""

    UNCLEAR = "unclear"
    CANCEL = "cancel"
    RETURN = "return"
    COMPANY = "company"
    CONTRADICTION = "contradiction"
    WHICH_SUM = "which_sum"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Offer:
    """Ways to go on that were shown with numbers: `options` are their ids in the order shown.

    `about` is what they are about: an attribute, or the name of a company. `said` is the text that led to it, to be
    heard when its way is taken.
    """

    kind: OfferKind
    options: tuple[str, ...]
    about: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """What is kept of a company while the conversation is about another one."""

    name: str
    profile: Profile
    declined: frozenset[str] = frozenset()
    topics: frozenset[str] | None = None
    passed_topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the last what-if supposed, so that a text can go on from it: `values`, the day (`on`) and the day that it
    was compared with (`base`); None is the day of the turn."""

    values: Profile = field(default_factory=Profile)
    on: date | None = None
    base: date | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the user said at some time and what was answered, both cut to what a person needs to go on."""

    at: datetime
    said: str
    answered: str


@dataclass(frozen=True, slots=True)
class State:
    """One conversation.

    `declined` are attributes of which the user doesn't know or won't say: not asked again, never false. `topics` are
    the ones the user picked (None: not asked yet), `passed_topics` those shown when none of them applied. `shown` are
    the clause ids of the last result in the order shown, `page` the page last seen (from 1), `shown_on` the day that it
    was worked out for, `result_seen` when it was shown. `set_aside` is the profile before a restart, so that it can be
    undone. `recent` are the attributes of the sums that the last turn recorded, `subject` is
    the question that it answered. `supposed` is the what-if last shown. `content_version` is the content of the
    last turn, `shown_version` that of the last result. `offer` stands before the pending question and goes with the
    next text. `company` names the company spoken of, `companies` are those kept aside. `rude` counts what was rude.
    `echo` is the text that was answered last without anything being recorded, to be answered once more on request.
    `nothing_is_first`: a bare 没有 about a first time was said to mean that it was never done.
    `about` are the clauses that were asked about or shown last, `exchanges` the last things said, `hand_off` is the
    number under which the conversation was handed over.
    """

    profile: Profile = field(default_factory=Profile)
    declined: frozenset[str] = frozenset()
    pending: Pending | None = None
    steps: tuple[Step, ...] = ()
    topics: frozenset[str] | None = None
    passed_topics: frozenset[str] = frozenset()
    misses: int = 0
    shown: tuple[str, ...] = ()
    page: int = 0
    shown_on: date | None = None
    is_greeted: bool = False
    result_seen: datetime | None = None
    last_seen: datetime | None = None
    set_aside: Profile | None = None
    recent: tuple[str, ...] = ()
    subject: str = ""
    supposed: Supposed | None = None
    content_version: str = ""
    shown_version: str = ""
    offer: Offer | None = None
    company: str = ""
    companies: tuple[Company, ...] = ()
    rude: int = 0
    echo: str = ""
    nothing_is_first: bool = False
    about: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    hand_off: str = ""

    @property
    def asked(self) -> str:
        """The attribute that is waited for, or that a confirmation interrupted; empty where there is none."""
        return "" if self.pending is None else self.pending.attribute

    @property
    def asked_alone(self) -> str:
        """The attribute that a question of its own is open about; empty where there is none."""
        return self.asked if self.pending is not None and self.pending.kind is PendingKind.QUESTION else ""

    @property
    def settled_topics(self) -> frozenset[str]:
        """The topics that were picked, and those that were passed over."""
        return self.passed_topics if self.topics is None else self.topics | self.passed_topics

    @property
    def is_confirming(self) -> bool:
        """Whether a yes is waited for, to delete or to begin anew."""
        return self.pending is not None and self.pending.kind in _CONFIRMATIONS

    def offered(self, kind: OfferKind) -> Offer | None:
        """The ways to go on that stand beside the question, where they are of this kind."""
        return self.offer if self.offer is not None and self.offer.kind is kind else None
