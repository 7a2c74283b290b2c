"""What a question asks for, which term it wants explained, and which documents it names."""

import re
from collections.abc import Sequence

from bot.policy.clauses import Document, Term
from bot.search.characters import LONGEST_QUERY, normalised
from bot.search.words import SearchWords, Shape, any_of_words

MUNICIPAL = "municipal"
MOST_BESIDE_TERM = 9


def answer_shape(query: str, words: SearchWords) -> Shape:
    """What the question asks for: to compare two named places, else the first shape of which a word occurs."""
    text = normalised(query[:LONGEST_QUERY])
    if len(named_targets(text, words) - {MUNICIPAL}) > 1:
        return Shape.COMPARE
    found = (shape for shape, asked in words.shapes.items() if any_of_words(asked).search(text))
    return next(found, Shape.LOOKUP)


def find_term(query: str, terms: Sequence[Term], words: SearchWords) -> Term | None:
    """The term that a question like 什么是X wants explained; the longest that it names, None for another question."""
    text = normalised(query[:LONGEST_QUERY])
    asked = any_of_words(words.shapes.get(Shape.TERM, ()))
    if not asked.search(text):
        return None
    named = [name for term in terms for name in _names(term) if name in text]
    longest = max(named, key=len, default=None)
    if longest is None or _asks_more(text, longest, asked):
        return None
    return next(term for term in terms if longest in _names(term))


def _asks_more(text: str, name: str, asked: re.Pattern[str]) -> bool:
    """Whether the question is about something of the term, or says much beside it."""
    rest = asked.sub("", text.replace(name, "", 1))
    return f"{name}的" in asked.sub("", text) or sum(char.isalnum() for char in rest) > MOST_BESIDE_TERM


def _names(term: Term) -> tuple[str, ...]:
    return tuple(normalised(name) for name in (term.name, *term.synonyms))


def named_targets(text: str, words: SearchWords) -> frozenset[str]:
    """The places and levels that a normalised text names."""
    return frozenset(place.target for place in words.places if any_of_words(place.words).search(text))


def named_documents(query: str, documents: Sequence[Document], words: SearchWords) -> tuple[Document, ...]:
    """The documents that a question names, by a name of theirs or by their place, in the order given."""
    text = normalised(query[:LONGEST_QUERY])
    targets = named_targets(text, words)
    return tuple(each for each in documents if is_of(each, targets) or _is_called(each, text))


def is_of(document: Document, targets: frozenset[str]) -> bool:
    """Whether the document is of one of the places or levels."""
    return document.level in targets or not targets.isdisjoint(document.places)


def _is_called(document: Document, text: str) -> bool:
    names = (document.title, document.short_title, *document.names)
    return any(normalised(name) in text for name in names if name)
