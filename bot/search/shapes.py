"""What a question asks for, which term it wants explained, and which documents it names."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.policy.clauses import Document, Term
from bot.search.characters import LONGEST_QUERY, normalised
from bot.search.words import SearchWords, any_of_words


class Shape(StrEnum):
    """What a question asks for."""

    COMPARE = "compare"
    CONTACT = "contact"
    TERM = "term"
    TIME = "time"
    AMOUNT = "amount"
    WHO = "who"
    HOW = "how"
    LOOKUP = "lookup"


def answer_shape(query: str, words: SearchWords) -> Shape:
    """What the question asks for: the first shape, in the order of the word list, of which a word occurs."""
    text = normalised(query[:LONGEST_QUERY])
    found = (Shape(name) for name, asked in words.shapes.items() if any_of_words(asked).search(text))
    return next(found, Shape.LOOKUP)


def find_term(query: str, terms: Iterable[Term], words: SearchWords) -> Term | None:
    """The term that a question like 什么是X wants explained; the longest that it names, None for another question."""
    text = normalised(query[:LONGEST_QUERY])
    asked = any_of_words(words.shapes.get(Shape.TERM, ()))
    if not asked.search(text):
        return None
    spoken = [(len(name), term) for term in terms for name in _names(term) if name in text]
    longest = max(spoken, key=lambda each: each[0], default=None)
    return None if longest is None or not _is_all(text, longest[0], words) else longest[1]


def _is_all(text: str, named: int, words: SearchWords) -> bool:
    """Whether little is said beside the term, the question and the fillers."""
    asked = any_of_words((*words.shapes.get(Shape.TERM, ()), *words.fillers))
    rest = sum(char.isalnum() for char in asked.sub("", text))
    return rest <= named + 4


def _names(term: Term) -> Iterable[str]:
    return (normalised(name) for name in (term.name, *term.synonyms))


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
