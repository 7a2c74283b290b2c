"""Labelled questions, and the measures by which rankings are compared."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from ruamel.yaml import YAML

from bot.policy.clauses import Clause

DEEPEST = 10
Found = Callable[[str], Sequence[str]]
"""From a question to the articles that answer it, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the articles that answer it; none when it is out of scope."""

    id: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions in scope; how many of them were refused, and how many of the others were answered."""

    inside: int
    outside: int
    recall_at_1: float
    hit_at_3: float
    reciprocal_rank: float
    refused: int
    answered: int


def read_asked(path: Path) -> tuple[Asked, ...]:
    """The rows of a file: JSON Lines as in the evaluation sets, YAML as in the tests, or a label and a text a line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        labelled = [line.split("\t") for line in text.splitlines()]
        return tuple(
            Asked(f"{path.stem}-{n}", said, frozenset({"any"} if label == "in" else ()))
            for n, (label, said) in enumerate(labelled, 1)
        )
    if path.suffix == ".yaml":
        kinds = YAML(typ="safe").load(text).items()
        rows = [(kind, row) for kind, each in kinds for row in each]
        return tuple(
            Asked(f"{path.stem}-{kind}-{n}", row["q"], frozenset(row.get("a", ())))
            for n, (kind, row) in enumerate(rows, 1)
        )
    return tuple(_asked(json.loads(line)) for line in text.splitlines() if line.strip())


def _asked(row: dict[str, object]) -> Asked:
    relevant = row["relevant"]
    if not isinstance(relevant, list):
        raise TypeError(f"{row['id']}: relevant must be a list of articles")
    answers = frozenset(f"{each['document']}/{each['article']}" for each in relevant)
    return Asked(str(row["id"]), str(row["query"]), answers)


def article_of(clause: Clause) -> str:
    """The article as a row names it."""
    return f"{clause.document.id}/{clause.article}"


def measure(found: Found, asked: Sequence[Asked]) -> Figures:
    """The figures of a ranking over questions of which some are out of scope."""
    inside = [(each, found(each.text)[:DEEPEST]) for each in asked if each.answers]
    outside = [bool(found(each.text)) for each in asked if not each.answers]
    ranks = [_rank(names, each.answers) for each, names in inside]
    return Figures(
        len(inside),
        len(outside),
        fmean(rank == 1 for rank in ranks),
        fmean(1 <= rank <= 3 for rank in ranks),
        fmean(1 / rank if rank else 0.0 for rank in ranks),
        sum(not names for _, names in inside),
        sum(outside),
    )


def _rank(names: Sequence[str], answers: frozenset[str]) -> int:
    return next((place for place, name in enumerate(names, 1) if name in answers), 0)
