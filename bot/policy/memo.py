"""What was worked out before, kept for as long as the content that it came from, and never more than so much of it."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
LONGEST_KEPT = 16
"""Most answers are no longer."""
FEW = 10
_NOTHING: Any = object()


class Memo(Generic[Key, Made]):
    """The last `most` things made, at least, and at most twice as many; what was not used for longest goes first.

    Only what follows from its key alone may be kept in one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Key, Made] = {}
        self._old: dict[Key, Made] = {}

    def of(self, key: Key, make: Callable[[], Made]) -> Made:
        """What was made of an equal key before, else what is made now."""
        found: Made = self._young.get(key, _NOTHING)
        if found is not _NOTHING:
            return found
        found = self._old.get(key, _NOTHING)
        made = make() if found is _NOTHING else found
        if len(self._young) >= self._most:  # one step for many, for a queue would cost something on every look
            self._old, self._young = self._young, {}
        self._young[key] = made
        return made


class TextMemo:
    """What was made of texts: of short ones much, for many people send the same; of longer ones what was made last.

    One turn asks several times for the same, whatever its length, and nothing that a person wrote at length stays.
    """

    def __init__(self, most: int) -> None:
        self._of_short: Memo[tuple[Hashable, ...], Any] = Memo(most)
        self._of_longer: Memo[tuple[Hashable, ...], Any] = Memo(FEW)

    def of(self, text: str, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """What was made of an equal text and key before, else what is made now; the key begins with the maker."""
        kept = self._of_short if len(text) <= LONGEST_KEPT else self._of_longer
        made: Made = kept.of((text, *key), make)
        return made
