"""Whether somebody may try the password now: budgets that all replicas share, in the store."""

from collections.abc import Callable

from bot.console.tickets import Seal, Ticket
from bot.sessions.allowing import take
from bot.sessions.base import Allowance, Board

OF_ONE = (Allowance(10, 300.0), Allowance(100, 86_400.0))
"""Attempts from one address. The right ones count too: what is taken before the look can't be raced."""
OF_ALL = (Allowance(100, 300.0),)
"""Attempts from everywhere. With twelve characters that is nothing to guess with."""


OF_PROCESS = (Allowance(120, 60.0),)
"""Attempts of strangers that this process looks up at all: a new address leaves a note in the store for a day."""


class Attempts:
    """Counts the attempts to log in."""

    def __init__(self, board: Board, seal: Seal, clock: Callable[[], float]) -> None:
        self._board = board
        self._seal = seal
        self._clock = clock
        self._taken = b""

    async def begin(self, address: str, known: Ticket | None) -> float:
        """Take one attempt; 0.0, or the seconds to wait for it. Raises StoreUnavailable.

        A browser that has logged in before has a budget of its own: strangers can't use up that of the staff.
        """
        if known is not None:
            return await self._board.spend(self._seal.name_of("known", known.id), OF_ONE)
        self._taken, wait = take(self._taken, OF_PROCESS, self._clock())
        if wait:
            return wait
        # the address first: who is stopped there takes nothing from the others
        wait = await self._board.spend(self._seal.name_of("address", address), OF_ONE)
        return wait or await self._board.spend(self._seal.name_of("all", ""), OF_ALL)
