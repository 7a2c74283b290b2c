"""How answers came out, day by day, of all replicas together and past their restarts; kept in the store.

Each process has a seat, which nobody else has meanwhile (a lease), and one note of each day that it alone adds to.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import uuid4

import structlog
from aiohttp import web

from bot.metrics import Metrics
from bot.observing import Ending
from bot.responder import BEIJING
from bot.sessions.base import Board, StoreUnavailable

SEATS = 16
"""So many replicas are counted; further ones are not."""
SEAT_SECONDS = 120.0
PAUSE = 15.0
DAYS = 7
KEPT_SECONDS = (DAYS + 1) * 86_400.0
FAILED = "failed"
"""Turns that ended without an answer, for whichever reason."""

_log = structlog.get_logger(__name__)


class Tallies:
    """Adds what this process counts to what is kept, and tells what all have kept."""

    def __init__(self, board: Board, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._board = board
        self._metrics = metrics
        self._clock = clock
        self._me = uuid4().hex
        self._keeping = asyncio.Lock()
        self._kept: Counter[str] = Counter()

    async def run(self, pause: float = PAUSE) -> None:
        """Keep what is counted, now and then, until cancelled; what can't be kept now is kept later."""
        while True:
            await asyncio.sleep(pause)
            try:
                await self.keep()
            except StoreUnavailable as error:
                _log.warning("console_not_tallied", error=type(error).__name__)

    async def attend(self, _app: web.Application) -> AsyncIterator[None]:
        """While the server runs, keep what is counted; at its end what is left."""
        async with asyncio.TaskGroup() as group:
            running = group.create_task(self.run())
            yield
            running.cancel()
        with suppress(StoreUnavailable):
            await self.keep()

    async def keep(self) -> None:
        """Add what was counted since the last time to the note of the day. Raises StoreUnavailable."""
        async with self._keeping:
            counted = self._count()
            if not (news := counted - self._kept) or (seat := await self._take_seat()) is None:
                return
            name = _name_of(self._today(), seat)
            kept = _read(await self._board.read_note(name)) + news
            await self._board.write_note(name, json.dumps(kept).encode(), KEPT_SECONDS)
            self._kept = counted

    async def read(self, days: int) -> Counter[str]:
        """What all replicas came to on so many days, today among them. Raises StoreUnavailable."""
        today = self._today()
        names = (_name_of(today - timedelta(days=ago), seat) for ago in range(days) for seat in range(SEATS))
        return _sum([_read(await self._board.read_note(name)) for name in names])

    async def _take_seat(self) -> int | None:
        for seat in range(SEATS):
            if await self._board.take_lease(f"console:seat:{seat}", self._me, SEAT_SECONDS):
                return seat
        return None

    def _count(self) -> Counter[str]:
        endings = self._metrics.totals("policybot_turn_endings_total", "ending")
        failed = endings.get(Ending.FAILED.value, 0) + endings.get(Ending.UNAVAILABLE.value, 0)
        own = {Ending.ANSWERED.value: endings.get(Ending.ANSWERED.value, 0), FAILED: failed}
        return Counter({**self._metrics.totals("policybot_turn_marks_total", "mark"), **own})

    def _today(self) -> date:
        return self._clock().astimezone(BEIJING).date()


def _name_of(day: date, seat: int) -> str:
    return f"console:tally:{day.isoformat()}:{seat}"


def _read(note: bytes | None) -> Counter[str]:
    """What a note has; of a damaged one nothing, for these are only figures."""
    try:
        found = json.loads(note or b"{}")
    except ValueError:
        return Counter()
    counts = found if isinstance(found, dict) else {}
    return Counter({str(name): count for name, count in counts.items() if isinstance(count, int)})


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total += each
    return total
