"""What is known now: facts and answers recorded in the state, with an echo of what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.dialog.acts import Act, Noted, Record, noted_in
from bot.dialog.bounds import sum_of, within
from bot.dialog.flows import Guide
from bot.dialog.state import State, Step
from bot.policy.attributes import NEVER, Attribute, AttributeType, Value
from bot.policy.money import Interval
from bot.understanding.meaning import Fact

MAX_STEPS = 30


def record_facts(
    state: State, facts: Iterable[Fact], unknown: Iterable[str], guide: Guide
) -> tuple[State, Record | None]:
    """Take every fact into the profile (the last statement wins) and note what the user does not know or say."""
    values = {fact.attribute: _narrowed(fact, state) for fact in facts}
    attributes = guide.knowledge.attributes
    noted = tuple(
        Noted(attributes[name], value, before)
        for name, value in values.items()
        if (before := state.profile.values.get(name)) != value
    )
    closed = values.keys() | state.profile.values.keys() | state.declined
    left_open = tuple(attributes[name] for name in unknown if name not in closed)
    if not values and not left_open:
        return state, None
    return _with(state, values, left_open), Record(noted, left_open) if noted or left_open else None


def _narrowed(fact: Fact, state: State) -> Value:
    """The value of a fact; a bound told when that very question was open narrows what is known."""
    if not isinstance(fact.value, Interval) or state.asked != fact.attribute:
        return fact.value
    return within(state.profile.values.get(fact.attribute), fact.value)


def _with(state: State, values: Mapping[str, Value], left_open: Iterable[Attribute]) -> State:
    profile = state.profile
    for name, value in values.items():
        profile = profile.with_value(name, value)
    names = {attribute.name for attribute in left_open}
    return replace(state, profile=profile, declined=state.declined.difference(values).union(names))


def recent_sums(acts: Iterable[Act]) -> tuple[str, ...]:
    """The attributes of the sums that a turn recorded, so that the next turn may speak of them without a name."""
    return tuple(note.attribute.name for note in noted_in(acts) if note.attribute.type is AttributeType.YUAN)


def last_answered(state: State) -> str:
    """The attribute that was answered last; empty when nothing was, or several at once."""
    if not state.steps:
        return ""
    pending, changed = state.steps[-1].pending, last_told(state)
    asked = "" if pending is None else pending.attribute
    return changed[0] if len(changed) == 1 else asked if asked in changed or not changed else ""


def last_told(state: State) -> tuple[str, ...]:
    """The attributes that the last step gave other values."""
    before = state.steps[-1].profile.values if state.steps else state.profile.values
    return tuple(name for name, value in state.profile.values.items() if before.get(name) != value)


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps with the pending question and what was known before its answer, for 返回."""
    step = Step(state.pending, state.profile, state.declined, state.topics, state.passed_topics)
    return (*state.steps, step)[-MAX_STEPS:]


def option_value(attribute: Attribute, option: str) -> Value:
    """The value that an option of a question stands for."""
    match attribute.type:
        case AttributeType.BOOL:
            return option == "true"
        case AttributeType.SET:
            return frozenset({option})
        case AttributeType.YUAN | AttributeType.INT:
            value = sum_of(option)
            if value is None:
                raise ValueError(option)
            return value
        case AttributeType.DATE:
            return NEVER
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return option
