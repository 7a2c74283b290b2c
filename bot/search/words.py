"""The word lists by which a question is read; staff extend them in dialogs/search.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache

NOTHING_MATCHES = re.compile(r"(?!)")


class Shape(StrEnum):
    """What a question asks for."""

    COMPARE = "compare"
    CONTACT = "contact"
    TERM = "term"
    TIME = "time"
    AMOUNT = "amount"
    WHO = "who"
    HOW = "how"
    LIST = "list"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Steering:
    """Words that point to the documents of one place or level: `target` is a place or a level of the document."""

    target: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What dialogs/search.yaml holds.

    - `synonyms`: a word of the user's, and what the texts say instead; `typos`: mistyped, and right
    - `fillers`: words that carry nothing; `shapes`: the words of each question shape; `places`: steering words
    - `topics`: words of the field; `broad_topics`: those of other fields too; `policy_words`: words of any policy
    - `money_words`: words that ask for a sum; `rule_words`: words that ask for a document's own rules
    - `elsewhere`, `origins`: places not covered, and words which show that one is only where somebody comes from
    - `off_topics`: refused unless the field is named too, and covered well; `other_fields`: unless it is named
    - `refused`, `rude`, `instructions`: refused always
    - `small_talk`: refused when nothing else is said
    """

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    typos: Mapping[str, str] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    shapes: Mapping[Shape, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[Steering, ...] = ()
    topics: tuple[str, ...] = ()
    broad_topics: tuple[str, ...] = ()
    policy_words: tuple[str, ...] = ()
    money_words: tuple[str, ...] = ()
    rule_words: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    off_topics: tuple[str, ...] = ()
    other_fields: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    rude: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    small_talk: tuple[str, ...] = ()


def parse_search_words(raw: Mapping[str, object]) -> SearchWords:
    """The word lists of a parsed dialogs/search.yaml; ValueError names an unknown key or a value of the wrong type."""
    known = {each.name for each in fields(SearchWords)}
    if unknown := sorted(raw.keys() - known):
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
    of_lists = {key: _lists(raw.get(key, {}), key) for key in ("synonyms", "shapes", "places")}
    typos = _pairs(raw.get("typos", {}), "typos")
    lists = {key: _words(raw.get(key, ()), key) for key in known - of_lists.keys() - {"typos"}}
    places = tuple(Steering(target, words) for target, words in of_lists["places"].items())
    shapes = {_shape(name): asked for name, asked in of_lists["shapes"].items()}
    return SearchWords(of_lists["synonyms"], typos=typos, shapes=shapes, places=places, **lists)


def _shape(name: str) -> Shape:
    if name not in tuple(Shape):
        raise ValueError(f"unknown shape {name!r}; known are {', '.join(Shape)}")
    return Shape(name)


def _pairs(value: object, key: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{key} must be a mapping of words")
    return {str(wrong): str(right) for wrong, right in value.items()}


def _lists(value: object, key: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{key} must be a mapping of lists")
    return {str(name): _words(words, f"{key}.{name}") for name, words in value.items()}


def _words(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{key} must be a list of words")
    return tuple(str(word) for word in value)


@lru_cache(maxsize=256)
def any_of_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first; `…` in a word stands for up to six characters."""
    if not words:
        return NOTHING_MATCHES
    by_length = sorted({word.casefold() for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word).replace("…", ".{0,6}?") for word in by_length))


def vocabulary_of(words: SearchWords) -> tuple[str, ...]:
    """Every word of every list: what a speller takes as spelled right."""
    steering = tuple(word for place in words.places for word in place.words)
    shapes = tuple(word for asked in words.shapes.values() for word in asked)
    meant = tuple(word for others in words.synonyms.values() for word in others)
    said = (
        *words.synonyms,
        *words.fillers,
        *words.policy_words,
        *words.rule_words,
        *words.money_words,
        *words.small_talk,
    )
    refusing = (*words.elsewhere, *words.origins, *words.off_topics, *words.other_fields, *words.refused)
    return (
        *steering,
        *shapes,
        *meant,
        *said,
        *refusing,
        *words.rude,
        *words.instructions,
        *words.topics,
        *words.broad_topics,
    )
