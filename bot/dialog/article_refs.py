"""Articles that a question names by their number: 经开区第8条, 汇编 2.1.2-4."""

import re
from collections.abc import Iterator

from bot.dialog.describing import documents_called
from bot.dialog.flows import ITEM, Guide
from bot.policy.clauses import Clause
from bot.search.shapes import named_documents
from bot.understanding.numerals import parse_numeral

_NUMBERED = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:条|款)")
MAX_TOLD = 4


def clauses_of_article(text: str, guide: Guide) -> tuple[Clause, ...]:
    """The clauses of the one article that a text names with its document, what can be claimed first; else none."""
    articles = set(_named(text, guide))
    if len(articles) != 1:
        return ()
    found = [c for c in guide.knowledge.clauses if (c.document.id, c.article) in articles]
    claimable = [clause for clause in found if clause.is_claimable]
    return tuple(claimable or found)[:MAX_TOLD]


def _named(text: str, guide: Guide) -> Iterator[tuple[str, str]]:
    """The documents and numbers of articles; an item of the digest names its document by its form."""
    for item in ITEM.findall(text):
        yield from ((document, item) for document in guide.numbered_documents)
    written_numbers = _NUMBERED.findall(text)
    if not written_numbers:
        return
    documents = documents_called(text, guide) or named_documents(
        text, tuple(guide.knowledge.documents.values()), guide.search_words
    )
    for written in written_numbers:
        number = parse_numeral(written)
        yield from ((document.id, f"{number:f}") for document in documents if number is not None and document.places)
