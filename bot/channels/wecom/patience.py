"""Turns that must be answered within seconds: a failing one is tried again meanwhile, a slow one goes on by itself."""

import asyncio

import structlog

from bot.channels.base import Turns
from bot.messages import InboundMessage, Reply
from bot.turns import UNAVAILABLE, Pack, TurnFailed

ANSWER_SECONDS = 4.5
"""The platform cuts the connection after 5."""
INSIST_SECONDS = 3.5
PAUSE_SECONDS = 0.4
FINISH_SECONDS = 5.0
MOST_UNDER_WAY = 1000
"""So many turns may wait for a store that hangs; who writes then is asked to write again."""

_log = structlog.get_logger(__name__)


class PatientTurns:
    """Takes turns with an eye on the clock."""

    def __init__(self, turns: Turns, seconds: float = ANSWER_SECONDS) -> None:
        self._turns = turns
        self._seconds = seconds
        self._under_way: set[asyncio.Task[Reply]] = set()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply | None:
        """The reply; None when it takes longer, and then the turn is still done. Raises nothing but TurnFailed."""
        if len(self._under_way) >= MOST_UNDER_WAY:
            raise TurnFailed(UNAVAILABLE, is_temporary=True)
        task = asyncio.create_task(self._insist(message, pack), name="turn")
        self._under_way.add(task)
        task.add_done_callback(self._end)
        done, _ = await asyncio.wait({task}, timeout=self._seconds)
        if done:
            return task.result()
        _log.warning("turn_slow", channel=message.channel)
        task.add_done_callback(_tell_late)
        return None

    async def finish(self) -> None:
        """Wait some seconds for the turns that are under way; the platform delivers again what is then given up."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _end(self, task: asyncio.Task[Reply]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen, should nobody wait for it any more

    async def _insist(self, message: InboundMessage, pack: Pack | None) -> Reply:
        loop = asyncio.get_running_loop()
        until = loop.time() + min(INSIST_SECONDS, self._seconds / 2)
        while True:
            try:
                return await self._turns.handle(message, pack)
            except TurnFailed as error:
                if not error.is_temporary or loop.time() >= until:
                    raise
            await asyncio.sleep(PAUSE_SECONDS)


def _tell_late(task: asyncio.Task[Reply]) -> None:
    if not task.cancelled() and isinstance(task.exception(), TurnFailed):
        _log.error("turn_failed_late")
