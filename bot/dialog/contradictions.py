"""Two statements of one thing that can't both hold: asked about where no word says that the later one corrects."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from bot.dialog.acts import Act, Noted, Record, noted_in
from bot.dialog.consequences import change_between
from bot.dialog.flows import UNSURE, Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.offers import chosen
from bot.dialog.repair_acts import AskWhich
from bot.dialog.state import Offer, OfferKind, State
from bot.dialog.tracking import record_facts
from bot.policy.attributes import NEVER, Attribute, AttributeType, Value
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.questions import Choice
from bot.understanding.reading import read, read_answer
from bot.understanding.text import normalize

NOW, BEFORE = "now", "before"
CHOICES = (
    Choice(NOW, "按这次说的"),
    Choice(BEFORE, "按之前说的"),
    replace(UNSURE, label="不清楚，先空着"),
)
_SINCE = re.compile(
    r"现在|目前|如今|后来|刚|最近|近期|新近|今年才|已经|又|改|变更|迁|搬|补|终于|上周|昨天|今天|这个?月|上个?月"
    r"|查到|查了|核实|问过|问了|确认|更正|更新|准确|重新|看了|翻了|应该是|其实|原来是|才知道|拿到了|下来了|批了"
)
"""The later statement holds: it puts right, or tells what has become of it since."""
_MARKS = re.compile(r"[,，。；;！!\n]")
_APART = re.compile(r"原来|以前|之前|曾|前身|去年|前年|早先|分公司|子公司|办公|经营地|实际|如果|要是|假如|一家|另")
_REGISTERED = re.compile(r"注册|执照|登记在|住所|落户")
_LATER = re.compile(r"（(?:这次说的|后一句)）|^(?:按|以|照)?(?:后面|后边|后一个|这次|刚说|最新|新的)")
_EARLIER = re.compile(
    r"（(?:之前说的|前一句)）|^(?:按|以|照)?(?:前面|前边|前一个|之前|原来|先前|最早|一开始|头一个|老的|旧的)"
)


def ask_which(before: State, move: Move, moment: Moment) -> Move:
    """The move, which asks which statement holds where the text contradicts an earlier one without correcting it."""
    is_elsewhere = before.company != move.state.company or move.forget or before.offer is not None
    if not moment.meaning.facts or is_elsewhere or _is_correction(moment):
        return move
    if (twice := told_twice(moment)) is not None and twice.attribute.name in move.state.profile.values:
        return _asking(move, twice, said=moment.meaning.text)
    note = _against(before, move, moment)
    return move if note is None else _asking(move, note)


def _is_correction(moment: Moment) -> bool:
    """Whether the text says that it puts something right, or that something has become otherwise since."""
    text, is_change = moment.meaning.text, moment.meaning.command.intent is Intent.CHANGE_ANSWER
    is_said = any(word in text for word in moment.guide.lexicon.words.correcting)
    return is_change or is_said or _SINCE.search(text) is not None


def _against(before: State, move: Move, moment: Moment) -> Noted | None:
    """The note of a statement against an earlier one, of something that was not just asked for."""
    said = moment.meaning.tells_of - {before.asked_alone}
    told = (note for note in noted_in(move.acts) if note.attribute.name in said and note.before is not None)
    return next((note for note in told if _contradict(note, moment.guide)), None)


def _contradict(note: Noted, guide: Guide) -> bool:
    """Whether two values can't both have been meant: a sum and nothing; of the core questions any two."""
    attribute, now, before = note.attribute, note.value, note.before
    if attribute.type is AttributeType.YUAN:
        return _is_nothing(now) != _is_nothing(before)
    if attribute.name not in (*guide.flow.core, *guide.flow.premises):
        return False
    if attribute.type is AttributeType.DATE:
        return (now == NEVER) != (before == NEVER)
    return attribute.type in (AttributeType.CHOICE, AttributeType.ORDERED, AttributeType.BOOL)


def _is_nothing(value: Value | None) -> bool:
    return isinstance(value, Decimal) and value == 0


def _asking(move: Move, note: Noted, said: str = "") -> Move:
    """The move with the question which of the two holds; meanwhile the later one is counted with."""
    name = note.attribute.name
    acts = tuple(act for act in (_without(act, name) for act in move.acts) if act is not None)
    state = replace(move.state, profile=move.state.profile.with_value(name, note.value))
    return _put(replace(move, state=state, acts=acts), note, said)


def _put(move: Move, note: Noted, said: str) -> Move:
    options = tuple(choice.value for choice in CHOICES)
    offer = Offer(OfferKind.CONTRADICTION, options, note.attribute.name, said)
    before = note.value if note.before is None else note.before
    asked = AskWhich(note.attribute, note.value, before, CHOICES, is_same_text=bool(said))
    return replace(move, state=replace(move.state, offer=offer), acts=(*move.acts, asked), then=Then.STOP)


def _without(act: Act, name: str) -> Act | None:
    """The act without the note of what is to be asked about; None where nothing is left of it."""
    if not isinstance(act, Record):
        return act
    noted = tuple(note for note in act.noted if note.attribute.name != name)
    return replace(act, noted=noted) if noted or act.unknown or act.denies_rest else None


def told_twice(moment: Moment) -> Noted | None:
    """The thing of which one text says two that can't both hold, the last first; None when there is none."""
    text = moment.meaning.text
    if moment.meaning.asks or _APART.search(text):
        return None
    whole = {fact.attribute: fact.value for fact in moment.meaning.facts}
    for before, fact in _said_again(_parts_of_one(text, moment), moment):
        attribute = moment.guide.knowledge.attributes[fact.attribute]
        note = Noted(attribute, fact.value, before.value)
        if note.before != note.value and _contradict(note, moment.guide):
            is_meant = whole[fact.attribute] == fact.value and not _is_told_apart(attribute, before, fact)
            return note if is_meant else None
    return None


