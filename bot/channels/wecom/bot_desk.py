"""What all that answers callbacks of the AI bot works with."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.base import Clock, read_clock
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_posting import Poster
from bot.channels.wecom.bot_streams import Streams
from bot.channels.wecom.bot_work import Work
from bot.sessions.base import Outbox


@dataclass(frozen=True, slots=True)
class Desk:
    """The turns in work, what is remembered and posted of them, and how long each step may take."""

    work: Work
    streams: Streams
    outbox: Outbox
    poster: Poster
    clock: Clock = read_clock
    pace: Pace = field(default_factory=Pace)

    def age(self, received: datetime) -> float:
        """So many seconds ago it was received."""
        return (self.clock() - received).total_seconds()
