"""What a question asks for, which term it wants explained, and which documents it names."""

import re
from collections.abc import Sequence

from bot.policy.clauses import Document, Term
from bot.search.characters import LONGEST_QUERY, normalised
from bot.search.words import SearchWords, Shape, any_of_words

MUNICIPAL = "municipal"
TAKEN = "\0"
MOST_BESIDE_TERM = 9


def answer_shape(query: str, words: SearchWords) -> Shape:
    """What the question asks for: to compare two named places, else the first shape of which a word occurs."""
    text = normalised(query[:LONGEST_QUERY])
    if len(named_targets(text, words) - {MUNICIPAL}) > 1:
        return Shape.COMPARE
    found = (shape for shape, asked in words.shapes.items() if any_of_words(asked).search(text))
    return next(found, Shape.LOOKUP)


def shapes_of(query: str, words: SearchWords) -> tuple[Shape, ...]:
    """Everything that a question asks for, in the order in which it asks; a character speaks for one shape only."""
    text, found = normalised(query[:LONGEST_QUERY]), dict[int, Shape]()
    for shape, asked in words.shapes.items():
        spans = [match.span() for match in any_of_words(asked).finditer(text)]
        found |= {start: shape for start, _ in spans[:1]}
        for start, end in spans:
            text = f"{text[:start]}{TAKEN * (end - start)}{text[end:]}"
    return tuple(found[start] for start in sorted(found))


def without_shapes(query: str, words: SearchWords) -> str:
    """The normalised text without the words that say what it asks for, and without those for a document's own rules."""
    text = normalised(query[:LONGEST_QUERY])
    for asked in (*words.shapes.values(), words.rule_words):
        text = any_of_words(asked).sub(" ", text)
    return text


def is_refused(query: str, words: SearchWords) -> bool:
    """Whether the text names something that is never answered here, or belongs to another field."""
    text = normalised(query[:LONGEST_QUERY])
    return any(any_of_words(each).search(text) for each in (words.refused, words.instructions, words.off_topics))


def find_term(query: str, terms: Sequence[Term], words: SearchWords) -> Term | None:
    """The term that a question like 什么是X wants explained; the longest that it names, None for another question."""
    text = normalised(query[:LONGEST_QUERY])
    asked = any_of_words(words.shapes.get(Shape.TERM, ()))
    if Shape.TERM not in shapes_of(query, words):
        return None
    named = named_terms(text, terms)
    longest = max(named, key=len, default=None)
    if longest is None or _asks_more(text, longest, asked):
        return None
    return named[longest]


def named_terms(text: str, terms: Sequence[Term]) -> dict[str, Term]:
    """The terms that a normalised text names, by the name it uses, as they stand; none inside a longer name."""
    every = {name: term for term in reversed(terms) for name in _names(term) if name in text}
    longest = {name for name in every if not any(name != other and name in other for other in every)}
    return {name: every[name] for name in sorted(longest, key=text.index)}


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
