"""All contents in the tables, one small piece after the other, to be put into another form."""

import sqlite3
from dataclasses import dataclass

from bot.sessions.base import Change

PIECE = 200
_OF_SESSION = "JOIN sessions ON sessions.id = one.session"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of contents: its table, the row's own column, and where the names of its place stand."""

    kind: str
    table: str
    content: str
    names: str
    join: str = ""
    row: str = "id"

    @property
    def find(self) -> str:
        """Finds the next rows behind one."""
        return f"""
        SELECT one.{self.row}, CAST(one.{self.content} AS BLOB), {self.names} FROM {self.table} AS one {self.join}
        WHERE one.{self.content} IS NOT NULL AND one.{self.row} > ? ORDER BY one.{self.row} LIMIT {PIECE}
        """  # noqa: S608 - the words are ours

    @property
    def put(self) -> str:
        """Writes one content."""
        return f"UPDATE {self.table} SET {self.content} = ? WHERE {self.row} = ?"  # noqa: S608 - the words are ours


PARTS = (
    Part("state", "sessions", "state", "channel, conversation"),
    Part("state", "unreadable_sessions", "state", "channel, conversation", _OF_SESSION),
    Part("reply", "replies", "reply", "channel, conversation, message_id", _OF_SESSION),
    Part("hand-off", "hand_offs", "content", "channel, conversation, number", _OF_SESSION),
    Part("parcel", "parcels", "content", "name, door, lane"),
    Part("note", "notes", "value", "name", row="name"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """How many contents of a piece are other now, and its last row; None where there was nothing left."""

    changed: int
    last: int | str | None


def rewrite_piece(connection: sqlite3.Connection, part: Part, change: Change, after: int | str) -> Step:
    """Put the contents behind this row into another form, so many at most."""
    found = connection.execute(part.find, (after,)).fetchall()
    every = ((change((part.kind, *names), kept), kept, row) for row, kept, *names in found)
    changed = [(other, row) for other, kept, row in every if other != kept]
    connection.executemany(part.put, changed)
    return Step(len(changed), found[-1][0] if found else None)
