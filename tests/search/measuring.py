"""How well answers fit: the measures by which search is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from ruamel.yaml import YAML

from bot.policy.clauses import Clause
from bot.search.index import SearchIndex

QUERIES = Path(__file__).with_name("queries.yaml")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the articles that answer it."""

    kind: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions in scope, and the share of the others that were answered."""

    asked: int
    recall_at_1: float
    hit_at_3: float
    reciprocal_rank: float
    false_refusals: float
    false_answers: float


def read_queries() -> tuple[Asked, ...]:
    """All rows of queries.yaml, in order."""
    rows = YAML(typ="safe").load(QUERIES.read_text(encoding="utf-8"))
    return tuple(Asked(kind, row["q"], frozenset(row.get("a", ()))) for kind, each in rows.items() for row in each)


def article_of(clause: Clause) -> str:
    """The article as queries.yaml writes it."""
    return f"{clause.document.id}/{clause.article}"


def articles_found(index: SearchIndex, query: str) -> list[str]:
    """The articles in the order in which search returns their first clauses."""
    return list(dict.fromkeys(article_of(hit.clause) for hit in index.search(query)))


def measure(index: SearchIndex, queries: Sequence[Asked]) -> Figures:
    """The figures over those questions of which the knowledge holds an answer, and those out of scope."""
    held = {article_of(clause) for article in index.articles for clause in article.clauses}
    inside = [(each, articles_found(index, each.text)) for each in queries if each.answers & held]
    outside = [bool(index.search(each.text)) for each in queries if not each.answers]
    ranks = [next((n for n, name in enumerate(found, 1) if name in each.answers), 0) for each, found in inside]
    return Figures(
        len(inside),
        fmean(rank == 1 for rank in ranks),
        fmean(1 <= rank <= 3 for rank in ranks),
        fmean(1 / rank if rank else 0.0 for rank in ranks),
        fmean(not found for _, found in inside),
        fmean(outside),
    )
