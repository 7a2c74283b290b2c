"""The instants at which a process ends itself, as if its machine had lost its power."""

import os
import signal
import sqlite3
from asyncio import events
from enum import StrEnum
from pathlib import Path

from bot.sessions import file
from bot.sessions.database import connect


class Point(StrEnum):
    """Where a process may end."""

    NOWHERE = "nowhere"
    STEP = "step"
    """Between two steps of the event loop: each await of each task is such a place, and each answer of a socket."""
    STATEMENT = "statement"
    """Before a statement of SQLite, those within a transaction too."""


class Fuse:
    """Ends this process at the given pass."""

    def __init__(self, passes: int) -> None:
        self._left = passes

    def burn(self) -> None:
        """Pass once."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(point: Point, passes: int) -> None:
    """From now on this process ends at so many passes of the point, counted from 1."""
    match point:
        case Point.STEP:
            _burn_at_steps(Fuse(passes))
        case Point.STATEMENT:
            _burn_at_statements(Fuse(passes))
        case Point.NOWHERE:
            pass


def _burn_at_steps(fuse: Fuse) -> None:
    run = events.Handle._run

    def burn_and_run(handle: events.Handle) -> None:
        fuse.burn()
        run(handle)

    events.Handle._run = burn_and_run  # type: ignore[method-assign, assignment]


def _burn_at_statements(fuse: Fuse) -> None:
    def connect_traced(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda _: fuse.burn())
        return connection

    file.connect = connect_traced  # type: ignore[attr-defined]
