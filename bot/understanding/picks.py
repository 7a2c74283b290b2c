"""A text as a plain yes or no, or as a choice from a list that was shown."""

from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.mending import mend
from bot.understanding.options import DENIED, read_several
from bot.understanding.polarity import is_question, stripped_forms
from bot.understanding.questions import Choice
from bot.understanding.text import split_message


def read_yes_no(text: str, lexicon: Lexicon) -> bool | None:
    """The answer to “really?”: True, False, or None where the text is neither."""
    message = mend(split_message(text), lexicon)
    said = {_agreement(clause.text, lexicon) for clause in message.clauses} | {None}
    if message.clauses and (whole := _agreement(message.bare, lexicon)) is not None:
        return whole
    return None if len(said) != 2 or any(is_question(c, lexicon) for c in message.clauses) else (said - {None}).pop()


def read_options(text: str, choices: tuple[Choice, ...], lexicon: Lexicon) -> tuple[str, ...] | None:
    """The values of the options that the text chooses from a list, by digits or words; None when it is no answer."""
    message = split_message(text)
    if (listed := read_several(message.plain, choices)) is not None:
        return listed
    forms = frozenset(stripped_forms(message.bare, lexicon))
    if (whole := next((choice.value for choice in choices if forms & _names_of(choice)), None)) is not None:
        return (whole,)
    values = {choice.value for choice in choices}
    if "none" in values and not forms.isdisjoint(lexicon.words.none_of_them):
        return ("none",)
    if "all" in values or not any(is_question(c, lexicon) for c in message.clauses):
        return _named(message.plain, choices)
    return None


def _names_of(choice: Choice) -> frozenset[str]:
    return frozenset(word.lower() for word in (choice.label, *choice.words))


def _named(text: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
    found: list[str] = []
    for choice in choices:
        words = [word for word in _names_of(choice) if len(word) > 1 and choice.value != "none"]
        if any(word in text and not DENIED.search(text[: text.find(word)]) for word in words):
            found.append(choice.value)
    return tuple(found) or None


def _agreement(text: str, lexicon: Lexicon) -> bool | None:
    for form in (text, *stripped_forms(text, lexicon)):
        if form in lexicon.words.refuse:
            return False
        if form in lexicon.words.agree:
            return True
    return None
