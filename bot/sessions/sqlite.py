"""Conversations kept in a SQLite file, with the same promises for one process and for several on one machine.

Reads happen in the event loop, for they take microseconds; commits, which wait for the disk, in a thread. What SQLite
would do now and then inside a commit (copying the log back into the file, 8 ms) is done by a second thread.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.sessions import rows
from bot.sessions.base import (
    Change,
    Clock,
    SessionConflict,
    SessionKey,
    StoredHandOff,
    StoredSession,
    StoreUnavailable,
    TurnRecord,
)
from bot.sessions.batches import Batches
from bot.sessions.bell import Bell
from bot.sessions.database import PAUSE, is_lock
from bot.sessions.file import Job, StoreFile
from bot.sessions.rewriting_rows import PARTS, rewrite_piece
from bot.sessions.sqlite_sending import SqliteBoard, SqliteOutbox
from bot.sessions.upkeep import Upkeep

T = TypeVar("T")


class SqliteStore:
    """A SessionStore in a file. It keeps a conversation for so many days after its last turn.

    Of a removed conversation the file keeps the key and the last reply for a week, so that a repeated message is known.
    It waits `patience` seconds for a lock of another program.
    """

    def __init__(self, path: Path, *, keep_days: int, patience: float = 3.0, clock: Clock = time.time) -> None:
        self._path = path
        self._keep_days = keep_days
        self._patience = patience
        self._clock = clock
        self._opened: _Opened | None = None
        self._bell = Bell()
        self.outbox = SqliteOutbox(self, clock, self._bell)
        self.board = SqliteBoard(self, clock)

    async def open(self) -> None:
        """Make the file ready and remove what is past its time; raises StoreUnavailable when it can't be used."""
        if self._opened is not None:
            return
        writing = ThreadPoolExecutor(1, "session-writer")
        try:
            file = await _run(writing, lambda: StoreFile(self._path, self._patience))
        except BaseException:
            writing.shutdown()
            raise
        opened = _Opened(file, writing, Upkeep(file, writing, self._keep_days, self._clock))
        try:
            await opened.upkeep.do_what_is_due()
        except BaseException:
            await opened.close()
            raise
        self._opened = opened

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept of the conversation, with the reply to a message of this id."""
        return await self.read(partial(rows.load, key=key, message_id=message_id))

    async def commit(self, turn: TurnRecord) -> None:
        """Keep state and reply in one write that survives a power cut; SessionConflict when another was faster."""
        opened = self._require_open()
        if not await self.write(partial(rows.write_turn, turn=turn, moment=self._clock())):
            raise SessionConflict(turn.key)
        if turn.state is None:
            with suppress(StoreUnavailable):  # the turn is kept; the log is emptied within a minute
                await opened.upkeep.truncate_log()
        if turn.parcels:
            self._bell.ring()

    async def hand_offs(self) -> tuple[StoredHandOff, ...]:
        """All that waits for a person, the oldest first."""
        return await self.read(rows.hand_offs)

    async def close_hand_off(self, number: str) -> bool:
        """Remove what was handed over under this number; False when there is nothing of it."""
        opened = self._require_open()
        is_closed = await self.write(partial(rows.close_hand_off, number=number))
        await opened.upkeep.truncate_log()
        return is_closed

    async def purge(self, days: int) -> int:
        """Remove all that is kept of conversations without a turn for so many days; how many there were."""
        upkeep = self._require_open().upkeep
        swept = await upkeep.sweep(days)
        await upkeep.truncate_log()
        return swept

    async def count_since(self, moment: float) -> int:
        """How many conversations had a turn since then, removed ones too."""
        return await self.survey(partial(rows.count_since, moment=int(moment)))

    async def rewrite(self, change: Change) -> int:
        """Keep what `change` makes of each content, in pieces that hold no turn up; how many are other now."""
        upkeep, changed = self._require_open().upkeep, 0
        for part in PARTS:
            last: int | str | None = 0 if part.row == "id" else ""
            while last is not None:
                step = await self.write(partial(rewrite_piece, part=part, change=change, after=last))
                changed, last = changed + step.changed, step.last
                upkeep.count(step.changed)
        await upkeep.truncate_log()
        return changed

    async def check(self) -> None:
        """Return when the file can be read and written."""
        await self.read(rows.read_check)
        await self.write(partial(rows.write_check, now=int(self._clock())))

    async def close(self) -> None:
        """Finish all writes and close the file."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            await opened.close()

    def _require_open(self) -> "_Opened":
        if self._opened is None:
            raise StoreUnavailable(f"{self._path} 没有打开")
        return self._opened

    async def read(self, query: Job[T]) -> T:
        """What a query of the file returns; it takes microseconds, so it is made in the event loop."""
        file = self._require_open().file
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return file.read(query)
            except StoreUnavailable as error:
                if not is_lock(error.__cause__) or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(PAUSE)

    async def survey(self, query: Job[T]) -> T:
        """What a long query of the file returns; it is made in a thread, beside the turns."""
        return await asyncio.to_thread(self._require_open().file.survey, query)

    def write(self, job: Job[T]) -> Awaitable[T]:
        """What a job on the file returns, once all that it wrote is durable, with what else is written just then."""
        return self._require_open().batches.add(job)


class _Opened:
    """What a store has while it is open."""

    def __init__(self, file: StoreFile, writing: ThreadPoolExecutor, upkeep: Upkeep) -> None:
        self.file = file
        self.writing = writing
        self.upkeep = upkeep
        self.batches = Batches(self._write_batch, writing, upkeep.count)
        self._tidying = asyncio.create_task(upkeep.run(), name="session upkeep")

    async def close(self) -> None:
        self._tidying.cancel()
        await asyncio.gather(self._tidying, return_exceptions=True)
        await self.batches.drain()
        with suppress(StoreUnavailable):
            await self.upkeep.truncate_log()
        self.upkeep.close()
        await _run(self.writing, self.file.close)
        self.writing.shutdown()

    def _write_batch(self, jobs: Sequence[Job[Any]]) -> Sequence[Any]:
        return self.file.write(lambda writer: [job(writer) for job in jobs])


async def _run(thread: ThreadPoolExecutor, job: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(thread, job)
