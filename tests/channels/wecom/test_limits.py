"""The limits that hold for all doors, and what they leave for calls that are slow."""

import pytest

from bot.channels.wecom.api import CALL_SECONDS
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.limits import CHAT_BUDGET


@pytest.mark.parametrize("longest", [CALL_SECONDS, Pace().answer], ids=["call", "frame"])
def test_budget_of_a_chat_leaves_room_for_what_reaches_the_platform_late(longest: float) -> None:
    spans = {one.count: one.seconds for one in CHAT_BUDGET}

    assert spans.keys() == {30, 1000}
    assert spans[30] >= 60 + longest
    assert spans[1000] >= 3600 + longest