def _said_again(parts: Iterable[str], moment: Moment) -> Iterator[tuple[Fact, Fact]]:
    """What the parts tell of the things that the whole text tells of, each with what was told of it just before."""
    told: dict[str, Fact] = {}
    names = moment.meaning.tells_of
    for fact in (fact for part in parts for fact in _facts_in(part, moment) if fact.attribute in names):
        if fact.attribute in told:
            yield told[fact.attribute], fact
        told[fact.attribute] = fact


def _parts_of_one(text: str, moment: Moment) -> tuple[str, ...]:
    """The parts of a text that speak of something which another part speaks of as well; to read them all takes long."""
    parts, lexicon = [part for part in _MARKS.split(text) if part.strip()], moment.guide.lexicon
    names = moment.meaning.tells_of
    touched = []
    for part in parts:
        plain = normalize(part)
        named = lexicon.named_in(plain)
        touched.append(names & (named | ({"region"} if lexicon.place_index.find(plain) else set())))
    often = {name for name in names if sum(name in each for each in touched) > 1}
    return tuple(part for part, each in zip(parts, touched, strict=True) if each & often)


def _facts_in(part: str, moment: Moment) -> tuple[Fact, ...]:
    meaning = read(part, None, moment.guide.lexicon, moment.on)
    return tuple(replace(fact, said=part) for fact in meaning.facts)


def _is_told_apart(attribute: Attribute, before: Fact, now: Fact) -> bool:
    """Whether the words say what each is of: an office and the registration, a title and a higher one."""
    if attribute.type is AttributeType.ORDERED:
        denied = [fact.said for fact in (before, now) if fact.value == attribute.values[0]]
        return not denied or any("小巨人" in said or "国家" in said for said in denied)
    if attribute.type is AttributeType.CHOICE:
        return (_REGISTERED.search(before.said) is None) != (_REGISTERED.search(now.said) is None)
    return attribute.type is AttributeType.BOOL


def settle(state: State, moment: Moment) -> Move | None:
    """Take the statement that the user says holds; None when the text says nothing of that."""
    offer = state.offered(OfferKind.CONTRADICTION)
    if offer is None or offer.about not in state.profile.values:
        return None
    attribute = moment.guide.knowledge.attributes[offer.about]
    if (way := _way(state, attribute, offer, moment)) is None:
        return None
    state = replace(state, offer=None, misses=0)
    if way == UNSURE.value:
        left = replace(state, profile=state.profile.without(attribute.name), declined=state.declined | {attribute.name})
        return Move(left, (Record((), (attribute,)),))
    return _hold(way, state, attribute, offer, moment)


def _hold(way: str, state: State, attribute: Attribute, offer: Offer, moment: Moment) -> Move:
    """Record the statement that holds; a later one by itself, after the result was seen, with what it changes there."""
    before, now = _before(state, attribute, offer, moment), state.profile.values[attribute.name]
    value = before if way == BEFORE and before is not None else now
    state, _ = record_facts(state, (Fact(attribute.name, value, moment.meaning.text),), (), moment.guide)
    if way == NOW and before is not None and state.result_seen is not None and not offer.said:
        earlier = replace(state, profile=state.profile.with_value(attribute.name, before))
        return Move(state, (Record((Noted(attribute, value, before),)), change_between(earlier, state, moment)))
    return Move(state, (Record((Noted(attribute, value, None),)),))


def _way(state: State, attribute: Attribute, offer: Offer, moment: Moment) -> str | None:
    """Which statement the text chooses: by number, by 前面那个, or by saying it again."""
    text = moment.meaning.text.strip()
    pointed = (way for way, words in ((NOW, _LATER), (BEFORE, _EARLIER)) if words.search(text))
    if (way := chosen(text, CHOICES) or next(pointed, None)) is not None:
        return way
    told = moment.meaning.tells_of.union(moment.meaning.unknown)
    if told - {attribute.name}:
        return None
    answer = read_answer(text, moment.guide.question(attribute.name), moment.guide.lexicon, moment.on)
    if answer.outcome is Outcome.UNKNOWN:
        return UNSURE.value
    if answer.value is None or moment.meaning.asks:
        return None
    ways = {_before(state, attribute, offer, moment): BEFORE, state.profile.values[attribute.name]: NOW}
    return ways.get(answer.value)


def _before(state: State, attribute: Attribute, offer: Offer, moment: Moment) -> Value | None:
    """What was said before the statement that is counted with."""
    now = state.profile.values[attribute.name]
    if offer.said:
        note = told_twice(replace(moment, meaning=read(offer.said, None, moment.guide.lexicon, moment.on)))
        return None if note is None else note.before
    known = (step.profile.values.get(attribute.name) for step in reversed(state.steps))
    return next((value for value in known if value is not None and value != now), None)


def asked_again(offer: Offer | None, move: Move, moment: Moment) -> Move:
    """The move of a side question, after which it is asked again which of two statements holds."""
    is_aside = moment.meaning.asks and move.then is Then.REPEAT and not move.forget
    if offer is None or offer.kind is not OfferKind.CONTRADICTION or not is_aside:
        return move
    attribute = moment.guide.knowledge.attributes.get(offer.about)
    now = move.state.profile.values.get(offer.about)
    if attribute is None or now is None:
        return move
    before = _before(move.state, attribute, offer, moment)
    return move if before is None else _put(move, Noted(attribute, now, before), offer.said)
