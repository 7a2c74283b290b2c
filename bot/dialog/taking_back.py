"""What is known and taken back by a text that puts nothing in its place: it is forgotten and asked for anew."""

from dataclasses import replace

from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.touching import kind_denied
from bot.dialog.tracking import steps_from
from bot.understanding.polarity import has_any
from bot.understanding.stated_choices import denied_choices
from bot.understanding.text import normalize
from bot.understanding.tiers import LOST

STEP = "specialized_tier"


def take_back_choice(state: State, moment: Moment) -> Move | None:
    """Ask anew for a choice, such as a venue, whose known option the text denies: 没有在北数所."""
    if moment.meaning.asks:
        return None
    denied = denied_choices(moment.meaning.text, moment.guide.lexicon)
    asked = state.pending.attribute if state.pending is not None else ""
    names = [name for name, value in denied if state.profile.values.get(name) == value and asked not in dict(denied)]
    return without(names[0], state) if names else None


def take_back_step(state: State, moment: Moment) -> Move | None:
    """Ask anew for the step that is known, where the text says that it is held no more: 小巨人到期了，复核没过."""
    plain, question = normalize(moment.meaning.text), moment.guide.lexicon.questions.get(STEP)
    is_named = question is not None and STEP in state.profile.values and has_any(plain, question.cues)
    return without(STEP, state) if is_named and LOST.search(plain) else None


def take_back_sum(state: State, moment: Moment) -> Move | None:
    """Ask anew for a sum that is known, where the text says that it is of another kind: 不是数据质押的利息."""
    name = kind_denied(state, moment)
    is_told = any(fact.attribute == name for fact in moment.meaning.facts)
    return None if name is None or is_told or moment.meaning.asks else without(name, state)


def without(name: str, state: State) -> Move:
    """The move that forgets what is known of an attribute, and asks for it anew."""
    state = replace(state, steps=steps_from(state), profile=state.profile.without(name), misses=0)
    return Move(replace(state, pending=Pending(PendingKind.QUESTION, name)), (), Then.ASK)
