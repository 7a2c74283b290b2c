"""What a text leaves unsaid beside the facts it tells: what a sum was spent on, or when a penalty was."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.dialog.acts import Noted, Notice, Record, Tell, noted_in
from bot.dialog.flows import UNSURE, Guide
from bot.dialog.hearing import state_facts
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.offers import chosen
from bot.dialog.repair_acts import AskWhatSum
from bot.dialog.state import Offer, OfferKind, Pending, PendingKind, State
from bot.dialog.tracking import record_facts
from bot.policy.attributes import AttributeType
from bot.policy.money import Interval
from bot.understanding.amounts import Mention, find_amounts
from bot.understanding.dates import find_dates
from bot.understanding.meaning import Fact
from bot.understanding.picks import read_yes_no
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Choice, Question
from bot.understanding.text import normalize

_SUM = re.compile(r"[万亿元块]|\d{4}")
_IS_NOT = re.compile(r"(?:不是|不止|没有?|没到|不到|哪有)(?:说的|什么)?$")
_PART = "其中"
OTHER = Choice("other", "别的钱，先不记")


def ask_for_untold(move: Move, moment: Moment) -> Move:
    """The move, which asks what a sum was for, or goes on to a premise that the text touches and leaves open."""
    if move.then is Then.STOP or move.state.offer is not None:
        return move
    if moment.meaning.vague:
        return _asking_kind(move, moment)
    noted = noted_in(move.acts)
    if not noted or moment.meaning.asks:
        return move
    if (name := _premise_touched(move.state, moment)) is not None:
        pending = Pending(PendingKind.QUESTION, name)
        return replace(move, state=replace(move.state, pending=pending), then=Then.ASK)
    sums = _sums_left(noted, moment)
    if len(sums) != 1:
        return move
    return _of_same_deal(move, sums[0], noted, moment) or _asking(move, sums[0], noted, moment)


def _premise_touched(state: State, moment: Moment) -> str | None:
    guide, meaning = moment.guide, moment.meaning
    named = guide.lexicon.named_in(normalize(meaning.text))
    settled = {*meaning.tells_of, *meaning.unknown, *state.profile.values, *state.declined}
    return next((name for name in guide.flow.premises if name in named and name not in settled), None)


def _sums_left(noted: tuple[Noted, ...], moment: Moment) -> tuple[Mention, ...]:
    """The sums of a text that stand for nothing that was recorded."""
    text, lexicon = normalize(moment.meaning.text), moment.guide.lexicon
    if has_any(text, lexicon.words.other_sums) or moment.meaning.unsettled:
        return ()
    if moment.meaning.tells_of.isdisjoint(note.attribute.name for note in noted):
        return ()
    told = {note.value for note in noted if isinstance(note.value, Decimal | Interval)}
    sums, dated = moment.guide.read(text, find_amounts, lambda: find_amounts(text)), _in_dates(text, moment.on)
    left = (one for one in sums if one.value not in told and one.start not in dated | _denied(text, sums))
    return tuple(one for one in left if _SUM.search(text[one.start : one.end]))


def _denied(text: str, sums: Iterable[Mention]) -> frozenset[int]:
    """Where the sums stand of which a text says that it is not they: 不是12万，是15万."""
    return frozenset(one.start for one in sums if _IS_NOT.search(text[: one.start]))


def _in_dates(text: str, on: date) -> frozenset[int]:
    """The places of a text that belong to a date."""
    return frozenset(at for found in find_dates(text, on) for at in range(found.start, found.end))


def _of_same_deal(move: Move, mention: Mention, noted: tuple[Noted, ...], moment: Moment) -> Move | None:
    """The move with the sum recorded as that of the deal of which the place is told: 347万，在平台买的."""
    guide, known = moment.guide, move.state.profile.values
    deals = {note.attribute.name.split("_")[0] for note in noted if note.attribute.type is AttributeType.CHOICE}
    sums = [a.name for a in guide.knowledge.attributes.values() if a.type is AttributeType.YUAN and a.name not in known]
    names = [name for name in sums if name.split("_")[0] in deals]
    if len(names) != 1 or mention.value is None:
        return None
    state, record = record_facts(move.state, (Fact(names[0], mention.value, moment.meaning.text),), (), guide)
    more = () if record is None else record.noted
    acts = (replace(act, noted=(*act.noted, *more)) if isinstance(act, Record) else act for act in move.acts)
    return replace(move, state=state, acts=tuple(acts))


def _asking(move: Move, mention: Mention, noted: tuple[Noted, ...], moment: Moment) -> Move:
    said = normalize(moment.meaning.text)[mention.start : mention.end]
    names = [name for note in noted for name in _sums_of(note, moment.guide) if name not in move.state.profile.values]
    labels = moment.guide.knowledge.attributes
    choices = (*(Choice(name, labels[name].label) for name in names), OTHER, UNSURE) if names else ()
    asked = AskWhatSum(said, choices)
    if not choices:
        return replace(move, acts=(*move.acts, asked))
    offer = Offer(OfferKind.WHICH_SUM, tuple(choice.value for choice in choices), said=said)
    return replace(move, state=replace(move.state, offer=offer), acts=(*move.acts, asked), then=Then.STOP)


def _asking_kind(move: Move, moment: Moment) -> Move:
    """The move, which asks whether a sum of an unsaid kind is of the thing that counts (保险交了15万)."""
    text, fact = normalize(moment.meaning.text), moment.meaning.vague[0]
    said = next((text[m.start : m.end] for m in find_amounts(text) if m.value == fact.value), "")
    if not said:
        return move
    choices = (_choice_of(fact.attribute, moment.guide), OTHER, UNSURE)
    offer = Offer(OfferKind.WHICH_SUM, tuple(choice.value for choice in choices), said=said)
    state = replace(move.state, offer=offer)
    return replace(move, state=state, acts=(*move.acts, AskWhatSum(said, choices)), then=Then.STOP)


def _choice_of(name: str, guide: Guide) -> Choice:
    question = guide.lexicon.questions.get(name)
    words = () if question is None else question.this_kind
    return Choice(name, guide.knowledge.attributes[name].label, words)


def _way_of(text: str, choices: tuple[Choice, ...], guide: Guide) -> str | None:
    """What a text chooses: by number or word, by a yes or no to the only thing, or by naming its kind or another."""
    names = [choice.value for choice in choices if choice.value in guide.lexicon.questions]
    way = chosen(text, choices)
    if way is not None or len(names) != 1:
        return way
    is_it = None if find_amounts(normalize(text)) else _agrees(text, guide.question(names[0]), guide)
    return {True: names[0], False: OTHER.value, None: None}[is_it]


def _agrees(text: str, question: Question, guide: Guide) -> bool | None:
    """Whether a text says that a sum is of the question's kind; None where it says nothing of it."""
    plain, agrees = normalize(text), read_yes_no(text, guide.lexicon)
    is_named = has_any(plain, question.this_kind) or _is_part_of_any(plain, question.this_kind)
    is_denied = is_named and polarity_of(plain, guide.lexicon) is Polarity.NO
    if is_denied or has_any(plain, question.other_kinds):
        return False
    return True if agrees is None and is_named else agrees


