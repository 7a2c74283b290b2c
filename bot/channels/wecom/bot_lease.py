"""Which replica may hold the long connection: the one that holds a lease on the board."""

import asyncio
import time

import structlog

from bot.channels.wecom.bot_pace import Pace
from bot.errors import SessionError
from bot.sessions.base import Board

NAME = "wecom_bot:owner"
MARGIN = 0.2
"""The part of the lease's time at which an owner who can't renew it lets go, before anybody else may take it."""

_log = structlog.get_logger(__name__)


class Lease:
    """Taken when it is free, renewed while `run` goes on, given back at its end."""

    def __init__(self, board: Board, holder: str, pace: Pace) -> None:
        self._board = board
        self._holder = holder
        self._pace = pace
        self._until = 0.0
        self._aside = 0.0
        self._changed = asyncio.Condition()

    @property
    def is_held(self) -> bool:
        """Whether nobody else can hold it now."""
        return time.monotonic() < self._until

    async def run(self) -> None:
        """Take and renew until cancelled, then give it back."""
        try:
            while True:
                if time.monotonic() >= self._aside:
                    await self.renew()
                await self._pace.sleep(self._pace.spread(self._pace.renewal))
        finally:
            await self._drop()

    async def renew(self) -> bool:
        """Whether it is held after having been asked for."""
        start = time.monotonic()
        try:
            async with asyncio.timeout(self._pace.renewal):
                got = await self._board.take_lease(NAME, self._holder, self._pace.lease)
        except (SessionError, TimeoutError) as error:
            _log.warning("wecom_bot_lease_unknown", error=type(error).__name__)
            return self.is_held  # until it ends by itself
        self._until = start + self._pace.lease * (1 - MARGIN) if got else 0.0
        async with self._changed:
            self._changed.notify_all()
        return got

    async def step_aside(self, seconds: float) -> None:
        """Let somebody else have it who may do better; if nobody wants it, it is taken again after so long."""
        self._aside = time.monotonic() + seconds
        await self._drop()

    async def wait_held(self) -> None:
        """Return when it is held."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.is_held)

    async def wait_lost(self) -> None:
        """Return when it is held no more."""
        while self.is_held:
            try:
                async with asyncio.timeout(max(self._until - time.monotonic(), 0.001)), self._changed:
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def _drop(self) -> None:
        self._until = 0.0
        try:
            async with asyncio.timeout(self._pace.closing):
                await self._board.drop_lease(NAME, self._holder)
        except (SessionError, TimeoutError):
            _log.warning("wecom_bot_lease_not_dropped")
