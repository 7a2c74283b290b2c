"""Whom the AI bot may write to of itself: those who have written to it in their single chat."""

from bot.channels.wecom.bot_streams import tried
from bot.errors import SessionError
from bot.sessions.base import Board

KEPT = 30 * 86_400.0
MOST_HERE = 10_000
WAIT_SECONDS = 1.0


class Reachable:
    """Remembers them for all replicas; the platform refuses what is sent to others."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._here: set[str] = set()

    async def note(self, user: str) -> None:
        """Somebody has written in the single chat."""
        if user in self._here:
            return
        if len(self._here) >= MOST_HERE:
            self._here.clear()
        if await tried(self._board.write_note(_name(user), b"1", KEPT), WAIT_SECONDS):
            self._here.add(user)

    async def has(self, user: str) -> bool:
        """Whether somebody has; False when the store can't be asked."""
        try:
            return user in self._here or await self._board.read_note(_name(user)) is not None
        except SessionError:
            return False


def _name(user: str) -> str:
    return f"wecom_bot:reachable:{user}"
