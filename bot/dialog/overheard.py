"""What a text says without telling it of the enterprise: words of a question or of anger that look like facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialog.flows import Guide
from bot.search.characters import normalised
from bot.search.shapes import is_refused
from bot.search.words import any_of_words
from bot.understanding.aims import SURELY, chance_of_asking, is_asking, sounds_asked
from bot.understanding.asked_to_change import asks_to_change
from bot.understanding.meaning import Answer, Command, Fact, Intent, Outcome, Understanding
from bot.understanding.polarity import has_any
from bot.understanding.questions import PLACES, Question
from bot.understanding.reading import read
from bot.understanding.stance import VERBS, names_doing
from bot.understanding.text import split_message
from bot.understanding.told_beside import answer_beside, tells_place, told_beside

LONGEST_ANGER = 16
TOLD, HARDLY_ASKED, CHANGES = 0.2, 0.36, 0.7
"""How likely a text with the form of a question is one, below which it tells all that it seems to; below which it still
answers what is open; and below which it changes what was told."""


def without_overheard(meaning: Understanding, question: Question | None, guide: Guide, today: date) -> Understanding:
    """The meaning without what nobody told: 一点用没有 answers nothing, a policy's place is not the enterprise's."""
    if _is_angry(meaning, question, guide):
        return replace(meaning, command=_unless(Intent.HELP, meaning), answer=None, facts=(), unknown=())
    if not meaning.asks or _only_looks_asked(meaning, question, guide):
        return meaning
    told = told_beside(meaning.text, guide.lexicon)
    heard = read("，".join(told), None, guide.lexicon, today)
    answer = _answer_kept(meaning, question, guide) or _answer_beside(meaning.text, told, question, guide, today)
    facts = {fact.attribute: fact for fact in heard.facts if _is_told(fact, guide)}
    if question is not None and question.attribute is not None and answer is not None and answer.value is not None:
        facts.setdefault(question.id, Fact(question.id, answer.value, meaning.text))
    return replace(
        meaning,
        command=_unless(Intent.CHANGE_ANSWER, meaning),
        answer=answer,
        facts=tuple(facts.values()),
        unknown=heard.unknown,
        unsettled=heard.unsettled,
    )


def _unless(intent: Intent, meaning: Understanding) -> Command:
    """The command of a text, unless it is this one."""
    return Command(Intent.NONE) if meaning.command.intent is intent else meaning.command


def _only_looks_asked(meaning: Understanding, question: Question | None, guide: Guide) -> bool:
    """Whether a text with words of a question tells something: 谁说没登过, a correction, a change, a word not known."""
    chance = chance_of_asking(meaning.text, guide.lexicon)
    if meaning.answer is not None and meaning.answer.is_counter_question:
        return True
    if meaning.command.intent is Intent.CHANGE_ANSWER:
        if asks_to_change(normalised(meaning.text), guide.lexicon):
            return True
        return chance < CHANGES and not sounds_asked(meaning, question, guide.lexicon)
    is_put_right = has_any(meaning.text, guide.lexicon.words.correcting) and _has_value(meaning.answer)
    return chance < (CHANGES if is_put_right else TOLD)


def _answer_kept(meaning: Understanding, question: Question | None, guide: Guide) -> Answer | None:
    """The answer that a text gives though it has the form of a question; of a first time only where it speaks of it."""
    answer = meaning.answer
    chance = chance_of_asking(meaning.text, guide.lexicon)
    if question is None or answer is None or is_refused(meaning.text, guide.search_words):
        return None
    if answer.outcome is Outcome.UNKNOWN:
        return answer if chance < SURELY else None
    is_answered = _has_value(answer) and chance < HARDLY_ASKED and not _asks_of_a_place(meaning.text, question, guide)
    return answer if is_answered and _speaks_of(question, normalised(meaning.text), guide) else None


def _asks_of_a_place(text: str, question: Question, guide: Guide) -> bool:
    """Whether only what asks names a place, beside what tells: 我们七八个人，亦庄瞧得上吗 doesn't say where we are."""
    clauses = split_message(text).clauses
    if question.id not in PLACES or len(clauses) < 2:
        return False
    named = [clause for clause in clauses if guide.lexicon.place_index.find(clause.text)]
    return bool(named) and all(is_asking(clause, guide.lexicon) for clause in named)


def _speaks_of(question: Question, text: str, guide: Guide) -> bool:
    """Whether a text that answers a first time speaks of it; any other answer may stand alone."""
    return question.id not in VERBS or question.id in guide.lexicon.named_in(text) or names_doing(text, question.id)


def _has_value(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None


def _answer_beside(
    text: str, told: Sequence[str], question: Question | None, guide: Guide, today: date
) -> Answer | None:
    """What is answered before something is asked; nothing that is not clear."""
    if question is None:
        return None
    places = (clause for clause in told if tells_place(clause, guide.lexicon))
    said = "，".join(places) if question.id in PLACES else answer_beside(text, question, guide.lexicon)
    answer = read(said, question, guide.lexicon, today).answer if said else None
    return answer if answer is not None and answer.outcome is not Outcome.ASK else None


def _is_angry(meaning: Understanding, question: Question | None, guide: Guide) -> bool:
    asked = set() if question is None else {question.id}
    is_rude = any_of_words(guide.search_words.rude).search(normalised(meaning.text)) is not None
    return is_rude and len(meaning.text) <= LONGEST_ANGER and meaning.tells_of <= asked


def _is_told(fact: Fact, guide: Guide) -> bool:
    return fact.attribute not in PLACES or tells_place(fact.said, guide.lexicon)
