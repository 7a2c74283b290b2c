"""The platform's clock and this machine's: what came at the platform's time, told in this machine's."""

from collections import deque
from collections.abc import Sequence

from bot.channels.wecom.kf_items import Item

SAMPLES = 64
FEWEST = 3
"""One look tells little: what it finds may have waited."""
FARTHEST = 600.0
"""The callbacks of a clock that is farther off are refused."""


class KfClocks:
    """Learns how far this machine is ahead, by the newest of what is found: nothing comes sooner than at once."""

    def __init__(self) -> None:
        self._gaps: deque[float] = deque(maxlen=SAMPLES)

    def observe(self, now: float, items: Sequence[Item]) -> None:
        """These were just found, and nothing newer."""
        if items and abs(gap := now - max(one.at for one in items)) <= FARTHEST:
            self._gaps.append(gap)

    def own(self, at: float) -> float:
        """This machine's time at a time of the platform's."""
        return at + (min(self._gaps) if len(self._gaps) >= FEWEST else 0.0)
