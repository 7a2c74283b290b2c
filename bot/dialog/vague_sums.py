"""Sums of which the words leave open what kind of thing they are of: 保险交了15万 may be any insurance."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialog.flows import UNSURE, Guide, Topic
from bot.dialog.follow_ups import topic_of
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.repair_acts import AskWhatSum
from bot.dialog.state import Offer, OfferKind, PendingKind, State
from bot.dialog.untold import OTHER
from bot.policy.attributes import AttributeType
from bot.policy.money import Interval
from bot.understanding.amounts import find_amounts
from bot.understanding.figures import is_of_guest
from bot.understanding.meaning import Fact, Intent, Understanding
from bot.understanding.polarity import has_any
from bot.understanding.questions import Choice, Question
from bot.understanding.text import normalize

LONGEST = 40
_SPENT = re.compile(r"花了?|投了?|用了?|付了?|[办做搞建]了|成本|费用|一共|总共|下来|支出|开销")
_NOT_SPENT = re.compile(r"没|不|想|打算|准备|计划|预算|要花|想花|如果|要是|能拿|能补|申请|奖励|补贴")


def without_vague(meaning: Understanding, state: State, guide: Guide) -> Understanding:
    """The meaning; sums of an unsaid kind, of which nothing before tells either, are no facts but `vague`."""
    vague = tuple(fact for fact in meaning.facts if _is_vague(fact, meaning, state, guide))
    if not vague:
        return meaning
    return replace(meaning, facts=tuple(fact for fact in meaning.facts if fact not in vague), vague=vague)


def leave_vague(state: State, moment: Moment) -> Move | None:
    """Leave a text that tells just such a sum to be asked about; None for any other text."""
    if not moment.meaning.vague or moment.meaning.asks:
        return None
    return Move(replace(state, misses=0), (), Then.REPEAT)


def ask_which_of_topic(state: State, moment: Moment) -> Move | None:
    """Ask which sum of a topic a text tells that names just the topic (办了个论坛，花了200万); None for any other."""
    plain = normalize(moment.meaning.text)
    topic = topic_of(moment.meaning.text, moment.guide) if _tells_no_more(moment) and len(plain) <= LONGEST else None
    if topic is None or (said := _sum_spent(plain, moment.guide)) is None:
        return None
    names = [name for name in _sums_of(topic, moment.guide) if name not in state.profile.values]
    return _ask_among(names, said, state, moment) if names else None


def _tells_no_more(moment: Moment) -> bool:
    """Whether a text neither asks nor commands, and no fact was read in it."""
    meaning = moment.meaning
    return not (meaning.asks or meaning.facts or meaning.unsettled) and meaning.command.intent is Intent.NONE


def _sum_spent(plain: str, guide: Guide) -> str | None:
    """The one sum of which a text says that it was spent, as it stands there; not on a guest, or on other things."""
    sums = [mention for mention in find_amounts(plain) if mention.has_unit]
    if len(sums) != 1 or not _SPENT.search(plain) or _NOT_SPENT.search(plain):
        return None
    is_of_other = has_any(plain, guide.lexicon.words.other_sums) or is_of_guest(plain)
    return None if is_of_other else plain[sums[0].start : sums[0].end]


def _sums_of(topic: Topic, guide: Guide) -> tuple[str, ...]:
    attributes = guide.knowledge.attributes
    return tuple(name for name in topic.attributes if attributes[name].type is AttributeType.YUAN)


def _ask_among(names: Sequence[str], said: str, state: State, moment: Moment) -> Move:
    labels = moment.guide.knowledge.attributes
    choices = (*(Choice(name, labels[name].label) for name in names), OTHER, UNSURE)
    offer = Offer(OfferKind.WHICH_SUM, tuple(choice.value for choice in choices), said=said)
    return Move(replace(state, offer=offer, misses=0), (AskWhatSum(said, choices),), Then.STOP)


def _is_vague(fact: Fact, meaning: Understanding, state: State, guide: Guide) -> bool:
    question = guide.lexicon.questions.get(fact.attribute)
    if question is None or not question.vague_cues or fact.attribute in state.profile.values:
        return False
    is_sum = isinstance(fact.value, Decimal | Interval) and fact.value != 0
    if not is_sum or has_any(f"{normalize(meaning.text)}{state.subject}", question.this_kind):
        return False
    is_vague = any(_is_named_vaguely(normalize(said), question, guide) for said in (fact.said, meaning.text))
    return is_vague and not _is_spoken_of(fact, meaning, state, guide)


def _is_named_vaguely(said: str, question: Question, guide: Guide) -> bool:
    words = {hit.word for hit in guide.lexicon.cue_index.find(said) if question.id in hit.meaning}
    return bool(words) and words <= set(question.vague_cues)


def _is_spoken_of(fact: Fact, meaning: Understanding, state: State, guide: Guide) -> bool:
    """Whether what is asked, or was told of the same thing, says what the sum is of."""
    asked = state.pending
    if asked is not None and asked.kind is PendingKind.QUESTION and _thing(asked.attribute) == _thing(fact.attribute):
        return True
    told = {each.attribute for each in meaning.facts if each is not fact} | state.profile.values.keys()
    picked = (t for t in guide.flow.topics if state.topics is not None and t.id in state.topics)
    return _thing(fact.attribute) in map(_thing, told) or any(fact.attribute in topic.attributes for topic in picked)


def _thing(name: str) -> str:
    """What an attribute is of, by its name: of first_listing and listing_amount the listing."""
    return name.removeprefix("first_").split("_")[0]
