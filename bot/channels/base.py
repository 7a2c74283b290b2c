"""What a channel needs of the rest of the program."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from bot.content.status import ContentStatus
from bot.messages import InboundMessage, PrintedResult, Reply

Clock = Callable[[], datetime]


class Turns(Protocol):
    """Answers one message, exactly once for each message id; raises nothing but TurnFailed."""

    async def handle(self, message: InboundMessage) -> Reply:
        """The reply to the message; the same one again when the message is delivered again."""


class Reports(Protocol):
    """Makes the whole result of a conversation, to be printed; raises a SessionError when it can't be looked up."""

    async def make(self, channel: str, conversation: str, now: datetime) -> PrintedResult | None:
        """The result on the day; None where there is none."""


class Readiness(Protocol):
    """Tells whether the program can answer."""

    async def check(self) -> ContentStatus:
        """What content is in use; raises a PolicybotError when the store can't be used."""


def read_clock() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)
