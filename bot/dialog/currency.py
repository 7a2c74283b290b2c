"""Whether a question is still the one that was shown: staff may edit the content between two turns."""

from dataclasses import replace

from bot.dialog.asking import is_askable, wording_of
from bot.dialog.flows import Guide
from bot.dialog.state import State


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
    is_same = pending is state.pending and recent == state.recent
    return state if is_same else replace(state, pending=pending, recent=recent)
