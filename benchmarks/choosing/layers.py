"""A ranking alone, on a question that is read, and under the rest of the search; with or without fuzziness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from rapidfuzz import fuzz

from benchmarks.choosing.asked import DEEPEST, article_of
from benchmarks.choosing.rankings import Ours, Ranking, Text, Weights
from benchmarks.choosing.tokens import Names, Tokens, named
from bot.policy.clauses import Knowledge
from bot.search.articles import Article
from bot.search.characters import LONGEST_QUERY, normalised, runs
from bot.search.fields import OtherNames, article_fields, clause_fields
from bot.search.index import SearchIndex
from bot.search.postings import Field, Passages, Postings, share_of
from bot.search.questions import SYNONYM, Question
from bot.search.words import SearchWords, any_of_words

LOOKED_AT, FUZZINESS = 20, 0.15
"""How many of the best are ranked anew, and how much the likeness of their names then counts."""


UNHEARD = "unheard"
"""Stands for a term that no text holds."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shipped texts, prepared for every ranking alike."""

    index: SearchIndex
    wholes: tuple[Text, ...]
    parts: tuple[Text, ...]
    labels: tuple[tuple[str, ...], ...]
    names: Names

    @classmethod
    def of(cls, knowledge: Knowledge, words: SearchWords) -> "Shelf":
        """The texts of the articles and of their clauses, with the weights of the product or all alike."""
        index = SearchIndex.build(knowledge.clauses, knowledge.terms, words)
        others = OtherNames(knowledge.terms)
        passages = Passages()
        rows = [[clause_fields(clause, others, passages) for clause in article.clauses] for article in index.articles]
        texts = {number: text for text, number in passages.numbers.items() if normalised(text) == text}
        wholes = tuple(_told(article_fields(each), texts) for each in rows)
        parts = tuple(_told(each, texts) for each in chain.from_iterable(rows))
        called = [name for term in knowledge.terms for name in (term.name, *term.synonyms)]
        labels = tuple(map(_labels, index.articles))
        names = named((*called, *(tag for clause in knowledge.clauses for tag in clause.tags)))
        return cls(index, wholes, parts, labels, names)


@dataclass(frozen=True, slots=True)
class Layers:
    """One ranking over one kind of terms, with as many of the product's layers around it as is asked for."""

    shelf: Shelf
    tokens: Tokens
    ranking: Ranking
    fuzzy: bool = False

    def alone(self, text: str) -> Sequence[str]:
        """The articles for the question as it was typed."""
        typed = normalised(text[:LONGEST_QUERY])
        return self._best(self.ranking.scores(shared(dict.fromkeys(self.tokens(typed), 1.0))), typed)

    def read(self, text: str) -> Sequence[str]:
        """The articles for the question with its spelling put right, fillers made light and synonyms beside it."""
        question = self.shelf.index.read(text)
        weights = terms_by(self.tokens, question, self.shelf.index.words)
        return self._best(self.ranking.scores(shared(weights)), question.text)

    def _best(self, scores: Sequence[float], text: str) -> Sequence[str]:
        scores = likened(scores, text, self.shelf.labels) if self.fuzzy else scores
        order = sorted((n for n, score in enumerate(scores) if score > 0), key=lambda n: (-scores[n], n))
        return [article_of(self.shelf.index.articles[number].clauses[0]) for number in order[:DEEPEST]]


@dataclass(frozen=True, kw_only=True)
class Under(Postings):
    """A ranking where the product has its own; `scale` makes its scores about as large."""

    ranking: Ranking
    own: Ours
    scale: float

    def scores(self, weights: Weights) -> list[float]:
        return [score * self.scale for score in self.ranking.scores(shared(weights))]

    def worth_of(self, weights: Weights) -> float:
        known = self.own.code.known
        return sum(
            self.own.postings.worth_of({known.get(term, UNHEARD): each}) for term, each in shared(weights).items()
        )


