"""Small pauses while something is worked out in a thread, and what was before afterwards."""

import gc
import sys
from contextlib import ExitStack

from bot.content.pauses import SWITCH_SECONDS, small_pauses


def test_what_was_before_is_put_back_whichever_ends_first() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    first, second = ExitStack(), ExitStack()

    first.enter_context(small_pauses())
    second.enter_context(small_pauses())
    first.close()
    during = sys.getswitchinterval()
    second.close()

    assert abs(during - SWITCH_SECONDS) < 1e-6
    assert (sys.getswitchinterval(), gc.get_threshold()) == before
