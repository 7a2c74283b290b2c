"""The rankings that are compared, over texts made of weighted passages: three libraries, and the product's own.

Every one of them is handed the same terms, spelled as made-up words so that no analyser of its own takes them apart.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import bm25s
import tantivy

from benchmarks.choosing.tokens import Tokens
from bot.search.postings import LENGTH_SHARE, SATURATION, Passages, Postings, build_postings

Text = Sequence[tuple[str, float]]
"""Passages, each with what it weighs."""
Weights = Mapping[str, float]
DEEPEST = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"
REPEATED = 2
"""How often bm25s is given a passage of weight 1: it knows no weights, so passages are repeated."""


class Ranking(Protocol):
    """Texts that can be ranked."""

    def scores(self, weights: Weights) -> list[float]:
        """What each text is worth for terms with weights."""
        ...


@dataclass(slots=True)
class Code:
    """Terms spelled as made-up words: qba, qbb, …; the same term always the same."""

    known: dict[str, str] = field(default_factory=dict)

    def of(self, term: str) -> str:
        """The word that stands for a term."""
        return self.known.setdefault(term, "q" + "".join(LETTERS[int(digit)] for digit in str(len(self.known))))

    def held(self, weights: Weights) -> dict[str, float]:
        """The words for those terms that some text holds."""
        return {self.known[term]: weight for term, weight in weights.items() if weight and term in self.known}


@dataclass(frozen=True, slots=True)
class Ours:
    """The product's own postings."""

    code: Code
    postings: Postings

    @classmethod
    def build(cls, texts: Sequence[Text], tokens: Tokens) -> "Ours":
        """The postings of the texts."""
        code, passages = Code(), Passages()
        coded = [
            [(passages.number_of(",".join(map(code.of, tokens(text)))), weight) for text, weight in row]
            for row in texts
        ]
        return cls(code, build_postings(coded, passages))

    def scores(self, weights: Weights) -> list[float]:
        return self.postings.scores(self.code.held(weights))


@dataclass(frozen=True, slots=True)
class Bm25s:
    """BM25 by bm25s, with the product's parameters; a passage is repeated for its weight."""

    code: Code
    index: bm25s.BM25
    size: int

    @classmethod
    def build(cls, texts: Sequence[Text], tokens: Tokens) -> "Bm25s":
        """The index of the texts."""
        code = Code()
        rows = [[word for text, weight in row for word in _repeated(code, tokens(text), weight)] for row in texts]
        index = bm25s.BM25(k1=SATURATION * REPEATED, b=LENGTH_SHARE)
        index.index(rows, show_progress=False)
        return cls(code, index, len(rows))

    def scores(self, weights: Weights) -> list[float]:
        total = [0.0] * self.size
        for weight, words in _by_weight(self.code.held(weights)):
            scores = self.index.get_scores(words).tolist()
            total = [one + weight * other for one, other in zip(total, scores, strict=True)]
        return total


@dataclass(frozen=True, slots=True)
class Tantivy:
    """BM25 of tantivy: passages of one weight are a field, and its boost."""

    code: Code
    index: tantivy.Index
    boosts: Mapping[str, float]
    size: int

    @classmethod
    def build(cls, texts: Sequence[Text], tokens: Tokens) -> "Tantivy":
        """The index of the texts, in memory, in one segment so that documents keep their numbers."""
        code = Code()
        boosts = _columns(texts)
        builder = tantivy.SchemaBuilder()
        for name in boosts:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        index = tantivy.Index(builder.build())
        writer = index.writer(num_threads=1)
        for row in texts:
            writer.add_document(tantivy.Document(**_by_column(code, row, tokens, boosts)))
        writer.commit()
        index.reload()
        return cls(code, index, boosts, len(texts))

    def scores(self, weights: Weights) -> list[float]:
        query, term, boost = tantivy.Query.boolean_query, tantivy.Query.term_query, tantivy.Query.boost_query
        parts = [
            (tantivy.Occur.Should, boost(term(self.index.schema, column, word, "freq"), weight * worth))
            for word, weight in self.code.held(weights).items()
            for column, worth in self.boosts.items()
        ]
        total = [0.0] * self.size
        for score, address in self.index.searcher().search(query(parts), DEEPEST, count=False).hits:
            total[address.doc] = score
        return total


@dataclass(frozen=True, slots=True)
class Fts5:
    """bm25() of SQLite's FTS5: passages of one weight are a column."""

    code: Code
    base: sqlite3.Connection
    rank: str
    size: int

    @classmethod
    def build(cls, texts: Sequence[Text], tokens: Tokens) -> "Fts5":
        """The table of the texts, in memory."""
        code = Code()
        columns = _columns(texts)
        base = sqlite3.connect(":memory:")
        base.execute(f"create virtual table texts using fts5({', '.join(columns)}, content='', detail=full)")
        places = ", ".join("?" * (len(columns) + 1))
        rows = [
            (n, *(_by_column(code, row, tokens, columns)[name] for name in columns)) for n, row in enumerate(texts, 1)
        ]
        base.executemany(f"insert into texts (rowid, {', '.join(columns)}) values ({places})", rows)
        base.commit()
        return cls(code, base, f"bm25(texts, {', '.join(map(str, columns.values()))})", len(texts))

    def scores(self, weights: Weights) -> list[float]:
        total = [0.0] * self.size
        asked = f"select rowid, {self.rank} as worth from texts where texts match ? order by worth limit {DEEPEST}"
        for weight, words in _by_weight(self.code.held(weights)):
            for row, worth in self.base.execute(asked, (" OR ".join(words),)):
                total[row - 1] -= weight * worth
        return total


RANKINGS: dict[str, tuple[Callable[[Sequence[Text], Tokens], Ranking], float]] = {
    "own postings": (Ours.build, 1.0),
    "bm25s": (Bm25s.build, SATURATION + 1),
    "tantivy": (Tantivy.build, 1 / 3),
    "FTS5": (Fts5.build, 1.0),
}
"""How each is built, and what makes its scores about as large as the product's."""


def _repeated(code: Code, terms: Iterable[str], weight: float) -> list[str]:
    return [code.of(term) for term in terms] * max(1, round(weight * REPEATED))


def _columns(texts: Sequence[Text]) -> dict[str, float]:
    """A column for each weight that occurs."""
    weights = sorted({weight for row in texts for _, weight in row}, reverse=True)
    return {f"c{number}": weight for number, weight in enumerate(weights)}


def _by_column(code: Code, row: Text, tokens: Tokens, columns: Mapping[str, float]) -> dict[str, str]:
    """The words of a text, column by column."""
    words: dict[float, list[str]] = defaultdict(list)
    for text, weight in row:
        words[weight].extend(map(code.of, tokens(text)))
    return {name: " ".join(words[weight]) for name, weight in columns.items()}


def _by_weight(weights: Weights) -> Iterable[tuple[float, list[str]]]:
    """The words of each weight together: a library without weights in a question is asked once for each."""
    grouped: dict[float, list[str]] = defaultdict(list)
    for word, weight in weights.items():
        grouped[weight].append(word)
    return grouped.items()
