"""Which way of taking texts apart and which ranking finds the right articles, over the shipped knowledge.

Run: make bench-retrieval FILES="queries.jsonl …"
or, where the libraries are: python -m benchmarks.retrieval [--copies N --most N] [--only PART] [--flat] queries.jsonl …
A file has a row {"id", "query", "relevant": [{"document", "article"}]} a line; the project's own questions are asked
too. Each combination runs in a process of its own, so that its memory is its own.

Layers: alone (the question as typed), read (spelling, light fillers, synonyms), steered (an article with its clauses,
the place named, what is asked for), full (scope too). Fuzzy: the best 20 are ranked anew by how like the question their
titles and tags are.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from benchmarks.choosing.asked import Asked, Figures, Found, article_of, measure, read_asked
from benchmarks.choosing.content import OWN, copied, read_content
from benchmarks.choosing.layers import Layers, Shelf, over, under
from benchmarks.choosing.rankings import RANKINGS, Ours, Text
from benchmarks.choosing.tokens import TOKENS

PAGE_KIB = 4
Sets = Sequence[tuple[str, Sequence[Asked]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One combination's figures: a line of the table."""

    tokens: str
    ranking: str
    layer: str
    figures: tuple[Figures, ...]
    milliseconds: float
    build_seconds: float
    mebibytes: float


def rows_of(shelf: Shelf, tokens: str, ranking: str, sets: Sets) -> list[Row]:
    """All layers over one combination."""
    before, began = _memory(), time.perf_counter()
    taken = TOKENS[tokens](shelf.names)
    build, scale = RANKINGS[ranking]
    whole, parts = build(shelf.wholes, taken), build(shelf.parts, taken)
    seconds, memory = time.perf_counter() - began, _memory() - before
    own = Ours.build(shelf.wholes, taken), Ours.build(shelf.parts, taken)
    index = shelf.index
    swapped = under(index.whole, whole, own[0], scale), under(index.parts, parts, own[1], scale)
    layers, full = Layers(shelf, taken, whole), over(shelf, taken, *swapped)
    steered = replace(full, is_all_in_scope=True)
    found: list[tuple[str, Found]] = [
        ("alone", layers.alone),
        ("alone + fuzzy", replace(layers, fuzzy=True).alone),
        ("read", layers.read),
        ("steered", steered.found),
        ("steered + fuzzy", replace(steered, fuzzy=True).found),
        ("full", full.found),
    ]
    return [
        Row(
            tokens, ranking, layer, tuple(measure(each, rows) for _, rows in sets), _median(each, sets), seconds, memory
        )
        for layer, each in found
    ]


def _apart(shelf: Shelf, tokens: str, ranking: str, sets: Sets) -> list[Row]:
    """The rows of one combination, made in a process of its own."""
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    made = context.Process(target=lambda: there.send(rows_of(shelf, tokens, ranking, sets)))
    made.start()
    there.close()
    rows: list[Row] = here.recv()
    made.join()
    return rows


def flat(shelf: Shelf) -> Shelf:
    """The same texts with one weight for all fields."""
    return replace(shelf, wholes=tuple(map(_even, shelf.wholes)), parts=tuple(map(_even, shelf.parts)))


def _even(text: Text) -> Text:
    return [(passage, 1.0) for passage, _ in text]


def _memory() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE_KIB / 1024


def _median(found: Found, sets: Sets) -> float:
    """Milliseconds of a question, once all have been asked before."""
    taken = []
    for _, rows in sets:
        for each in rows:
            began = time.perf_counter()
            found(each.text)
            taken.append((time.perf_counter() - began) * 1e3)
    return statistics.median(taken)


def product_row(shelf: Shelf, sets: Sets) -> Row:
    """The product as it is."""

    def found(text: str) -> Sequence[str]:
        return list(dict.fromkeys(article_of(hit.clause) for hit in shelf.index.search(text)))

    figures = tuple(measure(found, rows) for _, rows in sets)
    return Row("as shipped", "as shipped", "full", figures, _median(found, sets), 0.0, 0.0)


def _print_head(sets: Sets) -> None:
    names = [f"{name}: recall@1 | hit@3 | MRR | refused, answered" for name, _ in sets]
    print(f"| terms | ranking | layers | {' | '.join(names)} | ms | build s | MiB |")
    print("|" + "---|" * (6 + 4 * len(sets)), flush=True)


def _print(row: Row) -> None:
    figures = " | ".join(map(_written, row.figures))
    cost = f"{row.milliseconds:.2f} | {row.build_seconds:.2f} | {row.mebibytes:.0f}"
    print(f"| {row.tokens} | {row.ranking} | {row.layer} | {figures} | {cost} |", flush=True)


def _written(one: Figures) -> str:
    share = f"{one.recall_at_1:.3f} | {one.hit_at_3:.3f} | {one.reciprocal_rank:.3f}"
    return f"{share} | {one.refused}/{one.inside}, {one.answered}/{one.outside}"


def options_of() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="questions with the articles that answer them")
    parser.add_argument("--copies", type=int, default=1, help="every article so many times, to see the times grow")
    parser.add_argument("--most", type=int, help="ask at most so many questions of each file")
    parser.add_argument("--only", default="", help="only combinations whose name starts like this, say 'pairs × '")
    parser.add_argument("--flat", action="store_true", help="all fields with the same weight")
    return parser.parse_args()


def main() -> None:
    """Print the table."""
    options = options_of()
    knowledge, words = read_content()
    shelf = Shelf.of(copied(knowledge, options.copies), words)
    shelf = flat(shelf) if options.flat else shelf
    sets = [(path.stem, read_asked(path)[: options.most]) for path in (OWN, *options.files)]
    wanted = [each for each in product(TOKENS, RANKINGS) if " × ".join(each).startswith(options.only)]
    _print_head(sets)
    _print(product_row(shelf, sets))
    for tokens, ranking in wanted:
        for row in _apart(shelf, tokens, ranking, sets):
            _print(row)


if __name__ == "__main__":
    main()
