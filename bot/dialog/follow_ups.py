"""Answers to what is not open: told beside a side question (那科技保险呢, 买了, 12万3), or late (市里的)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialog.flows import Guide, Topic, once
from bot.dialog.hearing import state_facts
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import last_answered, last_told, steps_from
from bot.policy.attributes import AttributeType, Value
from bot.policy.money import Interval
from bot.search.characters import normalised
from bot.understanding.aims import SURELY_NO_ANSWER, chance_of_asking
from bot.understanding.amounts import find_amounts
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.polarity import has_any
from bot.understanding.questions import AnswerType, Question
from bot.understanding.reading import read_answer
from bot.understanding.text import normalize

LONGEST = 16
LATE = (AnswerType.CHOICE, AnswerType.ORDERED, AnswerType.AMOUNT, AnswerType.DATE)
"""The types of questions whose answers are known for what they are."""
_WE = r"(?:我们|我司|咱们?|今年|去年|当年|早|已经?|都|也|就|有的?|对|嗯|是的|[,。 ])*"
_DONE = re.compile(rf"{_WE}(?:买|交|投|办|做|采购|花|付|建|参加|搞)(?:了|过|的|有)(?:的|啊|呀|呢)?[,。! ]*(?P<rest>.*)")
_WAS_DONE = re.compile(
    r"^(?!.*(?:没|不|未|别人|人家|客户)).*(?:(?:买|交|投|办|采购|付)(?:了|过|的)"
    r"|(?:参与|参加|承担|牵头|主持|拿|立|接|中)[了过到上下的].{0,8}(?:课题|专项|攻关|计划))"
)
_BARE_SUM = re.compile(
    r"(?:准确地?说|确切地?说|其实|应该"
    r"|一共|总共|合计|大概|大约|差不多|约|就|共|是|花了?|交了?|今年)*(?P<rest>[^,。]+?)(?:左右|的样子|吧|的)?[。! ]*"
)


def hear_follow_up(state: State, moment: Moment) -> Move | None:
    """Take what is told of the thing that was asked about just before, or ask for its sum; None for anything else."""
    plain = _told_shortly(moment)
    topic = topic_of(state.subject, moment.guide) if plain and state.subject else None
    if topic is None or moment.meaning.tells_of - {state.asked_alone}:
        return None
    name = _sum_of(topic, state, moment.guide)
    return _told(state, moment, topic, name, plain) if name else None


def _told_shortly(moment: Moment) -> str:
    """A short text that neither asks nor commands; empty for any other."""
    meaning = moment.meaning
    plain = normalised(meaning.text).strip()
    is_told = not meaning.asks and meaning.command.intent is Intent.NONE
    return plain if is_told and len(plain) <= LONGEST else ""


def _sum_of(topic: Topic, state: State, guide: Guide) -> str:
    """The first sum of a topic; empty where it has none, or is being asked about."""
    sums = (name for name in topic.attributes if guide.knowledge.attributes[name].type is AttributeType.YUAN)
    return "" if state.asked_alone in topic.attributes else next(sums, "")


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
    return _ask_for(name, topic, state) if done else None


def _ask_for(name: str, topic: Topic, state: State) -> Move:
    """Put the question of the sum, now that the topic is the enterprise's."""
    topics = None if state.topics is None else state.topics | {topic.id}
    pending, steps = Pending(PendingKind.QUESTION, name), steps_from(state)
    return Move(replace(state, steps=steps, topics=topics, pending=pending, misses=0), (), Then.ASK)


def _sum_in(text: str) -> str | None:
    """The text, where it is just a sum of money."""
    bare = _BARE_SUM.fullmatch(text)
    rest = bare["rest"] if bare else ""
    found = find_amounts(rest)
    return text if len(found) == 1 and not rest[: found[0].start].strip() and len(rest) <= LONGEST else None


@once
def topic_of(subject: str, guide: Guide) -> Topic | None:
    """The one topic that a side question was about, by its words."""
    plain = normalised(subject)
    found = [topic for topic in guide.flow.topics if any(normalised(word) in plain for word in topic.words)]
    return found[0] if len(found) == 1 else None


