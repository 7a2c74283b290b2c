"""The states of all conversations in a file, read beside a bot that may be running; nothing is written."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.sessions.base import SessionKey
from bot.sessions.database import patiently, plain_errors, require_whole

PATIENCE = 3.0
_STATES = """
SELECT channel, conversation, CAST(state AS BLOB) FROM sessions
WHERE state IS NOT NULL AND touched >= ? ORDER BY state
"""


def read_states(path: Path, since: int) -> tuple[tuple[SessionKey, bytes], ...]:
    """What is kept of every conversation that was touched since then (seconds), in no order of time or person."""
    with plain_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        patiently(lambda: require_whole(connection, path), PATIENCE)
        rows = connection.execute(_STATES, (since,))
        return tuple((SessionKey(channel, conversation), state) for channel, conversation, state in rows)
