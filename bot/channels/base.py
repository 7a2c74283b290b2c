"""What a channel needs of the rest of the program."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from aiohttp import web

from bot.content.status import ContentStatus
from bot.messages import InboundMessage, PrintedResult, Reply
from bot.outbox import Sender
from bot.turns import Pack

Clock = Callable[[], datetime]


class Turns(Protocol):
    """Answers one message, exactly once for each message id; raises nothing but TurnFailed."""

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The reply to the message; the same one again when the message is delivered again.

        What `pack` makes of the reply is sent by the outbox, once.
        """


class Door(Sender, Protocol):
    """One way into a messaging platform: its callbacks, its parcels and what it does by itself."""

    @property
    def names(self) -> tuple[str, ...]:
        """The doors whose parcels it sends."""

    def add_routes(self, app: web.Application) -> None:
        """Add the addresses of its callbacks, if it has any."""

    async def run(self) -> None:
        """What it does by itself, until it is cancelled; it returns at once if that is nothing."""


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
