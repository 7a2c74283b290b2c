"""Whether a question is still the one that was shown: staff may edit the content between two turns."""

from dataclasses import replace
from typing import assert_never
from zlib import crc32

from bot.dialog.flows import Guide
from bot.dialog.state import Pending, PendingKind, State


def open_premises(state: State, guide: Guide) -> tuple[str, ...]:
    """The attributes of the premises of which nothing is known and that were not declined."""
    settled = state.profile.values.keys() | state.declined
    return tuple(name for name in guide.flow.premises if name not in settled)


def is_askable(pending: Pending, state: State, guide: Guide) -> bool:
    """Whether the content has what the question asks for."""
    match pending.kind:
        case PendingKind.QUESTION:
            return pending.attribute in guide.lexicon.questions
        case PendingKind.TOPICS:
            return any(topic.id in pending.options for topic in guide.flow.topics)
        case PendingKind.PREMISES:
            return bool(open_premises(state, guide))
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return True
        case _ as unreachable:
            assert_never(unreachable)


def is_outdated(state: State, guide: Guide) -> bool:
    """Whether the pending question is gone, or reads otherwise than it did when it was shown."""
    pending = state.pending
    if pending is None:
        return False
    if not is_askable(pending, state, guide):
        return True
    return bool(pending.wording) and pending.wording != wording_of(pending, state, guide)


def brought_up_to_date(state: State, guide: Guide) -> State:
    """The state without a pending question that the content no longer puts so, and without names that it lost."""
    if is_outdated(state, guide):
        return replace(state, pending=None, recent=())
    recent, pending = tuple(n for n in state.recent if n in guide.knowledge.attributes), state.pending
    if pending is not None and not pending.wording and pending.attribute not in guide.lexicon.questions:
        pending = replace(pending, attribute="")
    return replace(state, pending=pending, recent=recent)


def wording_of(pending: Pending, state: State, guide: Guide) -> str:
    """A mark of all that is shown with the question; empty for a confirmation, whose meaning is the program's."""
    match pending.kind:
        case PendingKind.QUESTION:
            question = guide.question(pending.attribute)
            options = tuple((choice.value, choice.label) for choice in question.choices)
            return _mark(question.type.value, question.prompt, options, question.unsure)
        case PendingKind.TOPICS:
            return _mark(tuple((t.id, t.label) for t in guide.flow.topics if t.id in pending.options))
        case PendingKind.PREMISES:
            flow, names = guide.flow, open_premises(state, guide)
            options = tuple((choice.value, choice.label) for choice in flow.premise_choices)
            return _mark(flow.premises_prompt, tuple((name, flow.premises[name]) for name in names), options)
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return ""
        case _ as unreachable:
            assert_never(unreachable)


def _mark(*shown: object) -> str:
    return f"{crc32(repr(shown).encode()):08x}"
