"""Whether somebody may try the password now: budgets that all replicas share, in the store."""

from bot.console.tickets import Seal, Ticket
from bot.sessions.base import Allowance, Board

OF_ONE = (Allowance(10, 300.0), Allowance(100, 86_400.0))
"""Attempts from one address. The right ones count too: what is taken before the look can't be raced."""
OF_ALL = (Allowance(100, 300.0),)
"""Attempts from everywhere. With twelve characters that is nothing to guess with."""


class Attempts:
    """Counts the attempts to log in."""

    def __init__(self, board: Board, seal: Seal) -> None:
        self._board = board
        self._seal = seal

    async def begin(self, address: str, known: Ticket | None) -> float:
        """Take one attempt; 0.0, or the seconds to wait for it. Raises StoreUnavailable.

        A browser that has logged in before has a budget of its own: strangers can't use up that of the staff.
        """
        if known is not None:
            return await self._board.spend(self._seal.name_of("known", known.id), OF_ONE)
        # the address first: who is stopped there takes nothing from the others
        wait = await self._board.spend(self._seal.name_of("address", address), OF_ONE)
        return wait or await self._board.spend(self._seal.name_of("all", ""), OF_ALL)
