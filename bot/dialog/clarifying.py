"""What is said to an answer that is not clear: what it may mean is offered, what is asked is explained."""

from dataclasses import replace

from bot.dialog.acts import Act, Clarify, ExplainQuestion, Notice, Tell
from bot.dialog.answering import look_up, told
from bot.dialog.asking import question_of
from bot.dialog.bounds import sum_choices
from bot.dialog.commands import decline
from bot.dialog.flows import UNSURE
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.search.words import Shape
from bot.understanding.meaning import Answer, Lack, Outcome
from bot.understanding.questions import AnswerType, Choice, Question

LACKS = {Lack.NOT_MOVED_YET: Notice.NOT_MOVED_YET, Lack.WHICH_DISTRICT: Notice.WHICH_DISTRICT}

WHY = {PendingKind.TOPICS: Notice.TOPICS_WHY, PendingKind.PREMISES: Notice.PREMISES_WHY}
LONGEST_BARE = 8


def clarify(state: State, moment: Moment) -> Move | None:
    """When an answer fits several values, offer them; when the user asks what is meant, explain."""
    question, answer = question_of(state.pending, moment.guide), moment.meaning.answer
    if question is None or answer is None or answer.outcome is not Outcome.ASK or state.pending is None:
        return None
    if answer.is_counter_question:
        return Move(state, _explained(question, state, moment), Then.REPEAT)
    if answer.lack is not None:
        return Move(replace(state, misses=state.misses + 1), (Tell(LACKS[answer.lack]),), Then.REPEAT)
    candidates = _candidates(question, answer)
    return offer(state, question, candidates, moment) if candidates else None


def explain_joint(state: State, moment: Moment) -> Move | None:
    """Say what a joint question is about when the user asks just what is meant."""
    pending, finds = state.pending, look_up(moment)
    is_bare = len(finds) == 1 and finds[0].asked.shapes == (Shape.TERM,) and not finds[0].asked.has_subject
    if pending is None or not is_bare or len(moment.meaning.text) > LONGEST_BARE or state.subject:
        return None
    if pending.kind is PendingKind.TOGETHER:
        return Move(state, (ExplainQuestion(moment.guide.question(pending.attribute), None),), Then.REPEAT)
    notice = WHY.get(pending.kind)
    return None if notice is None else Move(state, (Tell(notice),), Then.REPEAT)


def _explained(question: Question, state: State, moment: Moment) -> tuple[Act, ...]:
    """What the knowledge says for certain of the words that are not understood, else why it is asked."""
    finds = look_up(moment)
    is_sure = all(find.is_sure and (find.term is not None or find.asked.has_subject) for find in finds)
    return (told(finds, state, moment) if is_sure else ()) or (ExplainQuestion(question, None),)


def _candidates(question: Question, answer: Answer) -> tuple[Choice, ...]:
    if question.type is AnswerType.AMOUNT:
        return sum_choices(answer.candidates)
    return tuple(choice for choice in question.choices if choice.value in answer.candidates)


def offer(state: State, question: Question, candidates: tuple[Choice, ...], moment: Moment) -> Move:
    """Offer the values among which to choose; the second time in a row with the ways out; then leave it open."""
    options = (*candidates, UNSURE)
    shown = tuple(option.value for option in options)
    pending = state.pending or Pending(PendingKind.QUESTION, question.id)
    is_again = pending.options == shown and state.misses > 0
    if is_again and state.misses > 1:
        return decline(replace(state, misses=0), moment.guide)
    state = replace(state, pending=replace(pending, options=shown), misses=2 if is_again else 1)
    return Move(state, (Clarify(question, options, is_again),), Then.STOP)
