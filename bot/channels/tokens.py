"""Access tokens of platforms: fetched once, by one process, and shared by all replicas through the store."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

from bot.channels.naming import name_of
from bot.sessions.base import Board

EARLY = 300.0
"""So many seconds before its end a token is no longer used."""
LEASE_SECONDS = 20.0
LOOK_AGAIN = 0.05


@dataclass(frozen=True, slots=True)
class FreshToken:
    """A token as the platform gave it, and for how many seconds."""

    value: str
    seconds: float


Fetch = Callable[[], Awaitable[FreshToken]]


class SharedToken:
    """One token; what `fetch` raises comes out of `get` and `renew`. `name` tells it from others and is no secret."""

    def __init__(self, board: Board, name: str, fetch: Fetch) -> None:
        named = name_of(name)
        self._note, self._lease = f"token:{named}", f"token-lease:{named}"
        self._board = board
        self._fetch = fetch
        self._holder = uuid4().hex
        self._fetching = asyncio.Lock()

    async def get(self) -> str:
        """The token in use; a new one when there is none. StoreUnavailable when the store can't be used."""
        return await self._read() or await self.renew("")

    async def renew(self, stale: str) -> str:
        """Another token than `stale`, which the platform no longer takes: the one that somebody else has fetched
        meanwhile, or a new one."""
        async with self._fetching:
            while True:
                if (known := await self._read()) and known != stale:
                    return known
                if await self._board.take_lease(self._lease, self._holder, LEASE_SECONDS):
                    return await self._fetch_one(stale)
                await asyncio.sleep(LOOK_AGAIN)

    async def _fetch_one(self, stale: str) -> str:
        try:
            if (known := await self._read()) and known != stale:  # fetched between the look and the lease
                return known
            fresh = await self._fetch()
            seconds = max(fresh.seconds - EARLY, fresh.seconds / 2)
            await self._board.write_note(self._note, json.dumps(fresh.value).encode(), seconds)
            return fresh.value
        finally:
            await self._board.drop_lease(self._lease, self._holder)

    async def _read(self) -> str:
        kept = await self._board.read_note(self._note)
        return str(json.loads(kept)) if kept else ""
