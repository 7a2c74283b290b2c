"""The texts of a clause and of an article, with what each is worth."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.policy.clauses import Clause, NoFigure, Term
from bot.search.characters import normalised
from bot.search.postings import Field

TITLE, TAG, SUMMARY, RECIPIENT, DEPARTMENT, EVIDENCE, POLICY, SYNONYM = 3.0, 2.5, 1.0, 1.0, 0.6, 0.6, 0.4, 0.5


def clause_fields(clause: Clause, terms: Sequence[Term]) -> tuple[Field, ...]:
    """Everything that a question may name of the clause."""
    return tuple((normalised(text), weight) for text, weight in _fields(clause, terms))


def _fields(clause: Clause, terms: Sequence[Term]) -> Iterable[Field]:
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
    yield from ((word, SYNONYM) for word in _also_called(own, terms))


def article_fields(clauses: Iterable[Iterable[Field]]) -> Iterable[Field]:
    """The fields of all clauses of an article, each text once, with the highest of its weights."""
    best: dict[str, float] = {}
    for text, weight in chain.from_iterable(clauses):
        best[text] = max(weight, best.get(text, 0.0))
    return best.items()


def _also_called(texts: Sequence[str], terms: Sequence[Term]) -> Iterable[str]:
    whole = "\n".join(texts)
    for term in terms:
        names = (term.name, *term.synonyms)
        if held := [name for name in names if name in whole]:
            yield from (name for name in names if name not in held)
