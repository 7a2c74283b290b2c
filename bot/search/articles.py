"""Clauses grouped by article: the several clauses of one article rank together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.policy.clauses import Clause, Document, Kind, NoFigure


@dataclass(frozen=True, slots=True)
class Article:
    """The clauses of one article of one document."""

    document: Document
    clauses: tuple[Clause, ...]
    has_money: bool
    is_rule: bool
    first: int
    """The place of its first clause among the clauses of all articles, in their order."""


def group_by_article(clauses: Sequence[Clause]) -> tuple[Article, ...]:
    """The articles of the clauses, in the order in which they first occur."""
    grouped: dict[tuple[str, str], list[Clause]] = defaultdict(list)
    for clause in clauses:
        grouped[clause.document.id, clause.article].append(clause)
    first, articles = 0, []
    for members in grouped.values():
        articles.append(_article(tuple(members), first))
        first += len(members)
    return tuple(articles)


def _article(clauses: tuple[Clause, ...], first: int) -> Article:
    has_money = any(not isinstance(clause.benefit, NoFigure) for clause in clauses)
    is_rule = all(clause.kind is Kind.RULE for clause in clauses)
    return Article(clauses[0].document, clauses, has_money, is_rule, first)
