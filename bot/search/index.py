"""The index over all clauses, and the search in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from bot.policy.clauses import Clause, Term
from bot.search.articles import Article, group_by_article
from bot.search.characters import LONGEST_QUERY, joined, normalised
from bot.search.fields import OtherNames, article_fields, clause_fields
from bot.search.postings import Passages, Postings, build_postings
from bot.search.questions import Question, read_question, several_of
from bot.search.ranking import adjusted
from bot.search.scope import Evidence, is_in_scope
from bot.search.spelling import Speller, build_speller
from bot.search.words import SearchWords, vocabulary_of
from bot.understanding.classifier import NO_CLASSIFIER, Classifier

WHOLE, PART = 0.5, 0.5
"""How much an article counts as a whole, and how much the best of its clauses."""
CLAUSES_OF_ARTICLE, NEXT_CLAUSE, NEARLY_AS_GOOD = 2, 0.9, 0.8
COVERING = 3
LABEL_LENGTHS = range(3, 9)
IN_FRONT, ANSWERS_ONE = 0.85, 0.2


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that answers a question, and how well; about 1 when one clause says all that the question says."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Everything prepared for search; built once for a knowledge, then only read."""

    articles: tuple[Article, ...]
    whole: Postings
    parts: Postings
    names: frozenset[str]
    speller: Speller
    words: SearchWords
    scope: Classifier

    @classmethod
    def build(
        cls,
        clauses: Sequence[Clause],
        terms: Sequence[Term],
        words: SearchWords,
        scope: Classifier = NO_CLASSIFIER,
    ) -> "SearchIndex":
        """The index over the clauses, whose order decides between equal scores.

        `scope` tells how much a question is like those that the texts answer (class `in`).
        """
        articles = group_by_article(clauses)
        others = OtherNames(terms)
        passages = Passages()
        fields = [clause_fields(clause, others, passages) for article in articles for clause in article.clauses]
        grouped = (fields[article.first : article.first + len(article.clauses)] for article in articles)
        whole, parts = build_postings([*map(article_fields, grouped)], passages), build_postings(fields, passages)
        called = [name for term in terms for name in (term.name, *term.synonyms)]
        labels = [label for clause in clauses for label in (clause.title, *clause.tags)]
        names = frozenset(map(normalised, (*called, *labels)))
        speller = _speller(chain.from_iterable(clause.tags for clause in clauses), called, passages, words)
        return cls(articles, whole, parts, names, speller, words, scope)

    def search(self, query: str, limit: int = 10) -> tuple[Hit, ...]:
        """The clauses that answer the question, best first; none when it is out of scope."""
        question = self.read(query)
        parts = self.parts.scores(question.terms)
        scores = self.scores(question, parts)
        order = best_first(scores)[:limit]
        if not self._is_answered(question, order):
            return ()
        hits = [hit for number in order for hit in _hits(self.articles[number], scores[number], parts)]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    def _is_answered(self, question: Question, order: Sequence[int]) -> bool:
        """Whether something is found, and the question is in scope or a title, a tag or a term of the knowledge."""
        is_name = question.text.strip() in self.names
        if not order or is_name:
            return bool(order)
        likelihood = self.scope.chances(question.text).get("in")
        return is_in_scope(question, self.evidence(question, order), self.words, likelihood)

    def corrected(self, text: str) -> str:
        """The text normalised and its spelling put right, as search reads it: 贴习是什么意思 -> 贴息是什么意思."""
        return self.speller.corrected(normalised(text[:LONGEST_QUERY]))

    def read(self, query: str) -> Question:
        """The question taken apart, its spelling put right."""
        return read_question(self.corrected(query), self.words)

    def evidence(self, question: Question, order: Sequence[int]) -> Evidence:
        """How far the best articles of all cover the question's own words."""
        best = frozenset(order[:COVERING])
        found = [self._is_found(phrase, best, question) for phrase in question.phrases]
        informative = sum(len(phrase) for phrase in question.phrases)
        covered = sum(map(sum, found)) / informative if informative else 1.0
        return Evidence(covered, informative, self._names_label(question.text))

    def _names_label(self, text: str) -> bool:
        ends = ((start, start + length) for length in LABEL_LENGTHS for start in range(len(text) - length + 1))
        return any(text[start:end] in self.names for start, end in ends)

    def _is_found(self, phrase: Sequence[str], best: frozenset[int], question: Question) -> list[bool]:
        """For each unit of a phrase, whether it stands beside a neighbour of its own in one of the best articles."""
        if len(phrase) == 1:
            return [self._is_held(phrase[0], best, question)]
        pairs = [self._is_held(joined(one, other), best, question) for one, other in pairwise(phrase)]
        return [before or after for before, after in zip((False, *pairs), (*pairs, False), strict=True)]

    def _is_held(self, term: str, best: frozenset[int], question: Question) -> bool:
        return term in question.understood or not best.isdisjoint(self.whole.posting(term).worths)

    def scores(self, question: Question, parts: Sequence[float]) -> list[float]:
        """What each article is worth; where several things are asked together, the best of each stands in front."""
        scores = self._alone(question, parts)
        in_front = max(scores, default=0.0) * IN_FRONT
        for one in several_of(question, self.words):
            alone = self._alone(one, self.parts.scores(one.terms))
            best = max(range(len(alone)), key=lambda number: alone[number], default=None)
            if best is not None and alone[best] >= ANSWERS_ONE:
                scores[best] = max(scores[best], in_front)
        return scores

    def _alone(self, question: Question, parts: Sequence[float]) -> list[float]:
        highest = self.whole.worth_of(question.expected) or 1.0
        whole = self.whole.scores(question.terms)
        mixed = [
            (WHOLE * score + PART * max(parts[article.first : article.first + len(article.clauses)])) / highest
            for score, article in zip(whole, self.articles, strict=True)
        ]
        return adjusted(mixed, self.articles, question, self.words)


def best_first(scores: Sequence[float]) -> list[int]:
    """The numbers of those articles that are worth anything, the best first; equal ones in their order."""
    return sorted((number for number, score in enumerate(scores) if score > 0), key=lambda n: (-scores[n], n))


def _speller(tags: Iterable[str], called: Iterable[str], passages: Passages, words: SearchWords) -> Speller:
    steering = (word for place in words.places for word in place.words)
    right = (*tags, *called, *words.topics, *words.synonyms, *words.policy_words, *steering)
    return build_speller(right, passages.pairs(), vocabulary_of(words), words.typos)


def _hits(article: Article, score: float, parts: Sequence[float]) -> list[Hit]:
    """The best clause of the article with the article's score, and a second one that is nearly as good."""
    own = [(parts[article.first + place], -place) for place in range(len(article.clauses))]
    ranked = sorted(own, reverse=True)[:CLAUSES_OF_ARTICLE]
    best = ranked[0][0] or 1.0
    hits = [Hit(article.clauses[-ranked[0][1]], score)]
    hits += [
        Hit(article.clauses[-place], score * NEXT_CLAUSE * own_score / best)
        for own_score, place in ranked[1:]
        if own_score >= best * NEARLY_AS_GOOD
    ]
    return hits
