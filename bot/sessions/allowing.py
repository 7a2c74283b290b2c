"""A budget that replicas share: when something was taken from it, as bytes, and whether one more may be."""

from array import array
from collections.abc import Sequence

from bot.sessions.base import Allowance

MARGIN = 0.001


def take(kept: bytes, allowances: Sequence[Allowance], now: float) -> tuple[bytes, float]:
    """What is kept afterwards, and how long to wait (seconds): 0.0 when one was taken.

    It counts exactly: in no span of `seconds` are there more than `count`, wherever the span begins.
    """
    taken = array("d", kept)
    waits = [_wait(taken, allowance, now) for allowance in allowances]
    if (longest := max(waits, default=0.0)) > 0:
        return kept, longest
    oldest = now - max((one.seconds for one in allowances), default=0.0)
    still = array("d", [*(moment for moment in taken if moment > oldest), now])
    return still.tobytes(), 0.0


def _wait(taken: Sequence[float], allowance: Allowance, now: float) -> float:
    if len(taken) < allowance.count:
        return 0.0
    freed = taken[-allowance.count] + allowance.seconds
    return freed - now + MARGIN if freed > now else 0.0
