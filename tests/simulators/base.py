"""What the platforms played by tests have in common: a time that a test can push ahead, and patience."""

import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds; long, for a machine that others keep busy: whoever waits in vain has found a fault anyway."""


class Clock:
    """The time of a simulator: that of its source, and as far ahead of it as a test has pushed it."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return self._source() + self._ahead

    def advance(self, seconds: float) -> None:
        """Push the time ahead."""
        self._ahead += seconds
