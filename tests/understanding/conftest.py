"""The lexicon of the shipped content."""

import pytest

from bot.understanding.lexicon import Lexicon
from tests.content_fixture import shipped_bundle


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return shipped_bundle().guide.lexicon
