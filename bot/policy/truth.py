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
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[self]


def truth_of(claim: bool) -> Truth:  # noqa: FBT001  (the claim is the one thing this takes)
    """TRUE or FALSE for something that is known."""
    return Truth.TRUE if claim else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """FALSE when one is false, else UNKNOWN when one is unknown, else TRUE."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """TRUE when one is true, else UNKNOWN when one is unknown, else FALSE."""
    return all_of(truth.negated() for truth in truths).negated()
