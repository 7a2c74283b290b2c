"""How much the platform takes, whichever door it comes by."""

from collections.abc import Sequence

from bot.sessions.base import Allowance

TEXT_BYTES = 2048
"""Of a text message."""
LATE = 15.0
"""A call may reach the platform so many seconds after it was counted here, and those around it at once."""
CHAT_BUDGET: Sequence[Allowance] = (Allowance(30, 60.0 + LATE), Allowance(1000, 3600.0 + LATE))
"""What one chat gets of the app (W:90236) or of the AI bot, answers and pushes together (W:101463). What is beyond it
the platform drops, of the app's without a word."""
