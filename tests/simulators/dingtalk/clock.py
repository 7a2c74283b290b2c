"""What time it is for the platform, in milliseconds, as DingTalk counts."""

import time
from typing import Protocol


class Clock(Protocol):
    """The one clock of a simulator."""

    def now(self) -> int:
        """Milliseconds since 1970."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Milliseconds since 1970, by this machine."""
        return time.time_ns() // 1_000_000


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: int = 1_700_000_000_000) -> None:
        self._now = now

    def now(self) -> int:
        """Milliseconds since 1970, as last set."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._now += round(seconds * 1000)
