"""The two joint questions: which topics apply, and the premises that nearly everyone meets."""

from dataclasses import replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.asking import options_of, worded
from bot.dialog.commands import decline
from bot.dialog.currency import open_premises
from bot.dialog.flows import ALL_CLEAR, NONE_OF_THESE
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import record_facts, remember_step
from bot.policy.attributes import NEVER, AttributeType
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.questions import AnswerType, Question
from bot.understanding.reading import read_answer, read_options

JOINT = (PendingKind.TOPICS, PendingKind.PREMISES)
ANY_YES_NO = Question("joint", AnswerType.YES_NO, "")


def answer_joint_question(state: State, moment: Moment) -> Move | None:
    """Take the answer to the question about the topics or the premises."""
    pending = state.pending
    if pending is None or pending.kind not in JOINT or moment.meaning.asks:
        return None
    if read_answer(moment.meaning.text, ANY_YES_NO, moment.guide.lexicon, moment.on).outcome is Outcome.UNKNOWN:
        return decline(state, moment.guide)
    if pending.kind is PendingKind.TOPICS:
        return _topics(state, moment)
    if pending.kind is PendingKind.PREMISES and not _names_premise(moment):
        option = worded(moment.meaning.text, moment.guide.flow.premise_choices)
        return None if option is None else answer_premises(state, moment, is_clear=option == ALL_CLEAR)
    return None


def _names_premise(moment: Moment) -> bool:
    return any(fact.attribute in moment.guide.flow.premises for fact in moment.meaning.facts)


def _topics(state: State, moment: Moment) -> Move | None:
    pending = state.pending
    if pending is None:
        return None
    meaning, guide = moment.meaning, moment.guide
    chosen = read_options(meaning.text, options_of(pending, guide), guide.lexicon)
    if not chosen or meaning.command.intent not in (Intent.NONE, Intent.CHANGE_ANSWER):
        return None
    picked_now = frozenset(chosen) - {NONE_OF_THESE.value}
    topics = (state.topics or frozenset()) | picked_now
    state = replace(remember_step(state), topics=topics, is_through_topics=not picked_now, pending=None)
    state, record = record_facts(state, meaning.facts, meaning.unknown, guide)
    return Move(state, some_of(record))


def answer_premises(state: State, moment: Moment, *, is_clear: bool) -> Move:
    """None of them: all open premises are met. Some of them: each that could be it is asked by itself."""
    guide = moment.guide
    attributes = [guide.knowledge.attributes[name] for name in open_premises(state, guide)]
    state = remember_step(state)
    if not is_clear and (len(attributes) > 1 or attributes[0].type is not AttributeType.BOOL):
        state = replace(state, pending=Pending(PendingKind.QUESTION, attributes[0].name))
        notice = (Tell(Notice.PREMISES_DETAIL),) if len(attributes) > 1 else ()
        return Move(state, notice, Then.ASK)
    text = moment.meaning.text
    facts = [Fact(a.name, NEVER if a.type is AttributeType.DATE else not is_clear, text) for a in attributes]
    state, record = record_facts(replace(state, pending=None), facts, (), guide)
    return Move(state, some_of(record))
