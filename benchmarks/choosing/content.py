"""The shipped knowledge, as many times as is asked for."""

from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML

from bot.content.knowledge_loading import KnowledgeReader
from bot.policy.clauses import Knowledge
from bot.search.words import SearchWords, parse_search_words

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests/search/queries.yaml"
"""The project's own questions."""
HARD = Path(__file__).with_name("hard.yaml")
"""Questions that are hard to tell in scope or out; for the scope only."""


def read_content() -> tuple[Knowledge, SearchWords]:
    """The shipped knowledge and word lists."""
    knowledge = KnowledgeReader(ROOT).read("benchmark")
    if knowledge is None:
        raise SystemExit("the knowledge cannot be read; run policybot check")
    return knowledge, parse_search_words(YAML(typ="safe").load((ROOT / "dialogs/search.yaml").read_text("utf-8")))


def copied(knowledge: Knowledge, copies: int) -> Knowledge:
    """The knowledge with every article so many times."""
    clauses = tuple(
        replace(clause, id=f"{clause.id}+{copy}", article=f"{clause.article}+{copy}") if copy else clause
        for copy in range(copies)
        for clause in knowledge.clauses
    )
    return replace(knowledge, clauses=clauses)
