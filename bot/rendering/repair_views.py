"""The views of what sets a conversation right: a choice to be made, what a change did, which company is spoken of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """choice.txt: one sentence, and the ways among which to choose."""

    say: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """change.txt: what a correction changed in the result that was shown."""

    gained: str
    lost: str
    moved: str
    total: str
    is_other_changed: bool


@dataclass(frozen=True, slots=True)
class CompanyView:
    """company.txt: which company is spoken of from now on, which is kept aside, how much is known."""

    name: str
    left: str
    known: str


@dataclass(frozen=True, slots=True)
class TellHowManyLeftView:
    """tell_how_many_left.txt: how many basic questions are left, empty when none is; whether nothing is left to ask."""

    core: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class WelcomeBackView:
    """welcome_back.txt: for how long nothing was said, what is known, what was asked, the ways to go on."""

    since: str
    known: str
    company: str
    asked: str
    options: tuple[str, ...]
    is_updated: bool
