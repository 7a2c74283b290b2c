"""Words with meanings, found in a text in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from bot.policy.memo import LONGEST_KEPT, Memo

T = TypeVar("T")
KEPT = 500


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
        self._found: Memo[str, tuple[Hit[T], ...]] = Memo(KEPT)

    def get(self, word: str) -> T | None:
        """What exactly this word stands for."""
        return self._meanings.get(word)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The neighbouring characters in the words."""
        return frozenset(word[i : i + 2] for word in self._meanings for i in range(len(word) - 1))

    def find(self, text: str) -> tuple[Hit[T], ...]:
        """The words in the text, from left to right."""
        if len(text) > LONGEST_KEPT:
            return self._scan(text)
        return self._found.of(text, lambda: self._scan(text))

    def _scan(self, text: str) -> tuple[Hit[T], ...]:
        found, at, lengths = [], 0, self._lengths
        while at < len(text):
            may_begin = text[at : at + 2] in lengths or text[at] in lengths
            if may_begin and (hit := self._at(text, at)) is not None:
                found.append(hit)
                at = hit.end
            else:
                at += 1
        return tuple(found)

    def _at(self, text: str, at: int) -> Hit[T] | None:
        for head in (text[at : at + 2], text[at : at + 1]):
            for length in self._lengths.get(head, ()):
                word = text[at : at + length]
                if word in self._meanings and text[at + length - 1 : at + length + 1] != "海淀":  # 目前|海淀
                    return Hit(at, at + len(word), word, self._meanings[word])
        return None


class Spotter:
    """Tells which of many words stand in a text, wherever they do: one look for all of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in {*words} - {""}:
            self._by_head.setdefault(word[:2], []).append(word)

    def spotted_in(self, text: str) -> frozenset[str]:
        """The words that stand in the text, one inside another too."""
        heads = ((at, head) for at in range(len(text)) for head in {text[at : at + 2], text[at]})
        each = ((at, word) for at, head in heads for word in self._by_head.get(head, ()))
        return frozenset(word for at, word in each if text.startswith(word, at))
