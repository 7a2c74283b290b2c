"""Texts with weights, and BM25 over them: what each term is worth in each text."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.search.characters import normalised, terms_of

SATURATION, LENGTH_SHARE = 1.1, 0.55
SINGLE = 0.35
"""What a single character weighs beside two neighbours."""
Field = tuple[int, float]
"""A passage, by number, and what it weighs in the text that it is part of."""


@dataclass(slots=True)
class Passages:
    """Every passage once, though many, such as tags, are part of several texts.

    `numbers` has it as it is written and as it is searched for; `holders` has for each term the numbers of the passages
    that hold it, once for each time that they do. Those `aside` make no text that they are part of longer.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    holders: dict[str, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("L")))
    sizes: list[int] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)

    def number_of(self, passage: str) -> int:
        """The number of a passage; a new one is taken apart."""
        number = self.numbers.get(passage)
        if number is None:
            plain = normalised(passage)
            number = self.numbers.get(plain)
            self.numbers[passage] = self.numbers[plain] = number = self._add(plain) if number is None else number
        self.aside.discard(number)
        return number

    def number_aside(self, passage: str) -> int:
        """The number of a passage that makes no text longer, unless it is part of one as any other is."""
        known = self.numbers.get(passage, self.numbers.get(normalised(passage)))
        if known is not None:
            return known
        number = self.number_of(passage)
        self.aside.add(number)
        return number

    def _add(self, passage: str) -> int:
        number, terms = len(self.sizes), tuple(terms_of(passage))
        self.sizes.append(len(terms))
        for term in terms:
            self.holders[term].append(number)
        return number

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two neighbouring units that stand in a passage."""
        for term in self.holders:
            one, space, other = term.partition(" ")
            if space:
                yield one, other


@dataclass(frozen=True, slots=True)
class Posting:
    """The texts that hold a term, by number, with what it is worth in each; how rare it is."""

    worths: Mapping[int, float]
    rarity: float


@dataclass(frozen=True, slots=True)
class Postings:
    """Texts made of passages. `shares` has for each passage the texts that it is part of, with its weight in each.

    `damping` is what the length of each text takes from the worth of a term there. The posting of a term is made when
    it is first asked for: of all terms, people ask for few.
    """

    holders: Mapping[str, Sequence[int]]
    shares: Mapping[int, Sequence[tuple[int, float]]]
    damping: Sequence[float]
    highest_rarity: float
    made: dict[str, Posting] = field(default_factory=dict)

    def scores(self, weights: Mapping[str, float]) -> list[float]:
        """What each text is worth for the weighted terms."""
        found = [0.0] * len(self.damping)
        for term, weight in weights.items():
            for number, worth in self.posting(term).worths.items():
                found[number] += weight * worth
        return found

    def worth_of(self, weights: Mapping[str, float]) -> float:
        """What a text would be worth at most that held all of the terms."""
        return (SATURATION + 1) * sum(weight * self.posting(term).rarity for term, weight in weights.items())

    def posting(self, term: str) -> Posting:
        """The posting of a term; one that no text holds is as rare as can be."""
        if term not in self.holders:
            return Posting({}, self.highest_rarity * share_of(term))
        made = self.made.get(term)
        if made is None:
            made = self.made[term] = self._make(term)
        return made

    def _make(self, term: str) -> Posting:
        held: dict[int, float] = defaultdict(float)
        for passage in self.holders[term]:
            for number, weight in self.shares.get(passage, ()):
                held[number] += weight
        rarity = _rarity(len(self.damping), len(held)) * share_of(term)
        highest = rarity * (SATURATION + 1)
        worths = {number: highest * weight / (weight + self.damping[number]) for number, weight in held.items()}
        return Posting(worths, rarity)


def build_postings(texts: Sequence[Iterable[Field]], passages: Passages) -> Postings:
    """The postings of texts, each a row of passages with weights."""
    shares: dict[int, list[tuple[int, float]]] = defaultdict(list)
    lengths = []
    for number, row in enumerate(texts):
        length = 0.0
        for passage, weight in row:
            shares[passage].append((number, weight))
            length += 0.0 if passage in passages.aside else weight * passages.sizes[passage]
        lengths.append(length)
    mean = (sum(lengths) / len(lengths) if lengths else 0) or 1.0
    damping = [SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean) for length in lengths]
    return Postings(passages.holders, shares, damping, _rarity(len(texts), 1))


def _rarity(texts: int, holders: int) -> float:
    return math.log1p((texts - holders + 0.5) / (holders + 0.5))


def share_of(term: str) -> float:
    """What a term weighs by its form: two neighbours or a word in full, a single character less."""
    return 1.0 if len(term) > 1 else SINGLE
