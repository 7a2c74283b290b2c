"""The texts of a clause and of an article, with what each is worth."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.policy.clauses import Clause, NoFigure, Term
from bot.search.postings import Field, Passages

TITLE, TAG, SUMMARY, RECIPIENT, DEPARTMENT, EVIDENCE, POLICY, SYNONYM = 3.0, 2.5, 1.0, 1.0, 0.6, 0.6, 0.4, 0.5
ASKED_AS = 1.2


START = 2
"""So many characters of a name are looked for first; it is quicker than to look for every name."""


def clause_fields(clause: Clause, names: "OtherNames", passages: Passages) -> tuple[Field, ...]:
    """Everything that a question may name of the clause."""
    number_of = passages.number_of
    own = [(number_of(text), weight) for text, weight in _fields(clause, names)]
    return (*own, *((passages.number_aside(words), ASKED_AS) for words in clause.asked_as))


def _fields(clause: Clause, names: "OtherNames") -> Iterable[tuple[str, float]]:
    own = (clause.title, *clause.tags, clause.summary)
    yield clause.title, TITLE
    yield from ((tag, TAG) for tag in clause.tags)
    yield clause.summary, SUMMARY
    yield clause.recipient, RECIPIENT
    yield from ((contact.name, DEPARTMENT) for contact in clause.contacts)
    yield from ((phrase, EVIDENCE) for phrase in clause.evidence)
    yield clause.policy.title, POLICY
    if isinstance(clause.benefit, NoFigure):
        yield clause.benefit.say, SUMMARY
    yield from ((word, SYNONYM) for word in names.of(own))


def article_fields(clauses: Iterable[Iterable[Field]]) -> Iterable[Field]:
    """The fields of all clauses of an article, each passage once, with the highest of its weights."""
    best: dict[int, float] = {}
    for passage, weight in chain.from_iterable(clauses):
        if weight > best.get(passage, 0.0):
            best[passage] = weight
    return best.items()


class OtherNames:
    """For texts that name a term of the glossary, its other names."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = tuple((term.name, *term.synonyms) for term in terms)
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        for number, names in enumerate(self._terms):
            for name in names:
                self._by_start.setdefault(name[:START], []).append((name, number))

    def of(self, texts: Sequence[str]) -> Iterable[str]:
        """The other names of all terms that the texts name, in the order of the terms."""
        whole = "\n".join(texts)
        starts = [start for start in self._by_start if start in whole]
        held = {(number, name) for start in starts for name, number in self._by_start[start] if name in whole}
        for number in sorted({number for number, _ in held}):
            yield from (name for name in self._terms[number] if (number, name) not in held)
