"""Examples of places: ◆ is the place that the example is of, ◇ is any other one beside it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product
from pathlib import Path

from bot.understanding.place_roles import OTHER, role_features
from bot.understanding.text import split_message

PLACES = "places"
THIS = "◆"
_SPELLED = {THIS: "鑫", OTHER: "淼"}
"""Characters that stand for the two marks while a text is made ready: a mark is no word."""
JOINED, EACH = 0.3, 60
"""How much a text of two parts counts, and how many there are of each two classes."""
_MARKS = (",", ",", "")
PLAINLY = 260
"""So many of the plainest forms of each class are learned from."""


def features_of_place(text: str) -> frozenset[str]:
    """The features of the place that ◆ stands for."""
    for mark, spelled in _SPELLED.items():
        text = text.replace(mark, spelled)
    plain = ",".join(clause.text for clause in split_message(text).clauses).replace(_SPELLED[OTHER], OTHER)
    before, _, after = plain.partition(_SPELLED[THIS])
    return role_features(before, after)


def plain_places() -> Iterator[tuple[str, str]]:
    """The plainest ways to say where something is, of each class as many."""
    lines = (Path(__file__).parent / "place_words.txt").read_text(encoding="utf-8").splitlines()
    listed: dict[str, list[str]] = {}
    for kind, several in (line.split(": ") for line in lines if not line.startswith("#")):
        listed.setdefault(kind, []).extend(several.split())
    for label in (kind.removeprefix("forms ") for kind in listed if kind.startswith("forms ")):
        texts = {form.format(who) for form, who in product(listed[f"forms {label}"], listed[f"words {label}"])}
        yield from ((label, text) for text in sorted(texts, key=lambda text: _scattered((text,)))[:PLAINLY])


def joined_forms(examples: Iterable[tuple[str, str, float]]) -> Iterator[tuple[str, str]]:
    """Two forms of one place each as one text, in either order: somebody's home and where the company is."""
    single: dict[str, list[str]] = {}
    for label, text in [*((label, text) for label, text, _ in examples), *plain_places()]:
        if OTHER not in text:
            single.setdefault(label, []).append(text)
    pairs = [*permutations(sorted(single), 2), *((label, label) for label in sorted(single) if label != "registered")]
    for one, other in pairs:
        for n, (first, second) in enumerate(sorted(product(single[one], single[other]), key=_scattered)[:EACH]):
            mark = _MARKS[n % len(_MARKS)]
            yield one, f"{first}{mark}{second.replace(THIS, OTHER)}"
            yield other, f"{first.replace(THIS, OTHER)}{mark}{second}"


def _scattered(texts: Sequence[str]) -> bytes:
    return hashlib.sha256("\t".join(texts).encode()).digest()
