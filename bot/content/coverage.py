"""How far the clauses cover the documents: for each article its clauses, and what became of each of its figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.articles import Article, SourceText
from bot.content.figure_reading import Figure, FigureKey, is_among, read_figures
from bot.content.figures import carried_keys, limit_keys, listed_keys
from bot.policy.clauses import Clause, Knowledge


@dataclass(frozen=True, slots=True)
class ArticleCoverage:
    """One article, the clauses written for it, and its figures: carried by one, listed as something else, left over."""

    document: str
    article: str
    clauses: tuple[str, ...]
    carried: tuple[str, ...]
    listed: tuple[str, ...]
    left_over: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether there is a clause for it and no figure is left over."""
        return bool(self.clauses) and not self.left_over


@dataclass(frozen=True, slots=True)
class Totals:
    """How many articles and figures there are, and how many of them are accounted for."""

    articles: int
    empty: int
    figures: int
    carried: int
    listed: int
    left_over: int


def cover(knowledge: Knowledge, texts: Mapping[str, SourceText]) -> tuple[ArticleCoverage, ...]:
    """Every article of every document, in the order of the documents."""
    by_article: dict[tuple[str, str], list[Clause]] = {}
    for clause in knowledge.clauses:
        by_article.setdefault((clause.document.id, clause.article), []).append(clause)
    limits = limit_keys(knowledge.combining)
    return tuple(
        _cover(text, article, by_article.get((text.id, article.id), ()), limits)
        for text in texts.values()
        for article in text.articles.values()
    )


def total(rows: Sequence[ArticleCoverage]) -> Totals:
    """The sums over all articles."""
    carried, listed, left_over = (
        sum(len(getattr(row, name)) for row in rows) for name in ("carried", "listed", "left_over")
    )
    empty = sum(not row.clauses for row in rows)
    return Totals(len(rows), empty, carried + listed + left_over, carried, listed, left_over)


def _cover(
    text: SourceText, article: Article, clauses: Sequence[Clause], limits: Mapping[str, frozenset[FigureKey]]
) -> ArticleCoverage:
    works = frozenset().union(*(carried_keys(c) | limits.get(c.id, frozenset()) for c in clauses))
    other = listed_keys(clauses)
    figures = list(_distinct(article))
    carried = [figure.text for figure in figures if is_among(figure.key, works)]
    listed = [f.text for f in figures if not is_among(f.key, works) and is_among(f.key, other)]
    left_over = [f.text for f in figures if not is_among(f.key, works) and not is_among(f.key, other)]
    names = tuple(clause.id for clause in clauses)
    return ArticleCoverage(text.id, article.id, names, tuple(carried), tuple(listed), tuple(left_over))


def _distinct(article: Article) -> Iterator[Figure]:
    """The figures of the article, each value once."""
    first: dict[FigureKey, Figure] = {}
    for figure in read_figures(article.body):
        first.setdefault(figure.key, figure)
    yield from first.values()
