"""So many in a window, and then blocked for a while."""

from collections import deque

from tests.simulators.dingtalk.clock import Clock


class RateLimit:
    """Counts calls; the call that goes over the limit starts a block, during which none passes."""

    def __init__(self, clock: Clock, limit: int, window: float, block: float) -> None:
        self._clock = clock
        self._limit = limit
        self._window = window * 1000
        self._block = block * 1000
        self._times: deque[int] = deque()
        self._blocked_until = 0.0

    def passes(self) -> bool:
        """Count one call, and say whether it may pass."""
        now = self._clock.now()
        if now < self._blocked_until:
            return False
        if not self._limit:
            return True
        while self._times and now - self._times[0] >= self._window:
            self._times.popleft()
        if len(self._times) >= self._limit:
            self._blocked_until = now + self._block
            self._times.clear()
            return False
        self._times.append(now)
        return True

    @property
    def is_blocking(self) -> bool:
        """Whether the block lasts."""
        return self._clock.now() < self._blocked_until

    def block(self) -> None:
        """Start a block now."""
        self._blocked_until = self._clock.now() + self._block

    def clear(self) -> None:
        """End the block, and forget what was counted."""
        self._blocked_until = 0.0
        self._times.clear()
