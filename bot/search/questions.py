"""A question taken apart: its terms with their weights, the places that it names, what it asks for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.search.characters import joined, normalised, terms_of
from bot.search.shapes import MUNICIPAL, answer_shape, named_targets
from bot.search.words import SearchWords, Shape, any_of_words

FILLER, PLACE, SYNONYM, OF_ANY_POLICY = 0.35, 0.0, 0.55, 0.5
FILLER_EXPECTED = 0.12
"""What a filler counts in what a good answer is expected to say: less than it counts where an article does say it."""
FEWEST_TELLING = 4
"""How many units that tell something make a question of its own."""
_BETWEEN = re.compile(r"[,。?;、]|和|跟|与|以及|顺便|还有")
WeighedUnit = tuple[str, float]
BREAK: WeighedUnit = ("", 0.0)
_SUM = re.compile(r"[零一二两三四五六七八九十百千几\d.]+(?:来|多)?(?:个)?(?:万|亿|块|人|号人|个点|家公司)[多来]?")
"""How much or how many somebody has: it may be what a text says, and says nothing of what is asked."""
_GIVEN = re.compile(r"[^,。?;、]{0,6}?(?:了|过)(?![吗么没])")
"""市里给过以后, 市里奖了八十万: what is had already."""
_UNIT_AT = re.compile(r"[㐀-鿿]|[a-z]+|\d+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    - `said`: the terms of its own words, by weight; `meant`: those of the synonyms
    - `understood`: those of its own that a synonym speaks for
    - `targets`: the places and levels that it names
    - `phrases`: its units without fillers, places and words of any policy, cut where one of those stood
    """

    text: str
    said: Mapping[str, float]
    meant: Mapping[str, float]
    understood: frozenset[str]
    targets: frozenset[str]
    shape: Shape
    phrases: tuple[tuple[str, ...], ...]

    @property
    def terms(self) -> Mapping[str, float]:
        """Everything to look for, by weight."""
        return {**self.meant, **self.said}

    @property
    def expected(self) -> Mapping[str, float]:
        """The same, with what a perfect answer would have to say of each."""
        return {
            term: weight if weight > FILLER else min(weight, FILLER_EXPECTED) for term, weight in self.terms.items()
        }


def read_question(text: str, words: SearchWords) -> Question:
    """The question in a text that is normalised, with its spelling put right."""
    units = _weighed_units(text, _character_weights(text, words))
    said = _weighed(units)
    keys = sorted(set(any_of_words(tuple(words.synonyms)).findall(text)))
    others = [other for key in keys for other in words.synonyms.get(key, ())]
    meant = {term: SYNONYM for term in _terms(others) if said.get(term, 0.0) < SYNONYM}
    said = {term: weight for term, weight in said.items() if term not in meant}
    understood, targets = frozenset(_terms(keys)), _targets_asked(text, words)
    return Question(text, said, meant, understood, targets, answer_shape(text, words), _phrases(units))


def _targets_asked(text: str, words: SearchWords) -> frozenset[str]:
    """The places and levels that the text asks about: not the city, where it has given already and a place is named."""
    named = named_targets(text, words)
    city = any_of_words(tuple(word for place in words.places if place.target == MUNICIPAL for word in place.words))
    has_given = any(_GIVEN.match(text, match.end()) for match in city.finditer(text))
    return named - {MUNICIPAL} if has_given and len(named) > 1 else named


def several_of(question: Question, words: SearchWords) -> tuple[Question, ...]:
    """The questions that one text asks together, with the places and the shape of the whole; none where it asks one."""
    texts = [text for text in _BETWEEN.split(question.text) if text]
    if len(texts) < 2:
        return ()
    each = (read_question(text, words) for text in texts)
    telling = (part for part in each if sum(len(phrase) for phrase in part.phrases) >= FEWEST_TELLING)
    return tuple(replace(part, targets=question.targets, shape=question.shape) for part in telling)


def _terms(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield from terms_of(normalised(text))


def _character_weights(text: str, words: SearchWords) -> list[float]:
    """How much each character of the text counts: those of a word of the field in full, of a filler little."""
    weights = [1.0] * len(text)
    held = [False] * len(text)
    steering = tuple(word for place in words.places for word in place.words)
    from_afar = (*words.elsewhere, *words.origins) if any_of_words(words.elsewhere).search(text) else ()
    kept = (*words.topics, *words.synonyms)
    lists = (
        (steering, PLACE),
        (from_afar, PLACE),
        (kept, 1.0),
        (words.policy_words, OF_ANY_POLICY),
        (words.fillers, FILLER),
    )
    for found, weight in lists:
        for match in any_of_words(found).finditer(text):
            _hold(range(*match.span()), weight, weights, held)
    for match in _SUM.finditer(text):
        _hold(range(*match.span()), FILLER, weights, held)
    return weights


def _hold(places: Iterable[int], weight: float, weights: list[float], held: list[bool]) -> None:
    for place in places:
        if not held[place]:
            weights[place], held[place] = weight, True


def _weighed_units(text: str, weights: list[float]) -> list[WeighedUnit]:
    """The units with their weights; a unit without weight stands for each break."""
    units: list[WeighedUnit] = []
    end = 0
    for match in _UNIT_AT.finditer(text):
        if match.start() != end:
            units.append(BREAK)
        units.append((match[0], weights[match.start()]))
        end = match.end()
    return units


def _weighed(units: Sequence[WeighedUnit]) -> dict[str, float]:
    """The terms of the units; a repeated one counts as the most telling of its places."""
    said: dict[str, float] = {}
    for (unit, weight), (following, next_weight) in zip(units, (*units[1:], BREAK), strict=False):
        if unit:
            said[unit] = max(weight, said.get(unit, 0.0))
        if unit and following:
            pair = joined(unit, following)
            said[pair] = max(min(weight, next_weight), said.get(pair, 0.0))
    return said


def _phrases(units: Sequence[WeighedUnit]) -> tuple[tuple[str, ...], ...]:
    stretches = groupby(units, key=lambda each: each[1] > OF_ANY_POLICY)
    return tuple(tuple(unit for unit, _ in stretch) for is_telling, stretch in stretches if is_telling)
