"""One thing that was looked at, and what came of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How a check ended."""

    RIGHT = "✓"
    WRONG = "✗"
    SKIPPED = "–"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what was found, with what to do where it is wrong."""

    sign: Sign
    what: str
    says: str

    def __str__(self) -> str:
        return f"{self.sign} {self.what}：{self.says}"


def right(what: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(Sign.RIGHT, what, says)


def wrong(what: str, says: str) -> Finding:
    """It is not, and this is what to do."""
    return Finding(Sign.WRONG, what, says)


def skipped(what: str, says: str) -> Finding:
    """It could not be looked at, or need not be."""
    return Finding(Sign.SKIPPED, what, says)


Findings = AsyncIterator[Finding]
