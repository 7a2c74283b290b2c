"""What a conversation is in the tables: one row in `sessions`, and its last replies in a ring of fixed places."""

import sqlite3
from collections.abc import Iterable

from bot.sessions import parcel_rows
from bot.sessions.base import (
    DAY,
    DAYS_OF_REPLIES,
    KEPT_REPLIES,
    HandOffRecord,
    SessionKey,
    StoredHandOff,
    StoredSession,
    TurnRecord,
)

_BEGIN = """
INSERT INTO sessions (channel, conversation, version, touched, state) VALUES (?, ?, 1, ?, ?)
ON CONFLICT DO NOTHING RETURNING id
"""
_GO_ON = """
UPDATE sessions SET version = version + 1, touched = ?, state = ?
WHERE channel = ? AND conversation = ? AND version = ?
    AND NOT EXISTS (SELECT 1 FROM replies WHERE session = sessions.id AND message_id = ?)
RETURNING id
"""
_LOAD = """
SELECT CAST(state AS BLOB), version,
    (SELECT CAST(reply AS BLOB) FROM replies WHERE session = sessions.id AND message_id = ?)
FROM sessions WHERE channel = ? AND conversation = ?
"""
_HAND_OFFS = """
SELECT number, channel, conversation, at, CAST(content AS BLOB)
FROM hand_offs JOIN sessions ON sessions.id = hand_offs.session ORDER BY at, hand_offs.id
"""
_FIND_EXPIRED = "SELECT id, state IS NOT NULL FROM sessions WHERE touched < ? OR (state IS NULL AND touched < ?)"


def load(connection: sqlite3.Connection, key: SessionKey, message_id: str) -> StoredSession:
    """What is kept of the conversation, with the reply to a message of this id."""
    rows = connection.execute(_LOAD, (message_id, key.channel, key.conversation)).fetchall()
    return StoredSession(*rows[0]) if rows else StoredSession(None, 0)


def write_turn(connection: sqlite3.Connection, turn: TurnRecord, moment: float) -> bool:
    """Write one turn; False, and nothing written, when another turn was faster or did this very message."""
    now = int(moment)
    session = _write_state(connection, turn, now)
    if session is None:
        return False
    if turn.state is None:
        _remove_parts(connection, session)
    elif turn.unreadable is not None:
        aside = (session, now, turn.unreadable)
        connection.execute("INSERT INTO unreadable_sessions (session, at, state) VALUES (?, ?, ?)", aside)
    if turn.state is not None and turn.hand_off is not None:
        _write_hand_off(connection, session, turn.hand_off, now)
    place = session * KEPT_REPLIES + turn.version % KEPT_REPLIES
    connection.execute(
        "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)", (place, session, turn.message_id, now, turn.reply)
    )
    parcel_rows.post(connection, turn.parcels, moment, session)
    return True


def hand_offs(connection: sqlite3.Connection) -> tuple[StoredHandOff, ...]:
    """All that waits for a person, the oldest first."""
    return tuple(
        StoredHandOff(number, SessionKey(channel, conversation), at, content)
        for number, channel, conversation, at, content in connection.execute(_HAND_OFFS).fetchall()
    )


def close_hand_off(connection: sqlite3.Connection, number: str) -> bool:
    """Remove what was handed over under this number; False when there is nothing of it."""
    return bool(connection.execute("DELETE FROM hand_offs WHERE number = ?", (number,)).rowcount)


def count_since(connection: sqlite3.Connection, moment: int) -> int:
    """How many conversations had a turn since then, removed ones too."""
    sql = "SELECT count(*) FROM sessions WHERE touched >= ?"
    found: int = connection.execute(sql, (moment,)).fetchone()[0]
    return found


def find_expired(connection: sqlite3.Connection, now: int, keep_days: int) -> tuple[tuple[int, bool], ...]:
    """The conversations that nobody touched for that long, and removed ones once no repeated message is due.

    Each with whether anything but its name is kept of it.
    """
    rows = connection.execute(_FIND_EXPIRED, (now - keep_days * DAY, now - DAYS_OF_REPLIES * DAY))
    return tuple((session, bool(has_state)) for session, has_state in rows.fetchall())


def remove_expired(connection: sqlite3.Connection, sessions: Iterable[tuple[int, bool]], now: int) -> int:
    """Remove what `find_expired` found, except what was touched meanwhile; of how many there was anything left."""
    removed = 0
    for session, has_state in sessions:
        if connection.execute("DELETE FROM sessions WHERE id = ? AND touched < ?", (session, now)).rowcount:
            _remove_parts(connection, session)
            removed += has_state
    return removed


def remove_old_replies(connection: sqlite3.Connection, now: int, limit: int) -> int:
    """Remove replies that no platform will ask for again, so many at most; how many there were."""
    sql = "DELETE FROM replies WHERE id IN (SELECT id FROM replies WHERE at < ? LIMIT ?)"
    return connection.execute(sql, (now - DAYS_OF_REPLIES * DAY, limit)).rowcount


def read_check(connection: sqlite3.Connection) -> None:
    """Read something, and do nothing with it."""
    connection.execute("SELECT at FROM checks").fetchall()


def write_check(connection: sqlite3.Connection, now: int) -> None:
    """Write something that nobody reads."""
    connection.execute("INSERT OR REPLACE INTO checks VALUES (1, ?)", (now,))


def _write_state(connection: sqlite3.Connection, turn: TurnRecord, now: int) -> int | None:
    """The row of the conversation, one version further; None when it is not the one that the turn began with."""
    key = turn.key
    if turn.version:
        given = (now, turn.state, key.channel, key.conversation, turn.version, turn.message_id)
        found = connection.execute(_GO_ON, given).fetchall()
    else:
        found = connection.execute(_BEGIN, (key.channel, key.conversation, now, turn.state)).fetchall()
    return int(found[0][0]) if found else None


def _remove_parts(connection: sqlite3.Connection, session: int) -> None:
    first = session * KEPT_REPLIES
    connection.execute("DELETE FROM replies WHERE id >= ? AND id < ?", (first, first + KEPT_REPLIES))
    connection.execute("DELETE FROM unreadable_sessions WHERE session = ?", (session,))
    connection.execute("DELETE FROM hand_offs WHERE session = ?", (session,))
    parcel_rows.remove_of_session(connection, session)


def _write_hand_off(connection: sqlite3.Connection, session: int, asked: HandOffRecord, now: int) -> None:
    sql = """
    INSERT INTO hand_offs (session, number, at, content) VALUES (?, ?, ?, ?)
    ON CONFLICT (session, number) DO UPDATE SET at = excluded.at, content = excluded.content
    """
    connection.execute(sql, (session, asked.number, now, asked.content))
