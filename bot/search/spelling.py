"""Typing mistakes put right: a wrong character that sounds the same, pinyin left in the text, a mistyped abbreviation.

Only words of tags, the glossary and the word lists are ever put in, and only where neither the texts nor the word lists
know what was typed. A correction that would replace two characters at once is never made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.characters import normalised, pieces_of, runs, sound_of
from bot.search.words import any_of_words
from bot.understanding.sounds import syllables_of

SHORTEST_ABBREVIATION = 4
SPOKEN = "\0"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Speller:
    """What is known of spelling: pairs of characters that occur, and those that are put in, by how they sound."""

    known: frozenset[Pair]
    """With nothing after it, a character is a word by itself (是, 不): it is never taken for another one."""
    starting: Mapping[tuple[str, str], str]
    """A character and the sound after it -> the character that follows."""
    ending: Mapping[tuple[str, str], str]
    """The sound before a character and the character -> the character that goes before."""
    sounding: Mapping[tuple[str, str], str]
    """Two sounds -> the two characters."""
    latin: frozenset[str]
    syllables: frozenset[str]
    listed: Mapping[str, str]
    """Mistakes that staff have listed, and what is meant."""

    def corrected(self, text: str) -> str:
        """The normalised text with its mistakes put right."""
        for wrong in any_of_words(tuple(self.listed)).findall(text):
            text = text.replace(wrong, self.listed.get(wrong, wrong))
        units: list[str] = []
        for piece in pieces_of(text):
            units.extend(self._spelled(piece) if piece.isascii() and piece.isalpha() else (piece,))
        units = _without_gaps(units)
        for place, unit in enumerate(units):
            units[place] = self._put_right(units, place, unit)
        return "".join(unit.removeprefix(SPOKEN) for unit in units)

    def _spelled(self, word: str) -> tuple[str, ...]:
        """The Latin word as it is known, or as pinyin syllables, each marked as spoken."""
        if word in self.latin:
            return (word,)
        if len(word) >= SHORTEST_ABBREVIATION and (near := self._nearest(word)):
            return (near,)
        return tuple(SPOKEN + syllable for syllable in syllables_of(word, self.syllables)) or (word,)

    def _nearest(self, word: str) -> str | None:
        found = process.extractOne(word, sorted(self.latin), scorer=OSA.distance, score_cutoff=1)
        return found[0] if found is not None and len(found[0]) >= SHORTEST_ABBREVIATION else None

    def _put_right(self, units: list[str], place: int, unit: str) -> str:
        before = units[place - 1] if place else " "
        after = units[place + 1] if place + 1 < len(units) else " "
        if unit.startswith(SPOKEN):
            return self._said(unit, before, after)
        if not is_chinese(unit):
            return unit
        if (before, unit) in self.known or (unit, after) in self.known or (unit, "") in self.known:
            return unit
        sound = sound_of(unit)
        return self.starting.get((before, sound)) or self.ending.get((sound, after)) or unit

    def _said(self, syllable: str, before: str, after: str) -> str:
        sound = syllable[1:]
        if found := self.starting.get((before, sound)) or self.ending.get((sound, after)):
            return found
        if after.startswith(SPOKEN) and (pair := self.sounding.get((sound, after[1:]))):
            return pair[0]
        return syllable


def _without_gaps(units: list[str]) -> list[str]:
    """The units without the spaces that stand between two spoken ones: bao fei is typed as often as baofei."""
    around = zip((" ", *units), units, (*units[1:], " "), strict=False)
    return [
        unit
        for before, unit, after in around
        if unit != " " or not (before.startswith(SPOKEN) and after.startswith(SPOKEN))
    ]


def is_chinese(unit: str) -> bool:
    """Whether the unit is a Chinese character."""
    return "㐀" <= unit[:1] <= "鿿"


def build_speller(
    right: Iterable[str], in_texts: Iterable[Pair], known_too: Iterable[str], listed: Mapping[str, str]
) -> Speller:
    """A speller that puts in words that are right, and leaves alone what stands in the texts or is known besides."""
    counts = _pairs(right)
    known = frozenset(counts) | frozenset(in_texts) | frozenset(_pairs(known_too))
    starting: dict[tuple[str, str], str] = {}
    ending: dict[tuple[str, str], str] = {}
    sounding: dict[tuple[str, str], str] = {}
    for (one, other), _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        starting.setdefault((one, sound_of(other)), other)
        ending.setdefault((sound_of(one), other), one)
        sounding.setdefault((sound_of(one), sound_of(other)), one + other)
    syllables = frozenset(sound_of(unit) for pair in known for unit in pair if is_chinese(unit))
    latin = frozenset(unit for pair in known for unit in pair if unit.isascii())
    return Speller(known, starting, ending, sounding, latin, syllables, listed)


def _pairs(texts: Iterable[str]) -> Counter[Pair]:
    counts: Counter[Pair] = Counter()
    for text, times in Counter(texts).items():
        for units in runs(normalised(text)):
            for pair in pairwise(units) if len(units) > 1 else ((units[0], ""),):
                counts[pair] += times
    return counts
