"""What a store file needs besides turns: its log copied back, and conversations removed when their time is over."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from bot.sessions import note_rows, parcel_rows, rows
from bot.sessions.base import DAY, Clock, StoreUnavailable
from bot.sessions.file import StoreFile

T = TypeVar("T")

TURNS_PER_COPY = 256
LONGEST_LOG = 8_000  # pages of 4 KiB
CHUNK = 200
MINUTE = 60.0
HOUR = 3_600


class Upkeep:
    """Keeps one file tidy. `writing` is the thread of all writes; what needs no lock is done in a thread of its own."""

    def __init__(self, file: StoreFile, writing: ThreadPoolExecutor, keep_days: int, clock: Clock) -> None:
        self._file = file
        self._writing = writing
        self._copying = ThreadPoolExecutor(1, "session-log")
        self._keep_days = keep_days
        self._clock = clock
        self._copy: Future[None] | None = None
        self._turns = 0
        self._owes_truncation = True  # a bot that was killed may have left something removed in the log
        self._swept = 0

    async def run(self) -> None:
        """Do what is due, every minute, until cancelled."""
        while True:
            await asyncio.sleep(MINUTE)
            with suppress(StoreUnavailable):  # the next turn says so, and the next minute tries again
                await self.do_what_is_due()

    async def do_what_is_due(self) -> None:
        """Remove what is past its time once an hour, and empty the log where that could not be done at once."""
        now = int(self._clock())
        if now - self._swept >= HOUR:
            await self.sweep(self._keep_days)
            self._swept = now
        if self._owes_truncation:
            await self.truncate_log()

    async def truncate_log(self) -> None:
        """Empty the log, or remember that it has to be done."""
        self._owes_truncation = True
        self._owes_truncation = not await self._write(self._file.truncate_log)

    def count(self, turns: int) -> None:
        """Take note of turns that were written, and have the log copied back when there were many."""
        self._turns += turns
        if self._turns >= TURNS_PER_COPY and (self._copy is None or self._copy.done()):
            self._turns = 0
            self._copy = self._copying.submit(self._copy_log)

    def close(self) -> None:
        """Wait for what is under way."""
        self._copying.shutdown()

    def _copy_log(self) -> None:
        with suppress(StoreUnavailable):  # the log only grows; the next copy takes it along
            if self._file.copy_log() > LONGEST_LOG:
                self._writing.submit(self._file.restart_log)

    async def sweep(self, keep_days: int) -> int:
        """Remove what is past its time, in pieces that hold no turn up; how many conversations it was."""
        now, swept = int(self._clock()), 0
        find = partial(rows.find_expired, now=now, keep_days=keep_days)
        expired = await asyncio.get_running_loop().run_in_executor(self._copying, self._file.survey, find)
        for start in range(0, len(expired), CHUNK):
            remove = partial(rows.remove_expired, sessions=expired[start : start + CHUNK], now=now)
            swept += await self._write(partial(self._file.write, remove))
        await self._write(partial(self._file.write, partial(note_rows.remove_old, now=now)))
        old = partial(parcel_rows.remove_old, before=now - keep_days * DAY)
        self._owes_truncation |= await self._write(partial(self._file.write, old)) > 0
        removed = CHUNK
        while removed == CHUNK:
            removed = await self._write(
                partial(self._file.write, partial(rows.remove_old_replies, now=now, limit=CHUNK))
            )
            self._owes_truncation |= bool(expired) or removed > 0
        return swept

    async def _write(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, job)
