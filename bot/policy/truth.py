"""Three-valued logic after Kleene: unknown is not no."""

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    """Whether something holds, as far as is known."""

    TRUE = "met"
    FALSE = "unmet"
    UNKNOWN = "unknown"

    def negated(self) -> "Truth":
        """The truth of the contrary; unknown stays unknown."""
        if self is Truth.UNKNOWN:
            return self
        return Truth.FALSE if self is Truth.TRUE else Truth.TRUE


def truth_of(claim: bool) -> Truth:  # noqa: FBT001  (the claim is the one thing this takes)
    """TRUE or FALSE for something that is known."""
    return Truth.TRUE if claim else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """FALSE when one is false, else UNKNOWN when one is unknown, else TRUE."""
    whole = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            whole = truth
    return whole


def any_of(truths: Iterable[Truth]) -> Truth:
    """TRUE when one is true, else UNKNOWN when one is unknown, else FALSE."""
    whole = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            whole = truth
    return whole
