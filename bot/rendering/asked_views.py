"""What the templates of questions are given."""

from dataclasses import dataclass


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
    """ask_premises.txt: the introduction, what it can move, what is asked about, the numbered options."""

    prompt: str
    stake: str
    premises: tuple[str, ...]
    options: tuple[str, ...]
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class AskSeveralView:
    """ask_several.txt: the introduction, what it can move, the numbered things; `is_brief`: they were seen before;
    `is_long`: they are many."""

    prompt: str
    stake: str
    options: tuple[str, ...]
    is_repeated: bool
    is_brief: bool
    is_long: bool
