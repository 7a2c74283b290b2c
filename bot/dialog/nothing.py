"""A bare 没有 to a question about a first time: what was never there is asked once, for all of the firsts."""

import re
from dataclasses import replace

from bot.dialog.asking import question_of
from bot.dialog.commands import decline
from bot.dialog.flows import UNSURE, Guide
from bot.dialog.hearing import state_facts
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.offers import chosen
from bot.dialog.repair_acts import AskWhatNothing
from bot.dialog.repeating import is_first
from bot.dialog.state import Offer, OfferKind, State
from bot.search.characters import normalised
from bot.understanding.meaning import Fact
from bot.understanding.questions import Choice, Question

ALL = "all"
COUNTS = "零一两三四五六七八九"
_NOTHING = re.compile(r"(?:没有?|无)(?:的|呢|啊|呀|吧|呐|了)?[。!~]*")


def ask_what_nothing(state: State, moment: Moment) -> Move | None:
    """Ask what a bare 没有 denies, or take it as it was meant before; None for any other text."""
    question = question_of(state.pending, moment.guide)
    plain = normalised(moment.meaning.text).strip()
    if question is None or question.attribute is None or not is_first(question) or not _NOTHING.fullmatch(plain):
        return None
    if state.nothing_is_first:
        return _record(state, (question.id,), moment)
    if state.misses or state.pending is None:
        return None
    choices = _choices(question, state, moment.guide)
    shown = tuple(choice.value for choice in choices)
    pending = replace(state.pending, options=tuple(value for value in shown if value != ALL))
    state = replace(state, pending=pending, misses=1, offer=Offer(OfferKind.NOTHING, shown, question.id))
    return Move(state, (AskWhatNothing(question.attribute, choices),), Then.STOP)


def _choices(question: Question, state: State, guide: Guide) -> tuple[Choice, ...]:
    left = _open_firsts(state, guide)
    every = (Choice(ALL, f"这{COUNTS[len(left)]}样都还没做过：{_names(left, guide)}"),) if 1 < len(left) < 10 else ()
    return (*question.choices, *every, UNSURE)


def _names(names: tuple[str, ...], guide: Guide) -> str:
    return "、".join(guide.knowledge.attributes[name].label.removeprefix("首次") for name in names)


def _open_firsts(state: State, guide: Guide) -> tuple[str, ...]:
    """The core questions about a first time that are not answered yet."""
    asked = (name for name in guide.flow.core if name in guide.lexicon.questions)
    return tuple(n for n in asked if n not in state.profile.values and is_first(guide.question(n)))


def take_nothing(state: State, moment: Moment) -> Move | None:
    """Take what the user says was never done: one thing, or all of them."""
    offer, question = state.offer, question_of(state.pending, moment.guide)
    if offer is None or offer.kind is not OfferKind.NOTHING or question is None or question.id != offer.about:
        return None
    way = chosen(moment.meaning.text, _choices(question, state, moment.guide))
    if way is None:
        return None
    state = replace(state, offer=None, misses=0)
    if way == UNSURE.value:
        return decline(state, moment.guide)
    if way == "false":
        return _record(state, (question.id,), moment, is_first_time=False)
    names = _open_firsts(state, moment.guide) if way == ALL else (question.id,)
    return _record(replace(state, nothing_is_first=True), names, moment)


def _record(state: State, names: tuple[str, ...], moment: Moment, *, is_first_time: bool = True) -> Move | None:
    facts = tuple(Fact(name, is_first_time, moment.meaning.text) for name in names)
    meaning = replace(moment.meaning, facts=facts, unknown=(), answer=None, unsettled=(), asks=False)
    return state_facts(state, replace(moment, meaning=meaning))
