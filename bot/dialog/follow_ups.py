"""Answers to what is not open: told beside a side question (那科技保险呢, 买了, 12万3), or late (市里的)."""

import re
from dataclasses import replace

from bot.dialog.flows import Guide, Topic
from bot.dialog.hearing import state_facts
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import remember_step
from bot.policy.attributes import AttributeType
from bot.search.characters import normalised
from bot.understanding.amounts import find_amounts
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.questions import AnswerType
from bot.understanding.reading import read_answer

LONGEST = 16
_WE = r"(?:我们|我司|咱们?|今年|去年|当年|早|已经?|都|也|就|有的?|对|嗯|是的|[,。 ])*"
_DONE = re.compile(rf"{_WE}(?:买|交|投|办|做|采购|花|付|建|参加|搞)(?:了|过|的|有)(?:的|啊|呀|呢)?[,。! ]*(?P<rest>.*)")
_BARE_SUM = re.compile(
    r"(?:一共|总共|合计|大概|大约|差不多|约|就|共|是|花了?|交了?|今年)*(?P<rest>[^,。]+?)(?:左右|的样子|吧|的)?[。! ]*"
)


def hear_follow_up(state: State, moment: Moment) -> Move | None:
    """Take what is told of the thing that was asked about just before, or ask for its sum; None for anything else."""
    topic = _topic_of(state.subject, moment.guide)
    plain = normalised(moment.meaning.text).strip()
    if topic is None or len(plain) > LONGEST or moment.meaning.asks or moment.meaning.command.intent is not Intent.NONE:
        return None
    sums = [n for n in topic.attributes if moment.guide.knowledge.attributes[n].type is AttributeType.YUAN]
    if not sums or {fact.attribute for fact in moment.meaning.facts} - {_asked(state)}:
        return None
    if _asked(state) in topic.attributes:
        return None
    return _told(state, moment, topic, sums[0], plain)


def _told(state: State, moment: Moment, topic: Topic, name: str, plain: str) -> Move | None:
    done = _DONE.fullmatch(plain)
    rest = done["rest"] if done else plain
    if rest and _sum_in(rest) is None:
        return None
    if rest:
        value = read_answer(rest, moment.guide.question(name), moment.guide.lexicon, moment.on)
        if value.outcome not in (Outcome.VALUE, Outcome.INTERVAL) or value.value is None:
            return None
        facts = (Fact(name, value.value, moment.meaning.text),)
        meaning = replace(moment.meaning, facts=facts, unknown=(), answer=None, unsettled=())
        return state_facts(state, replace(moment, meaning=meaning))
    if not done:
        return None
    state = remember_step(state)
    topics = (state.topics or frozenset()) | {topic.id} if state.topics is not None else None
    pending = Pending(PendingKind.QUESTION, name)
    return Move(replace(state, topics=topics, pending=pending, misses=0), (), Then.ASK)


def _sum_in(text: str) -> str | None:
    """The text, where it is just a sum of money."""
    bare = _BARE_SUM.fullmatch(text)
    found = find_amounts(bare["rest"]) if bare else ()
    return text if len(found) == 1 and len(bare["rest"] if bare else "") <= LONGEST else None


def _asked(state: State) -> str:
    pending = state.pending
    return pending.attribute if pending is not None and pending.kind is PendingKind.QUESTION else ""


def _topic_of(subject: str, guide: Guide) -> Topic | None:
    """The one topic that a side question was about, by its words."""
    plain = normalised(subject)
    found = [topic for topic in guide.flow.topics if any(normalised(word) in plain for word in topic.words)]
    return found[0] if len(found) == 1 else None


def hear_late_answer(state: State, moment: Moment) -> Move | None:
    """Take the answer to the question that was left open in the turn before; None where the text is none."""
    step = state.steps[-1] if state.steps else None
    asked = step.pending if step is not None else None
    meaning, guide = moment.meaning, moment.guide
    is_idle = not meaning.asks and not meaning.facts and meaning.command.intent is Intent.NONE
    if asked is None or asked.kind is not PendingKind.QUESTION or asked.attribute not in state.declined or not is_idle:
        return None
    question = guide.lexicon.questions.get(asked.attribute)
    if question is None or question.type in (AnswerType.YES_NO, AnswerType.COUNT) or meaning.text.strip().isdecimal():
        return None
    answer = read_answer(meaning.text, question, guide.lexicon, moment.on)
    if answer.outcome is not Outcome.VALUE or answer.value is None:
        return None
    fact = Fact(asked.attribute, answer.value, meaning.text)
    return state_facts(state, replace(moment, meaning=replace(meaning, facts=(fact,), answer=None)))
