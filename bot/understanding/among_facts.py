"""The answer to the open question in a text that may state other facts besides."""

from dataclasses import replace
from datetime import date

from bot.policy.money import Interval
from bot.understanding.amounts import find_amounts
from bot.understanding.answers import read_answer_of
from bot.understanding.facts import Statements
from bot.understanding.first_answers import is_off_exchange
from bot.understanding.kinds import gives_sum_of_other_kind
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import ASK, UNKNOWN, Answer, Fact, Outcome
from bot.understanding.not_knowing import lacks_only_the_exact
from bot.understanding.places import find_places
from bot.understanding.questions import PLACES, AnswerType, Question
from bot.understanding.relevance import is_bare, without_digressions
from bot.understanding.stance import VERBS, names_doing, speaks_of_first
from bot.understanding.text import Clause, Message
from bot.understanding.titles import leaves_nothing_else


def answer_among(message: Message, question: Question, statements: Statements, lexicon: Lexicon, today: date) -> Answer:
    """The reading as an answer: by the facts that name the question's attribute, else of what states nothing else."""
    message = without_digressions(message, question, lexicon)
    if (parts := next((u for u in statements.unsettled if u.attribute == question.id), None)) is not None:
        return Answer(Outcome.ASK, candidates=parts.totals())
    own = [fact for fact in statements.facts if fact.attribute == question.id]
    others = len(statements.facts) > len(own)
    if own and question.type is AnswerType.SET:
        return _of_fact(own[-1])
    if own:
        return _of_whole(own[-1], read_answer_of(message, question, lexicon, today), others=others)
    if question.id in statements.unknown:
        return UNKNOWN
    if gives_sum_of_other_kind(message, question):
        return ASK
    left = _left_by(statements, message, question, lexicon) if others else message
    return read_answer_of(left, question, lexicon, today)


def _left_by(statements: Statements, message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without the clauses that state other facts; of a first time only what speaks of it, or is bare."""
    rest = [
        clause
        for i, clause in enumerate(message.clauses)
        if not _is_told(i, message, statements, lexicon) or _may_say_more(clause, question, lexicon)
    ]
    if question.id in VERBS:
        rest = [c for c in rest if speaks_of_first(c.text, question, lexicon) or _limits(c, question)]
    return replace(message, clauses=tuple(rest), plain=",".join(clause.text for clause in rest))


def _may_say_more(clause: Clause, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause that states a fact may answer as well: by a place, or, of a list, unless it tells a sum."""
    if question.id in PLACES:
        return any(m.place.regions for m in find_places(clause.text, lexicon))
    if question.type is AnswerType.ORDERED and leaves_nothing_else(clause.text):
        return True
    if _limits(clause, question):
        return True
    is_of_first = names_doing(clause.text, question.id)
    return (is_of_first or question.type is AnswerType.SET) and not find_amounts(clause.text)


def _limits(clause: Clause, question: Question) -> bool:
    """Whether a clause says of a sale where it was, which leaves open whether it counts as the first."""
    return question.id == "first_trade" and is_off_exchange(clause)


def _of_whole(fact: Fact, answer: Answer, *, others: bool) -> Answer:
    """The fact, unless the message as a whole leaves it open; where it tells nothing else, what it says as a whole."""
    is_left_open = answer.is_hedged or bool(answer.candidates) or answer.lack is not None
    is_told = answer.outcome is not Outcome.ASK and not others
    return answer if is_left_open or is_told else _of_fact(fact)


def _is_told(at: int, message: Message, statements: Statements, lexicon: Lexicon) -> bool:
    """Whether a clause states a fact, or is the rest of one that did (处罚没有，一次都没有过; 15万，具体不清楚)."""
    if at in statements.clauses:
        return True
    clause = message.clauses[at]
    follows = at and message.clauses[at - 1].sentence == clause.sentence and at - 1 in statements.clauses
    return bool(follows) and (is_bare(clause.text, lexicon) or lacks_only_the_exact(clause.text, lexicon))


def _of_fact(fact: Fact) -> Answer:
    is_range = isinstance(fact.value, Interval)
    return Answer(Outcome.INTERVAL if is_range else Outcome.VALUE, fact.value)
