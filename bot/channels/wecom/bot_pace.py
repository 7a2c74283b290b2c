"""How long the AI bot waits for what: one place for all its times, which tests shorten."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.wecom.api import RATE_SECONDS


@dataclass(frozen=True, slots=True)
class Pace:
    """Times in seconds; `draw` gives a number between 0 and 1, so that replicas don't do a thing all at once."""

    first_answer: float = 4.0
    """The platform hangs up after 5."""
    poll: float = 3.0
    polling: float = 345.0
    """It asks for an answer for 6 minutes after the message."""
    late: float = 375.0
    """From then on it asks no more: what was not taken by then is posted."""
    opening: float = 10.0
    answer: float = 5.0
    closing: float = 2.0
    heartbeat: float = 30.0
    lease: float = 20.0
    renewal: float = 5.0
    first_pause: float = 1.0
    longest_pause: float = 30.0
    steady: float = 60.0
    """A connection that lived so long was a good one: the next pause is the first again."""
    refused: float = 60.0
    """After a refused subscription, which the platform counts."""
    busy: float = RATE_SECONDS
    """After too many requests: the platform takes none for a minute."""
    replaced: float = 900.0
    """How long another connection that took our place is left alone; doubled each time, to the longest."""
    longest_replaced: float = 4 * 3600.0
    drain: float = 5.0
    again: float = 1.0
    """After a message that no connection took."""
    outbox: float = 0.5
    """How often what other replicas posted is looked for."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    draw: Callable[[], float] = random.random

    def spread(self, seconds: float) -> float:
        """Between the half and the whole of it."""
        return seconds * (0.5 + self.draw() / 2)
