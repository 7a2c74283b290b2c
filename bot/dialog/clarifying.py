"""What is said to an answer that is not clear: what it may mean is offered, what is asked is explained."""

from dataclasses import replace

from bot.dialog.acts import Act, Clarify, ExplainQuestion, Notice, Tell
from bot.dialog.answering import asks_what_is_meant, look_up, told
from bot.dialog.asking import question_of
from bot.dialog.bounds import sum_choices
from bot.dialog.commands import decline
from bot.dialog.flows import UNSURE, Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import steps_from
from bot.search.characters import normalised
from bot.search.shapes import named_terms
from bot.understanding.aims import names_us
from bot.understanding.meaning import Answer, Lack, Outcome, Understanding
from bot.understanding.questions import AnswerType, Choice, Question
from bot.understanding.reading import read_answer
from bot.understanding.text import normalize

LACKS = {
    Lack.NOT_MOVED_YET: Notice.NOT_MOVED_YET,
    Lack.WHICH_DISTRICT: Notice.WHICH_DISTRICT,
    Lack.OTHER_TITLE: Notice.OTHER_TITLE,
    Lack.NO_PAPER: Notice.NO_PAPER,
}

REGION = "region"
WHY = {PendingKind.TOPICS: Notice.TOPICS_WHY, PendingKind.PREMISES: Notice.PREMISES_WHY}


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


def clarify_place(state: State, moment: Moment) -> Move | None:
    """When the user says where the company is before that is asked, and not which district it is, ask for that."""
    question = moment.guide.lexicon.questions.get(REGION)
    if question is None or REGION in state.profile.values or not _only_tells_of_us(moment.meaning):
        return None
    answer = read_answer(moment.meaning.text, question, moment.guide.lexicon, moment.on)
    asked = with_region_asked(state)
    candidates = _candidates(question, answer)
    if len(candidates) > 1:
        return offer(asked, question, candidates, moment)
    lack = () if answer.lack is None else (Tell(LACKS[answer.lack]),)
    return Move(asked, lack, Then.ASK) if lack or candidates or answer.outcome is Outcome.VALUE else None


def with_region_asked(state: State) -> State:
    """The conversation with the place of registration as its open question; 返回 leads to what was open."""
    if state.pending is not None and state.pending.attribute == REGION:
        return state
    return replace(state, steps=steps_from(state), pending=Pending(PendingKind.QUESTION, REGION))


def _only_tells_of_us(meaning: Understanding) -> bool:
    """Whether a text speaks of the user's own company, and nothing of it is understood."""
    return not (meaning.asks or meaning.facts) and names_us(normalize(meaning.text))


def explain_asked(state: State, moment: Moment) -> Move | None:
    """Say what the open question is about when the user asks just what is meant."""
    if state.pending is None or state.subject:
        return None
    meant: Act | None = what_is_meant(state, moment)
    notice = WHY.get(state.pending.kind)
    if notice is not None and asks_what_is_meant(look_up(moment), moment.guide):
        meant = Tell(notice)
    return None if meant is None else Move(state, (meant,), Then.REPEAT)


def what_is_meant(state: State, moment: Moment) -> ExplainQuestion | None:
    """What the open question is about, where the text asks what that is (这是啥); None for any other text."""
    pending = state.pending
    if pending is None or pending.kind not in (PendingKind.QUESTION, PendingKind.TOGETHER):
        return None
    is_asked = asks_what_is_meant(look_up(moment), moment.guide)
    return _explanation_of(moment.guide.question(pending.attribute), moment.guide) if is_asked else None


def _explanation_of(question: Question, guide: Guide) -> ExplainQuestion:
    """The term of the knowledge that is longest in the label of the question, and why the question is asked."""
    label = "" if question.attribute is None else question.attribute.label
    named = named_terms(normalised(label), guide.knowledge.terms)
    return ExplainQuestion(question, None, named[max(named, key=len)] if named else None)


def _explained(question: Question, state: State, moment: Moment) -> tuple[Act, ...]:
    """What the knowledge says for certain of the words that are not understood, else what the question is about."""
    finds = look_up(moment)
    is_sure = all(find.is_sure and (find.term is not None or find.asked.has_subject) for find in finds)
    return (told(finds, state, moment) if is_sure else ()) or (_explanation_of(question, moment.guide),)


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
