"""Texts with weights, and BM25 over them: what each term is worth in each text."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.search.characters import terms_of

SATURATION, LENGTH_SHARE = 1.1, 0.55
SINGLE = 0.35
"""What a single character weighs beside two neighbours."""
Field = tuple[str, float]

Posting = tuple["array[int]", "array[float]"]
"""The texts that hold a term, by number, and its weight in each; arrays, for there may be millions."""
NOWHERE: Posting = (array("L"), array("d"))


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the texts that hold it; `rarity` is its inverse document frequency.

    `damping` is what the length of each text takes from the worth of a weight there.
    """

    terms: Mapping[str, Posting]
    damping: Sequence[float]
    rarity: Mapping[str, float]
    highest_rarity: float

    def scores(self, weights: Mapping[str, float]) -> list[float]:
        """What each text is worth for the weighted terms."""
        damping, found = self.damping, [0.0] * len(self.damping)
        for term, weight in weights.items():
            highest = weight * self.rarity_of(term) * (SATURATION + 1)
            for number, held in zip(*self.terms.get(term, NOWHERE), strict=True):
                found[number] += highest * held / (held + damping[number])
        return found

    def worth_of(self, weights: Mapping[str, float]) -> float:
        """What a text would be worth at most that held all of the terms."""
        return (SATURATION + 1) * sum(weight * self.rarity_of(term) for term, weight in weights.items())

    def rarity_of(self, term: str) -> float:
        """The inverse document frequency; a term that no text holds is as rare as can be."""
        return self.rarity.get(term, self.highest_rarity * share_of(term))


def build_postings(texts: Sequence[Iterable[Field]]) -> Postings:
    """The postings of texts, each a row of fields with weights."""
    held, lengths = _hold(texts)
    mean = (sum(lengths) / len(lengths) if lengths else 0) or 1.0
    damping = [SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean) for length in lengths]
    rarity = {term: _rarity(len(texts), len(numbers)) * share_of(term) for term, (numbers, _) in held.items()}
    return Postings(held, damping, rarity, _rarity(len(texts), 1))


def _hold(texts: Sequence[Iterable[Field]]) -> tuple[dict[str, Posting], list[float]]:
    """Which texts hold each term, with its weight there, and the length of each text."""
    taken_apart: dict[str, tuple[str, ...]] = {}  # many fields, such as tags, are those of several texts
    held: dict[str, Posting] = defaultdict(lambda: (array("L"), array("d")))
    lengths = []
    for number, fields in enumerate(texts):
        count: dict[str, float] = defaultdict(float)
        for text, weight in fields:
            if (terms := taken_apart.get(text)) is None:
                terms = taken_apart[text] = tuple(terms_of(text))
            for term in terms:
                count[term] += weight
        lengths.append(sum(count.values()))
        for term, weight in count.items():
            numbers, weights = held[term]
            numbers.append(number)
            weights.append(weight)
    return held, lengths


def _rarity(texts: int, holders: int) -> float:
    return math.log1p((texts - holders + 0.5) / (holders + 0.5))


def share_of(term: str) -> float:
    """What a term weighs by its form: two neighbours or a word in full, a single character less."""
    return 1.0 if len(term) > 1 else SINGLE
