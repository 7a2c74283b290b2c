"""What moves an article up or down beside its words: the place that a question names, and what it asks for."""

from collections.abc import Sequence

from bot.search.articles import Article
from bot.search.questions import Question
from bot.search.shapes import MUNICIPAL, is_of
from bot.search.words import SearchWords, Shape, any_of_words

NAMED, OTHER_PLACE, OTHER_LEVEL = 1.35, 0.5, 0.8
RULE_ASKED, RULE_NOT_ASKED, MONEY, NO_MONEY = 2.0, 0.85, 1.12, 0.85
WORTH_COMPARING = 0.4


def adjusted(
    scores: Sequence[float], articles: Sequence[Article], question: Question, words: SearchWords
) -> list[float]:
    """The scores after the places that the question names and the kind of clause that it asks for."""
    asks_rule = any_of_words(words.rule_words).search(question.text) is not None
    asks_money = question.shape is Shape.AMOUNT or any_of_words(words.money_words).search(question.text) is not None
    moved = [
        score * _by_place(article, question) * _by_kind(article, asks_rule=asks_rule, asks_money=asks_money)
        for score, article in zip(scores, articles, strict=True)
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


def _by_place(article: Article, question: Question) -> float:
    if not question.targets:
        return 1.0
    if is_of(article.document, question.targets):
        return NAMED
    if len(question.targets) > 1:
        return 1.0
    return OTHER_LEVEL if MUNICIPAL in (*question.targets, article.document.level) else OTHER_PLACE


def _by_kind(article: Article, *, asks_rule: bool, asks_money: bool) -> float:
    if article.is_rule:
        return RULE_ASKED if asks_rule else RULE_NOT_ASKED
    if not asks_money:
        return 1.0
    return MONEY if article.has_money else NO_MONEY
