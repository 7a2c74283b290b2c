"""Texts with weights, and BM25 over them: what each term is worth in each text."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.search.characters import terms_of

SATURATION, LENGTH_SHARE = 1.1, 0.55
SINGLE = 0.35
"""What a single character weighs beside two neighbours."""
Field = tuple[str, float]
Posting = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the texts that hold it, with its worth there; `rarity` is its inverse document frequency."""

    size: int
    terms: Mapping[str, Posting]
    rarity: Mapping[str, float]
    highest_rarity: float

    def scores(self, weights: Mapping[str, float]) -> list[float]:
        """What each text is worth for the weighted terms."""
        found = [0.0] * self.size
        for term, weight in weights.items():
            for number, worth in self.terms.get(term, ()):
                found[number] += weight * worth
        return found

    def worth_of(self, weights: Mapping[str, float]) -> float:
        """What a text would be worth at most that held all of the terms."""
        return (SATURATION + 1) * sum(weight * self.rarity_of(term) for term, weight in weights.items())

    def rarity_of(self, term: str) -> float:
        """The inverse document frequency; a term that no text holds is as rare as can be."""
        return self.rarity.get(term, self.highest_rarity * share_of(term))


def build_postings(texts: Sequence[Iterable[Field]]) -> Postings:
    """The postings of texts, each a row of fields with weights."""
    counts = [_count(fields) for fields in texts]
    lengths = [sum(count.values()) for count in counts]
    mean = (sum(lengths) / len(lengths) if lengths else 0) or 1.0
    rarity = _rarities(counts)
    held: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, count in enumerate(counts):
        damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[number] / mean)
        for term, weight in count.items():
            held[term].append((number, rarity[term] * weight * (SATURATION + 1) / (weight + damping)))
    terms = {term: tuple(found) for term, found in held.items()}
    return Postings(len(texts), terms, rarity, _rarity(len(texts), 1))


def _count(fields: Iterable[Field]) -> dict[str, float]:
    count: dict[str, float] = defaultdict(float)
    for text, weight in fields:
        for term in terms_of(text):
            count[term] += weight
    return count


def _rarities(counts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    holders = Counter(term for count in counts for term in count)
    return {term: _rarity(len(counts), found) * share_of(term) for term, found in holders.items()}


def _rarity(texts: int, holders: int) -> float:
    return math.log1p((texts - holders + 0.5) / (holders + 0.5))


def share_of(term: str) -> float:
    """What a term weighs by its form: two neighbours or a word in full, a single character less."""
    return 1.0 if len(term) > 1 else SINGLE
