"""One SQLite file as a store uses it: a connection that writes, one that reads, one that copies the log back."""

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

from bot.sessions.base import StoreUnavailable
from bot.sessions.database import connect, create_file, create_tables, is_lock, patiently, plain_errors, transaction

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

PATIENCE_WITH_READERS = 200  # milliseconds


class StoreFile:
    """The open file; every method raises StoreUnavailable with a plain sentence, and no error of sqlite3."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self._patience = patience
        with plain_errors(path):
            create_file(path)
            self._opened = patiently(self._connect, patience)

    def read(self, query: Job[T]) -> T:
        """What the query returns; it never waits for a lock, so that it may run in the event loop."""
        with plain_errors(self.path):
            return query(self._reader)

    def write(self, job: Job[T]) -> T:
        """What the job returns, once all that it wrote is durable; it may wait for locks and the disk."""
        with plain_errors(self.path):
            self._require_same_file()
            with transaction(self._writer, self._patience):
                return job(self._writer)

    def survey(self, query: Job[T]) -> T:
        """What a long query returns, for another thread than the event loop's."""
        with plain_errors(self.path):
            return query(self._copier)

    def copy_log(self) -> int:
        """Copy what no reader needs from the log back into the file, next to the writer; how many pages the log has."""
        with plain_errors(self.path):
            return int(self._copier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])

    def restart_log(self) -> bool:
        """Let the log be written from its start again; False when another program is reading just now."""
        return self._finish_log("RESTART")

    def truncate_log(self) -> bool:
        """Empty the log, so that nothing removed is readable in it; False when another program is reading just now."""
        return self._finish_log("TRUNCATE")

    def _finish_log(self, how: str) -> bool:
        with plain_errors(self.path):
            try:
                self._writer.execute(f"PRAGMA busy_timeout={PATIENCE_WITH_READERS}")
                return bool(self._writer.execute(f"PRAGMA wal_checkpoint({how})").fetchone()[0] == 0)
            except sqlite3.OperationalError as error:
                if not is_lock(error):
                    raise
                return False
            finally:
                self._writer.execute("PRAGMA busy_timeout=0")

    def close(self) -> None:
        """Let go of the file."""
        with plain_errors(self.path):
            self._opened.close()

    def _connect(self) -> ExitStack:
        with ExitStack() as opened:
            self._writer, self._copier, self._reader = (
                opened.enter_context(closing(connect(self.path))) for _ in range(3)
            )
            create_tables(self._writer, self.path)
            for connection in (self._copier, self._reader):  # now, while the name still means this very file
                connection.execute("SELECT at FROM checks").fetchall()
            self._reader.execute("PRAGMA query_only=ON")
            self._identity = _identify(self.path)
            return opened.pop_all()

    def _require_same_file(self) -> None:
        # SQLite would go on writing to a file that has no name any more
        try:
            is_same = _identify(self.path) == self._identity
        except FileNotFoundError:
            is_same = False
        if not is_same:
            raise StoreUnavailable(f"{self.path} 在运行时被移走或换掉了；请重新启动")


def _identify(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
