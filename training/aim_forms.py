"""Keywords as people type them into a search box, and as they say who they are: both name places and policies."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

AIMS = "aims"
FORMED, EACH = 0.5, 80
"""How much a form counts, and how many of each kind are learned from."""
ABOVE_ALL = 2
"""So many places at the end of the list are no place of registration."""


def aim_forms() -> Iterator[tuple[str, str]]:
    """Texts of keywords with what they are for."""
    words = _words()
    places, matters, wanted, firms, told = (words[kind] for kind in ("places", "matters", "wanted", "firms", "told"))
    homes = places[:-ABOVE_ALL]
    for parts in ((places, matters, wanted), (matters, places, wanted), (matters, wanted, places), (matters, wanted)):
        yield from _some("asked", product(*parts))
    for parts in ((homes, firms, told), (firms, homes, told), (homes, told, told), (homes, firms)):
        yield from _some("told", product(*parts))


def _words() -> dict[str, Sequence[str]]:
    lines = (Path(__file__).parent / "aim_words.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(": ") for line in lines if not line.startswith("#"))
    return {kind: several.split() for kind, several in parts}


def _some(label: str, parts: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """A part of the texts that is the same each time, with or without spaces between the words."""
    texts = sorted((mark.join(words) for words in parts for mark in (" ", "")), key=_scattered)
    yield from ((label, text) for text in texts[:EACH])


def _scattered(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
