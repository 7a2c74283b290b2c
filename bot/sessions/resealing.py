"""Contents sealed anew with the first key once the keys were changed, so that the others can be taken away."""

from dataclasses import dataclass

from bot.sessions.base import Rewritable
from bot.sessions.key_ring import Damaged, KeyMissing, KeyRing, row_of


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many contents are sealed anew; and left as they were: those whose key is not set, and the damaged."""

    sealed: int
    locked: int
    damaged: int


async def reseal(store: Rewritable, ring: KeyRing) -> Resealed:
    """Seal with the first key whatever is not, in a store that may be in use."""
    sealing = _Sealing(ring)
    return Resealed(await store.rewrite(sealing.change), sealing.locked, sealing.damaged)


class _Sealing:
    """Seals one content after the other, and counts those that it can't."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self.locked = 0
        self.damaged = 0

    def change(self, names: tuple[str, ...], kept: bytes) -> bytes:
        if self._ring.is_of_first(kept) or (names[0] == "note" and not self._ring.is_sealed(kept)):
            return kept  # among the notes are leases and budgets, which are never sealed
        row = row_of(*names)
        try:
            return self._ring.seal(row, self._ring.open(row, kept))
        except KeyMissing:
            self.locked += 1
        except Damaged:
            self.damaged += 1
        return kept