def hear_of_topic(state: State, moment: Moment) -> Move | None:
    """Ask for the sum of what a text only says was bought or done (保险买了); None for anything else."""
    plain = _told_shortly(moment)
    topic = topic_of(plain, moment.guide) if _WAS_DONE.search(plain) and not moment.meaning.facts else None
    if topic is None or has_any(plain, moment.guide.lexicon.words.other_sums) or find_amounts(plain):
        return None
    name = _sum_of(topic, state, moment.guide)
    return _ask_for(name, topic, state) if name and name not in state.profile.values else None


def hear_late_answer(state: State, moment: Moment) -> Move | None:
    """Take the answer to what was left open or answered in the turn before; None where the text is none."""
    plain = _told_shortly(moment)
    if not plain or moment.meaning.facts or plain.isdecimal():
        return None
    if chance_of_asking(moment.meaning.text, moment.guide.lexicon) >= SURELY_NO_ANSWER:
        return None
    for name in (_left_open(state), last_answered(state), _venue_of(last_told(state))):
        if (value := _late_value(name, plain, state, moment)) is not None:
            return _taken(name, value, state, moment)
    return _narrowed(state, moment)


def _late_value(name: str, plain: str, state: State, moment: Moment) -> Value | None:
    """The value that the text has for a question which is not the open one, where it is another than is known."""
    question = moment.guide.lexicon.questions.get(name)
    if question is None or name == state.asked_alone or question.type not in LATE:
        return None
    is_no_sum = question.type is AnswerType.AMOUNT and _sum_in(plain) is None
    if is_no_sum or not _may_answer(plain, question, state, moment.guide):
        return None
    answer = read_answer(moment.meaning.text, question, moment.guide.lexicon, moment.on)
    is_new = answer.outcome is Outcome.VALUE and answer.value != state.profile.values.get(name)
    return answer.value if is_new else None


def _may_answer(text: str, question: Question, state: State, guide: Guide) -> bool:
    """Whether a text names no other matter (交易没有) and, where a step is known, has a word for one (那不算)."""
    named = {name for hit in guide.lexicon.cue_index.find(text) for name in hit.meaning}
    is_of_another = bool(named) and question.id not in named
    is_known = question.id in state.profile.values and question.type is AnswerType.ORDERED
    words = (*question.cues, *(word for choice in question.choices[1:] for word in (choice.label, *choice.words)))
    return not is_of_another and (not is_known or has_any(text, words))


def _venue_of(told: Sequence[str]) -> str:
    """The question of where that was done which was told of last: 卖了60万, 在北数所; empty where it was several."""
    things = {name.removeprefix("first_").split("_")[0] for name in told}
    return f"{things.pop()}_venue" if len(things) == 1 else ""


def _left_open(state: State) -> str:
    asked = state.steps[-1].pending if state.steps else None
    is_open = asked is not None and asked.kind is PendingKind.QUESTION and asked.attribute in state.declined
    return asked.attribute if asked is not None and is_open else ""


def _narrowed(state: State, moment: Moment) -> Move | None:
    """Take a sum for the only one of which no more than a range is known, where it lies in that range."""
    ranges = [(name, value) for name, value in state.profile.values.items() if isinstance(value, Interval)]
    mentions = find_amounts(normalize(moment.meaning.text)) if len(ranges) == 1 else ()
    told = mentions[0].value if len(mentions) == 1 else None
    if not isinstance(told, Decimal) or ranges[0][0] == state.asked_alone or not _lies_in(told, ranges[0][1]):
        return None
    return _taken(ranges[0][0], told, state, moment)


def _lies_in(told: Decimal, known: Interval) -> bool:
    return (known.low is None or told >= known.low) and (known.high is None or told <= known.high)


def _taken(name: str, value: Value, state: State, moment: Moment) -> Move | None:
    facts = (Fact(name, value, moment.meaning.text),)
    return state_facts(state, replace(moment, meaning=replace(moment.meaning, facts=facts, answer=None)))
