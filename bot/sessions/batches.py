"""Writes that arrive together, made together: one commit costs the same for one turn as for sixty."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

from bot.sessions.file import Job

T = TypeVar("T")
LARGEST = 256
WriteBatch = Callable[[Sequence[Job[Any]]], Sequence[Any]]
_Waiting = tuple[Job[Any], asyncio.Future[Any]]


class Batches:
    """Writes one batch at a time in a thread; the jobs that arrive meanwhile are the next batch."""

    def __init__(self, write: WriteBatch, executor: Executor, on_written: Callable[[int], None]) -> None:
        self._write = write
        self._executor = executor
        self._on_written = on_written
        self._waiting: list[_Waiting] = []
        self._idle = asyncio.Event()
        self._idle.set()

    def add(self, job: Job[T]) -> asyncio.Future[T]:
        """What the job returns, once all that it wrote is durable; whatever the write raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((job, future))
        if self._idle.is_set():
            self._idle.clear()
            loop.call_soon(self._start)  # not at once, so that the jobs of this tick are together
        return future

    async def drain(self) -> None:
        """Return when all that was added is written."""
        await self._idle.wait()

    def _start(self) -> None:
        batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
        jobs = tuple(job for job, _ in batch)
        written = asyncio.get_running_loop().run_in_executor(self._executor, self._write, jobs)
        written.add_done_callback(partial(self._finish, batch))

    def _finish(self, batch: Sequence[_Waiting], written: asyncio.Future[Sequence[Any]]) -> None:
        error = asyncio.CancelledError() if written.cancelled() else written.exception()
        outcomes = [None] * len(batch) if error else written.result()
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            _settle(future, outcome, error)
        if self._waiting:
            self._start()
        else:
            self._idle.set()
        self._on_written(len(batch))


def _settle(future: asyncio.Future[Any], outcome: object, error: BaseException | None) -> None:
    if future.done():  # the one that waited was cancelled; what was written stays
        return
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)
