"""The joint questions: which topics apply, which things of one topic, and the premises that nearly everyone meets."""

from dataclasses import replace

from bot.dialog.acts import Notice, Record, Tell
from bot.dialog.asking import asked_together, open_premises, options_of, worded
from bot.dialog.commands import decline
from bot.dialog.flows import ALL_CLEAR, NONE_OF_THESE, UNSURE
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import record_facts, remember_step
from bot.policy.attributes import NEVER, AttributeType
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.questions import AnswerType, Question
from bot.understanding.reading import read_answer, read_options

JOINT = (PendingKind.TOPICS, PendingKind.TOGETHER, PendingKind.PREMISES)
ANY_YES_NO = Question("joint", AnswerType.YES_NO, "")


def answer_joint_question(state: State, moment: Moment) -> Move | None:
    """Take the answer to a question about several things at once."""
    pending = state.pending
    if pending is None or pending.kind not in JOINT or moment.meaning.asks:
        return None
    if read_answer(moment.meaning.text, ANY_YES_NO, moment.guide.lexicon, moment.on).outcome is Outcome.UNKNOWN:
        return decline(state, moment.guide)
    if pending.kind is PendingKind.TOPICS:
        return _topics(state, pending, moment)
    if pending.kind is PendingKind.TOGETHER:
        return _together(state, pending, moment)
    if pending.kind is PendingKind.PREMISES and not _names_premise(moment):
        option = worded(moment.meaning.text, moment.guide.flow.premise_choices)
        return None if option is None else answer_premises(state, moment, is_clear=option == ALL_CLEAR)
    return None


def _names_premise(moment: Moment) -> bool:
    return any(fact.attribute in moment.guide.flow.premises for fact in moment.meaning.facts)


def _topics(state: State, pending: Pending, moment: Moment) -> Move | None:
    meaning, guide = moment.meaning, moment.guide
    chosen = _chosen(pending, moment)
    if not chosen:
        return None
    picked_now = frozenset(chosen) - {NONE_OF_THESE.value}
    topics = (state.topics or frozenset()) | picked_now
    passed = state.passed_topics if picked_now else state.passed_topics | frozenset(pending.options)
    state = replace(remember_step(state), topics=topics, passed_topics=passed, pending=None)
    state, record = record_facts(state, meaning.facts, meaning.unknown, guide)
    return Move(state, some_of(record))


def _together(state: State, pending: Pending, moment: Moment) -> Move | None:
    """What is picked holds; the rest does not, unless only one was picked: then it is asked what else there is."""
    guide, text = moment.guide, moment.meaning.text
    asked = asked_together(pending, guide)
    chosen = _chosen(pending, moment)
    if not chosen or any(fact.attribute not in asked for fact in moment.meaning.facts):
        return None
    if chosen == (UNSURE.value,):
        return decline(state, guide)
    picked_now = [name for name in asked if name in chosen]
    rest = [name for name in asked if name not in chosen] if len(picked_now) != 1 else []
    state = replace(remember_step(state), pending=None, misses=0)
    state, _ = record_facts(state, [Fact(name, False, text) for name in rest], (), guide)
    state, record = record_facts(state, [Fact(name, True, text) for name in picked_now], (), guide)
    return Move(state, some_of(replace(record or Record(()), denies_rest=bool(rest))))


def _chosen(pending: Pending, moment: Moment) -> tuple[str, ...]:
    """The values of the options that the text chooses; none when it is a command or no answer."""
    if moment.meaning.command.intent not in (Intent.NONE, Intent.CHANGE_ANSWER):
        return ()
    return read_options(moment.meaning.text, options_of(pending, moment.guide), moment.guide.lexicon) or ()


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
