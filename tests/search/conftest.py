"""The shipped knowledge and word lists."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.content.knowledge_loading import KnowledgeReader
from bot.policy.clauses import Knowledge
from bot.search.index import SearchIndex
from bot.search.words import SearchWords, parse_search_words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    read = KnowledgeReader(ROOT).read("test")
    assert read is not None
    return read


@pytest.fixture(scope="session")
def words() -> SearchWords:
    return parse_search_words(YAML(typ="safe").load((ROOT / "dialogs/search.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def index(knowledge: Knowledge, words: SearchWords) -> SearchIndex:
    return SearchIndex.build(knowledge.clauses, knowledge.terms, words)
