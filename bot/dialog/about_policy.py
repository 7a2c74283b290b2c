"""Whether a text asks about a policy, though it looks like a command, an answer or a place."""

import re
from collections.abc import Callable, Mapping

from bot.dialog.asked import (
    MUCH_TOLD,
    asks_for_contact,
    asks_of_claims,
    asks_of_policy,
    asks_on,
    asks_politely,
    asks_unmarked,
    units_told,
)
from bot.dialog.bare_names import is_bare_name, is_name_of_policy
from bot.dialog.flows import Guide
from bot.search.characters import normalised
from bot.search.shapes import is_refused
from bot.understanding.aims import SURELY, SURELY_NO_ANSWER, chance_of_applying, chance_of_asking, sounds_asked
from bot.understanding.asked_to_change import asks_to_change
from bot.understanding.meaning import Intent, Outcome, Understanding
from bot.understanding.questions import PLACES, Question

OUTSTANDING = 0.6
"""The score from which a clause is what a text is about, though it looks like a command."""
APPLYING_INSTEAD, ASKED_INSTEAD = 0.8, 0.2
"""How likely what seems to be something else must be a question of applying, and a question at all: 要现场核查不."""


def asks_of_applying(text: str, guide: Guide) -> bool:
    """Whether what seems to put a question off, or to be a command, asks of applying: 要啥发票."""
    is_likely = chance_of_applying(text, guide.lexicon) >= APPLYING_INSTEAD
    return is_likely and chance_of_asking(text, guide.lexicon) >= ASKED_INSTEAD


_ASKED_INSTEAD: Mapping[Intent, tuple[Callable[[str, Guide], bool], ...]] = {
    Intent.RESULTS: (asks_of_policy,),
    Intent.PROOF: (asks_of_policy,),
    Intent.HUMAN: (asks_for_contact,),
    Intent.HELP: (asks_of_claims, asks_of_policy, asks_of_applying),
}
"""What a text with the words of a command may ask instead."""
_OF_ONE_THING = frozenset({Intent.RESULTS, Intent.PROOF, Intent.SHOW_PROFILE})
"""Commands whose words may be a question of one thing."""
_OF_WORDS = frozenset({*_OF_ONE_THING, Intent.HUMAN, Intent.HELP, Intent.WHY})
"""Commands whose words may stand in a question that says much of a policy besides."""
RATHER, FOUND = 0.6, 0.2
"""How likely such a text must be a question that says much, and the score of what is found; of 700 commands that were
written blind none has both."""
_TO_A_PERSON = re.compile(r"(?:找|转|换|接|叫|派|要|跟|和)[^，,]{0,8}(?:人|同事|老师|领导)")


def is_about_policy(meaning: Understanding, question: Question | None, subject: str, guide: Guide) -> bool:
    """Whether the text is to be read as a question, by its words for what it asks and what it names.

    `question` is the one that is open, `subject` what the user asked about just before.
    """
    if meaning.command.intent is not Intent.NONE:
        return _is_no_command(meaning, question, subject, guide)
    text = meaning.text
    tells = meaning.tells_of
    if asks_unmarked(text, guide) or _puts_off_in_vain(meaning, guide):
        return True
    if _seems_to_tell(meaning) and sounds_asked(meaning, question, guide.lexicon):
        return True
    is_named = bool(tells) and (is_name_of_policy(text, guide) or is_bare_name(text, guide))
    return tells <= PLACES and (is_named or asks_politely(text, guide))


def _is_no_command(meaning: Understanding, question: Question | None, subject: str, guide: Guide) -> bool:
    """Whether a text with the words of a command asks about a policy."""
    text, intent = meaning.text, meaning.command.intent
    if intent is Intent.CHANGE_ANSWER:
        is_likely = chance_of_asking(text, guide.lexicon) >= SURELY_NO_ANSWER
        is_likely = is_likely and not asks_to_change(normalised(text), guide.lexicon)
        return is_likely and sounds_asked(meaning, question, guide.lexicon)
    if intent is Intent.PROOF and meaning.command.number is not None:
        return False
    if any(asks(text, guide) for asks in _ASKED_INSTEAD.get(intent, ())):
        return True
    return (intent is Intent.RESULTS and asks_on(text, subject, guide)) or _asks_in_its_words(meaning, guide)


def _asks_in_its_words(meaning: Understanding, guide: Guide) -> bool:
    """Whether a question of a policy has the words of a command in it."""
    intent = meaning.command.intent
    if intent in _OF_WORDS and _says_much(meaning, guide):
        return True
    return intent in _OF_ONE_THING and _asks_besides(meaning, guide)


def _puts_off_in_vain(meaning: Understanding, guide: Guide) -> bool:
    """Whether a text seems to do nothing but leave the open question open, and asks of applying."""
    is_unknown = meaning.answer is not None and meaning.answer.outcome is Outcome.UNKNOWN
    return is_unknown and not meaning.facts and asks_of_applying(meaning.text, guide)


def _seems_to_tell(meaning: Understanding) -> bool:
    """Whether a text tells or answers something, or may be an answer that is not clear."""
    answer = meaning.answer
    return bool(meaning.facts or meaning.unknown) or (
        answer is not None and (answer.outcome is not Outcome.ASK or bool(answer.candidates) or answer.lack is not None)
    )


def _asks_besides(meaning: Understanding, guide: Guide) -> bool:
    """Whether what looks like a command is a question of one thing: of what is never answered, or of a sure clause."""
    if is_refused(meaning.text, guide.search_words):
        return True
    is_likely = meaning.tells_of <= PLACES and chance_of_asking(meaning.text, guide.lexicon) >= SURELY
    hits = guide.index.search(meaning.text, limit=1) if is_likely else ()
    return bool(hits) and hits[0].score >= OUTSTANDING


def _says_much(meaning: Understanding, guide: Guide) -> bool:
    """Whether what looks like a command says much of what the texts have, and is likely a question."""
    text = meaning.text
    if meaning.command.intent is Intent.HUMAN and _TO_A_PERSON.search(text):
        return False
    is_likely = meaning.tells_of <= PLACES and chance_of_asking(text, guide.lexicon) >= RATHER
    hits = guide.index.search(text, limit=1) if is_likely and units_told(text, guide) >= MUCH_TOLD else ()
    return bool(hits) and hits[0].score >= FOUND
