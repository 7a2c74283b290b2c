"""Work in a thread that turns hardly notice: they wait for it in small portions, and for no search for garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_SECONDS = 0.0005
"""How long the thread may go on when a turn wants to: ten times shorter than Python's own."""
NEVER = 10**9

_before: list[tuple[float, tuple[int, int, int]]] = []
"""How it was before each of those that are under way; entered and left in the event loop's thread only."""


@contextmanager
def small_pauses() -> Iterator[None]:
    """While a thread loads or checks; the last of several that are under way puts back what was before the first."""
    _before.append((sys.getswitchinterval(), gc.get_threshold()))
    _, (young, middle, _old) = _before[0]
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(young, middle, NEVER)
    try:
        yield
    finally:
        interval, thresholds = _before[0]
        _before.pop()
        if not _before:
            sys.setswitchinterval(interval)
            gc.set_threshold(*thresholds)