def _is_part_of_any(plain: str, words: Sequence[str]) -> bool:
    """科技的, of 科技保险."""
    core = plain.strip("就也都那不是没买的了类呢啊,。 ")
    return len(core) > 1 and any(core in word for word in words)


def _sums_of(note: Noted, guide: Guide) -> tuple[str, ...]:
    """The sums that belong to a first time (of first_registration those named registration_…), or have a part in it
    (其中土建投资: the whole)."""
    name = note.attribute.name
    if note.attribute.label.startswith(_PART):
        every = guide.knowledge.attributes.values()
        of_it = (a for a in every if a.type is AttributeType.YUAN and a.name.split("_")[0] == name.split("_")[0])
        return tuple(a.name for a in of_it if not a.label.startswith(_PART) and a.name.split("_")[-1] != "award")
    if not name.startswith("first_") or note.value is not True:
        return ()
    prefix = f"{name.removeprefix('first_')}_"
    attributes = guide.knowledge.attributes.values()
    return tuple(a.name for a in attributes if a.name.startswith(prefix) and a.type is AttributeType.YUAN)


def place_sum(state: State, moment: Moment) -> Move | None:
    """Record the sum as what the user says it was for; None when the text does not say."""
    if (offer := state.offered(OfferKind.WHICH_SUM)) is None:
        return None
    labels = moment.guide.knowledge.attributes
    known = {OTHER.value: OTHER, UNSURE.value: UNSURE}
    choices = tuple(known.get(n) or Choice(n, labels[n].label) for n in offer.options if n in known or n in labels)
    way = _way_of(moment.meaning.text, choices, moment.guide)
    if way is None:
        return None
    state = replace(state, offer=None, misses=0)
    mentions = find_amounts(offer.said)
    if way in known or not mentions or mentions[0].value is None:
        return Move(state, (Tell(Notice.NOT_RECORDED),), Then.REPEAT)
    fact = Fact(way, mentions[0].value, moment.meaning.text)
    return state_facts(state, replace(moment, meaning=replace(moment.meaning, facts=(fact,), answer=None, unknown=())))
