"""The step of the 专精特新 ladder that a text states of the user's own company."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.not_knowing import is_unknown
from bot.understanding.options import hits_of
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.tiers import LOST, WISHED, leaves_open, lost_since, sounds_ungranted
from bot.understanding.titles import is_no_paper
from bot.understanding.topics import Topic, is_partner

_LADDER_IN_LIST = re.compile(r"(?<!级)专精特新[、和与及或]")
_OF_RULES = re.compile(r"政策|补贴|比例|才能|要求|必须")
# The board of the regional exchange for specialised firms is no step of the ladder.
_BOARD = re.compile(r"(?:北京市?)?[“\"]?专精特新[”\"]?(?:企业)?专?板(?!块)")


def stated_tiers(topics: Sequence[Topic], lexicon: Lexicon) -> Iterator[tuple[int, Fact]]:
    """The step that each clause states, with its number, unless the next takes it back.

    没评专精特新 behind the lowest step denies nothing.
    """
    question = lexicon.questions.get("specialized_tier")
    if question is None:
        return
    none, lowest, *_ = (choice.value for choice in question.choices)
    steps = [_step_in(topic.text, question, lexicon) if topic.is_stated else None for topic in topics]
    for at, step in enumerate(steps):
        is_of_higher = step == none and steps[at - 1 : at] == [lowest]
        if step is not None and not is_of_higher and not _is_taken_back(topics[at : at + 2], question, lexicon):
            yield at, Fact(question.id, step, topics[at].text)


def _is_taken_back(topics: Sequence[Topic], question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause is followed by one that takes it back."""
    return any(_takes_back(here.text, after.text, question, lexicon) for here, after in pairwise(topics))


def _takes_back(before: str, after: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the clause behind another leaves open, or denies, that the step it names is held."""
    if not has_any(before, question.cues) or _is_of_another(after, question, lexicon):
        return False
    return lost_since(before, after) or leaves_open(after, question, lexicon)


def _is_of_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause tells a sum of something else: 科技险交了三十万 hands in no application."""
    named = lexicon.named_in(text)
    return bool(named) and question.id not in named and bool(find_amounts(text))


def _step_in(text: str, question: Question, lexicon: Lexicon) -> str | None:
    """The highest step that a clause names as held, or the one for none; None where it tells neither."""
    ladder = _BOARD.sub("", text)
    if not has_any(ladder, question.cues) or _is_undecided(text, lexicon):
        return None
    named = hits_of(ladder, question, lexicon)
    own = [value for hit, value in named if not is_partner(ladder, hit.end, lexicon)]
    if (step := _highest(own, question)) is not None and _is_granted(text, question, lexicon):
        return step
    is_of_all = not named or (own and _LADDER_IN_LIST.search(text) is not None)
    return question.choices[0].value if is_of_all and _says_none(text, question, lexicon) else None


def _highest(values: Sequence[str | None], question: Question) -> str | None:
    """The highest of the steps that are affirmed."""
    return next((choice.value for choice in reversed(question.choices) if choice.value in values), None)


def _is_granted(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause is of no rule, and sounds as if the step that it names was granted."""
    return _OF_RULES.search(text) is None and not sounds_ungranted(text, question, lexicon)


def _is_undecided(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause tells of a step that is not known, not decided yet or no longer held."""
    is_open = LOST.search(text) is not None or WISHED.search(text) is not None
    return is_open or is_unknown(text, lexicon) or has_any(text, lexicon.words.pending)


def _says_none(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether what a clause says from its last cue on denies, or else the whole of it."""
    at = max((text.find(cue) for cue in question.cues if cue in text), default=0)
    if is_no_paper(text):
        return False
    polarity = polarity_of(text[at:], lexicon)
    return (polarity_of(text, lexicon) if polarity is Polarity.SILENT else polarity) is Polarity.NO
