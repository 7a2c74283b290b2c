"""What moves an article up or down beside its words: the place that a question names, and what it asks for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.search.articles import Article
from bot.search.questions import Question
from bot.search.shapes import MUNICIPAL, is_of
from bot.search.words import SearchWords, Shape, any_of_words

NAMED, OTHER_PLACE, OTHER_LEVEL = 1.35, 0.5, 0.8
RULE_ELSEWHERE = 0.3
"""What the rule of a place counts when another one is named: how long it holds says nothing there."""
RULE_OF_OTHERS, SPOKEN_OF = 0.1, 6
"""What the rule of a document counts that hardly speaks of the subject: less than a sixth of what another one does."""
RULE_ASKED, RULE_NOT_ASKED, MONEY, NO_MONEY = 2.0, 0.85, 1.12, 0.85
WORTH_COMPARING = 0.4
OF_A_PRICE = re.compile(r"[挣赚值]钱|[值卖](?:得|了|个|到|上)?(?:多少|几)个?钱?")
"""What speaks of a price or of earning, and asks for no grant: 值多少钱, 拿来挣钱."""


def adjusted(
    scores: Sequence[float], articles: Sequence[Article], question: Question, words: SearchWords
) -> list[float]:
    """The scores after the places that the question names and the kind of clause that it asks for."""
    asks_rule = any_of_words(words.rule_words).search(question.text) is not None
    text = OF_A_PRICE.sub("", question.text)
    asks_money = _asks_sum(question, text) or any_of_words(words.money_words).search(text) is not None
    strange = _strangers(articles, question, words) if asks_rule and not question.targets else frozenset[str]()
    kinds = [
        RULE_OF_OTHERS
        if article.is_rule and article.document.id in strange
        else _by_kind(article, asks_rule=asks_rule, asks_money=asks_money)
        for article in articles
    ]
    moved = [
        score * _by_place(article, question) * kind
        for score, article, kind in zip(scores, articles, kinds, strict=True)
    ]
    return _with_each_target(moved, articles, question)


def _with_each_target(scores: list[float], articles: Sequence[Article], question: Question) -> list[float]:
    """Where a question names two places or more, the best article of each comes to the front."""
    if len(question.targets) < 2:
        return scores
    highest = max(scores, default=0.0)
    for target in sorted(question.targets):
        own = [number for number, article in enumerate(articles) if is_of(article.document, frozenset({target}))]
        best = max(own, key=lambda number: scores[number], default=None)
        if best is not None and scores[best] >= highest * WORTH_COMPARING:
            scores[best] = max(scores[best], highest * 0.99)
    return scores


def _strangers(articles: Sequence[Article], question: Question, words: SearchWords) -> frozenset[str]:
    """The documents that hardly speak of what the question names, so that their rules do not answer it."""
    named = set(any_of_words(words.topics).findall(question.text))
    every = {article.document.id for article in articles}
    if not named:
        return frozenset()
    spoken = {topic: Counter(_documents_of(topic, articles)) for topic in named}
    close = {
        document
        for counts in spoken.values()
        for document, count in counts.items()
        if count * SPOKEN_OF >= max(counts.values())
    }
    return frozenset(every - close) if close else frozenset()


def _documents_of(topic: str, articles: Sequence[Article]) -> Iterator[str]:
    """The document of each clause that has the topic in its title or its tags, once a clause."""
    for article in articles:
        for clause in article.clauses:
            if any(topic in label.casefold() for label in (clause.title, *clause.tags)):
                yield article.document.id


def _asks_sum(question: Question, without_price: str) -> bool:
    return question.shape is Shape.AMOUNT and without_price == question.text


def _by_place(article: Article, question: Question) -> float:
    if not question.targets:
        return 1.0
    if is_of(article.document, question.targets):
        return NAMED
    if len(question.targets) > 1:
        return 1.0
    if article.is_rule and article.document.places:
        return RULE_ELSEWHERE
    return OTHER_LEVEL if MUNICIPAL in (*question.targets, article.document.level) else OTHER_PLACE


def _by_kind(article: Article, *, asks_rule: bool, asks_money: bool) -> float:
    if article.is_rule:
        return RULE_ASKED if asks_rule else RULE_NOT_ASKED
    if not asks_money:
        return 1.0
    return MONEY if article.has_money else NO_MONEY
