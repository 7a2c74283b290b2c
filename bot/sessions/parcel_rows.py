"""What waits to be sent, in the tables: a row for each parcel, removed once it is sent.

Only the first of a lane has a time when it is due: to claim costs the same however many stand behind it.
"""

import sqlite3
from collections.abc import Collection, Iterable

from bot.observing import Depth
from bot.sessions.base import Parcel, StoredParcel

_COLUMNS = "name, door, lane, CAST(content AS BLOB), at, due, attempts, why, is_dead"
_CLAIM = f"""
SELECT {_COLUMNS} FROM parcels AS one
WHERE NOT is_dead AND due <= :now AND +door IN (SELECT value FROM json_each(:doors))
AND id = (SELECT min(id) FROM parcels AS other WHERE other.door = one.door AND other.lane = one.lane AND NOT is_dead)
ORDER BY due, id LIMIT :limit
"""  # noqa: S608 - the columns are ours
"""The + keeps SQLite from going through all that waits of a door, rather than through what is due."""
_POST = """
INSERT OR IGNORE INTO parcels (session, name, door, lane, at, content, due)
SELECT :session, :name, :door, :lane, :now, :content,
iif(EXISTS (SELECT 1 FROM parcels WHERE door = :door AND lane = :lane AND NOT is_dead), 9e999, :now)
"""
_MOVE_UP = """
UPDATE parcels SET due = at
WHERE id = (SELECT min(id) FROM parcels WHERE door = ? AND lane = ? AND NOT is_dead) AND due = 9e999
"""


def post(connection: sqlite3.Connection, parcels: Iterable[Parcel], now: float, session: int | None = None) -> None:
    """Keep the parcels; one whose id waits already is not kept twice."""
    rows = (
        {"session": session, "name": one.id, "door": one.door, "lane": one.lane, "now": now, "content": one.content}
        for one in parcels
    )
    connection.executemany(_POST, rows)


def has_due(connection: sqlite3.Connection, now: float) -> bool:
    """Whether there may be something to claim."""
    sql = "SELECT 1 FROM parcels WHERE NOT is_dead AND due <= ? LIMIT 1"
    return bool(connection.execute(sql, (now,)).fetchall())


def claim(
    connection: sqlite3.Connection, doors: Collection[str], limit: int, now: float, seconds: float
) -> tuple[StoredParcel, ...]:
    """The first parcel of each lane, where it is due; from now on it is not for so many seconds."""
    named = '["' + '","'.join(sorted(doors)) + '"]'
    found = connection.execute(_CLAIM, {"now": now, "doors": named, "limit": limit}).fetchall()
    claimed = tuple(_parcel(row) for row in found)
    sql = "UPDATE parcels SET due = ? WHERE name = ?"
    connection.executemany(sql, ((now + seconds, one.parcel.id) for one in claimed))
    return claimed


def put_off(connection: sqlite3.Connection, parcel_id: str, due: float, why: str) -> None:
    """Let it wait until then, and count the attempt."""
    sql = "UPDATE parcels SET due = ?, attempts = attempts + 1, why = ? WHERE name = ?"
    connection.execute(sql, (due, why, parcel_id))


def bury(connection: sqlite3.Connection, parcel_id: str, why: str) -> None:
    """Keep it as dead."""
    sql = "UPDATE parcels SET is_dead = 1, attempts = attempts + 1, why = ? WHERE name = ? RETURNING door, lane"
    _leave_lanes(connection, sql, why, parcel_id)


def waiting(connection: sqlite3.Connection) -> tuple[StoredParcel, ...]:
    """All parcels in the order in which they were posted."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM parcels ORDER BY id")  # noqa: S608 - the columns are ours
    return tuple(_parcel(row) for row in rows.fetchall())


def depths(connection: sqlite3.Connection) -> tuple[Depth, ...]:
    """How much waits and how much is dead, for each door that has any."""
    sql = """SELECT door, sum(NOT is_dead), sum(is_dead), coalesce(min(at) FILTER (WHERE NOT is_dead), 0.0)
             FROM parcels GROUP BY door ORDER BY door"""
    return tuple(Depth(*row) for row in connection.execute(sql).fetchall())


def retry(connection: sqlite3.Connection, parcel_id: str, now: float) -> bool:
    """Let it be tried now; False when there is none of this id."""
    sql = "UPDATE parcels SET is_dead = 0, attempts = 0, why = '', at = ?, due = ? WHERE name = ?"
    return bool(connection.execute(sql, (now, now, parcel_id)).rowcount)


def drop(connection: sqlite3.Connection, parcel_id: str) -> bool:
    """Remove it; False when there is none of this id."""
    return bool(_leave_lanes(connection, "DELETE FROM parcels WHERE name = ? RETURNING door, lane", parcel_id))


def remove_of_session(connection: sqlite3.Connection, session: int) -> None:
    """Remove what still waited to be sent of a conversation."""
    _leave_lanes(connection, "DELETE FROM parcels WHERE session = ? RETURNING door, lane", session)


def remove_old(connection: sqlite3.Connection, before: float) -> int:
    """Remove what was posted before; how many there were."""
    return _leave_lanes(connection, "DELETE FROM parcels WHERE at < ? RETURNING door, lane", before)


def _leave_lanes(connection: sqlite3.Connection, sql: str, *given: object) -> int:
    """Take parcels out of their lanes and let the next ones be due; how many left."""
    lanes = connection.execute(sql, given).fetchall()
    connection.executemany(_MOVE_UP, set(lanes))
    return len(lanes)


def _parcel(row: tuple[str, str, str, bytes, float, float, int, str, int]) -> StoredParcel:
    name, door, lane, content, at, due, attempts, why, is_dead = row
    return StoredParcel(Parcel(name, door, lane, content), at, due, attempts, why, bool(is_dead))
