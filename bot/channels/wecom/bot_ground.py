"""What the two doors of the AI bot stand on."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.base import Clock, read_clock
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_posting import Poster
from bot.channels.wecom.bot_pushing import Pusher
from bot.channels.wecom.bot_reachable import Reachable
from bot.channels.wecom.bot_streams import Streams
from bot.channels.wecom.patience import PatientTurns
from bot.sessions.base import Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class BotGround:
    """The turns, what waits to be sent, and how long each step may take."""

    turns: PatientTurns
    outbox: Outbox
    clock: Clock = read_clock
    pace: Pace = field(default_factory=Pace)

    def age(self, received: datetime) -> float:
        """So many seconds ago it was received."""
        return (self.clock() - received).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackGround(BotGround):
    """What is remembered of answers that are under way, and what posts those that come late."""

    streams: Streams
    poster: Poster


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketGround(BotGround):
    """What sends over the connection, and whom it may write to."""

    pusher: Pusher
    reachable: Reachable