@dataclass(frozen=True, slots=True)
class Retold(Question):
    """A question whose terms are those of another way of taking texts apart."""


@dataclass(frozen=True, kw_only=True)
class Full(SearchIndex):
    """The whole search of the product over another ranking and other terms."""

    tokens: Tokens
    labels: tuple[tuple[str, ...], ...]
    fuzzy: bool = False
    is_all_in_scope: bool = False

    def read(self, query: str) -> Question:
        return self._retold(super().read(query))

    def found(self, text: str) -> Sequence[str]:
        """The articles that search returns; none when the question is refused."""
        return list(dict.fromkeys(article_of(hit.clause) for hit in self.search(text)))

    def _is_answered(self, question: Question, order: Sequence[int]) -> bool:
        return self.is_all_in_scope or super()._is_answered(question, order)

    def _alone(self, question: Question, parts: Sequence[float]) -> list[float]:
        retold = self._retold(question)
        own = parts if retold is question else self.parts.scores(retold.terms)
        scores = super()._alone(retold, own)
        return likened(scores, question.text, self.labels) if self.fuzzy else scores

    def _retold(self, question: Question) -> Question:
        """The question with the terms of this search; one that has them already stays as it is."""
        if isinstance(question, Retold):
            return question
        weights = terms_by(self.tokens, question, self.words)
        return Retold(**{**_held(question), "said": weights, "meant": {}})


def over(shelf: Shelf, tokens: Tokens, whole: Under, parts: Under) -> Full:
    """The product's search over these postings."""
    return Full(**{**_held(shelf.index), "whole": whole, "parts": parts}, tokens=tokens, labels=shelf.labels)


def under(postings: Postings, ranking: Ranking, own: Ours, scale: float) -> Under:
    """The postings of the product with another ranking's scores."""
    return Under(**_held(postings), ranking=ranking, own=own, scale=scale)


def terms_by(tokens: Tokens, question: Question, words: SearchWords) -> dict[str, float]:
    """The terms of a question by another way of taking it apart: each as telling as the least telling of its units."""
    known = question.terms
    meant = [other for key in _keys(question, words) for other in words.synonyms[key]]
    weights = {term: SYNONYM for other in meant for term in tokens(normalised(other))}
    for term in tokens(question.text):
        weights[term] = max(known.get(term, _least(term, known)), weights.get(term, 0.0))
    return weights


def shared(weights: Weights) -> dict[str, float]:
    """The weights, those of single characters lowered as the product's own postings do."""
    return {term: weight * share_of(term) for term, weight in weights.items()}


def likened(scores: Sequence[float], text: str, labels: Sequence[Sequence[str]]) -> list[float]:
    """The scores, the best of them moved by how like the question the titles and tags of an article are."""
    best = sorted(range(len(scores)), key=lambda n: -scores[n])[:LOOKED_AT]
    highest, moved = max(scores, default=0.0), list(scores)
    for number in best:
        if scores[number] > 0:
            likeness = max(fuzz.partial_ratio(text, label) for label in labels[number]) / 100
            moved[number] = (1 - FUZZINESS) * scores[number] + FUZZINESS * highest * likeness
    return moved


def _keys(question: Question, words: SearchWords) -> Iterable[str]:
    found = any_of_words(tuple(words.synonyms)).findall(question.text)
    return sorted(key for key in set(found) if key in words.synonyms)


def _least(term: str, known: Mapping[str, float]) -> float:
    return min((known.get(unit, 0.0) for run in runs(term) for unit in run), default=0.0)


def _told(row: Iterable[Field], texts: Mapping[int, str]) -> Text:
    return tuple((texts[number], weight) for number, weight in row)


def _labels(article: Article) -> tuple[str, ...]:
    return tuple(sorted({normalised(each) for clause in article.clauses for each in (clause.title, *clause.tags)}))


def _held(record: Postings | SearchIndex | Question) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}
