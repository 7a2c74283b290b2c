"""How far the thresholds of the scope can be trusted: learned on one half of labelled questions, tested on the other.

Run: python -m benchmarks.thresholds queries.jsonl …
The halves are those of a hash of each question's id. For each ground on which a question is judged
(bot/search/scope.py) every share of coverage between two questions is a possible threshold; the best are those that
decide fewest questions wrongly. What a word decides has no threshold: it is counted, and never learned.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.choosing.asked import Asked, read_asked
from benchmarks.choosing.content import HARD, OWN, read_content
from bot.search.index import SearchIndex, best_first
from bot.search.scope import COVERED, FEWEST_UNITS, Ground, ground_of

NEVER = 1.01
Thresholds = Mapping[Ground, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as the scope sees it."""

    asked: Asked
    ground: Ground
    covered: float
    is_found: bool
    """Whether any article has one of its terms, and it says enough to be judged."""

    def is_answered(self, thresholds: Thresholds) -> bool:
        """Whether it is answered with these thresholds."""
        return self.is_found and self.covered >= thresholds.get(self.ground, NEVER)

    def is_wrong(self, thresholds: Thresholds) -> bool:
        """Whether that is a mistake."""
        return self.is_answered(thresholds) != bool(self.asked.answers)


def judged(index: SearchIndex, asked: Asked) -> Judged:
    """The question with its ground, and how far the best articles cover it."""
    question = index.read(asked.text)
    order = best_first(index.scores(question, index.parts.scores(question.terms)))
    evidence = index.evidence(question, order)
    ground = ground_of(question, index.words, names_label=evidence.names_label)
    says_enough = ground is not Ground.NOTHING or evidence.informative >= FEWEST_UNITS
    return Judged(asked, ground, evidence.covered, bool(order) and says_enough)


def mistakes(rows: Iterable[Judged], thresholds: Thresholds) -> int:
    """How many of them these thresholds decide wrongly."""
    return sum(row.is_wrong(thresholds) for row in rows)


def learned(rows: Sequence[Judged], ground: Ground) -> tuple[float, float]:
    """The span of thresholds that decide fewest of the ground's questions wrongly, the lowest if there are several."""
    own = [row for row in rows if row.ground is ground and row.is_found]
    edges = sorted({0.0, *(row.covered for row in own)})
    wrong = [mistakes(own, {ground: edge}) for edge in edges] + [mistakes(own, {})]
    best = wrong.index(min(wrong))
    lowest = edges[best - 1] if best else 0.0
    return (lowest, edges[best] if best < len(edges) else 1.0)


def halves(rows: Iterable[Judged]) -> tuple[list[Judged], list[Judged]]:
    """The questions whose hashed id is even, and the others."""
    parts: tuple[list[Judged], list[Judged]] = ([], [])
    for row in rows:
        parts[sha256(row.asked.id.encode()).digest()[0] % 2].append(row)
    return parts


def _learn(rows: Sequence[Judged]) -> dict[Ground, float]:
    """Of each span the middle; a ground on which there is no question keeps the present value."""
    on = {row.ground for row in rows}
    return {ground: sum(learned(rows, ground)) / 2 if ground in on else present for ground, present in COVERED.items()}


def _figures(rows: Sequence[Judged], thresholds: Thresholds) -> str:
    inside = [row for row in rows if row.asked.answers]
    outside = [row for row in rows if not row.asked.answers]
    refused, answered = mistakes(inside, thresholds), mistakes(outside, thresholds)
    return f"refused {refused} of {len(inside)}, answered {answered} of {len(outside)}"


def _print_spans(rows: Sequence[Judged], parts: Sequence[Sequence[Judged]]) -> None:
    print("| ground | in scope, out | now | best on all | on the even half | on the odd half |")
    print("|---|---|---|---|---|---|")
    for ground in Ground:
        own = [row for row in rows if row.ground is ground]
        count = f"{sum(bool(row.asked.answers) for row in own)}, {sum(not row.asked.answers for row in own)}"
        now = f"{COVERED[ground]:.2f}" if ground in COVERED else "never"
        spans = " | ".join("{:.2f} to {:.2f}".format(*learned(each, ground)) for each in (rows, *parts))
        print(f"| {ground} | {count} | {now} | {spans} |")


def main() -> None:
    """Print the spans and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="questions with the articles that answer them")
    parser.add_argument("--show", action="store_true", help="print the questions that are decided wrongly now")
    options = parser.parse_args()
    knowledge, words = read_content()
    index = SearchIndex.build(knowledge.clauses, knowledge.terms, words)
    sets = {path.stem: [judged(index, each) for each in read_asked(path)] for path in (OWN, HARD, *options.files)}
    rows = [row for each in sets.values() for row in each]
    parts = halves(rows)
    _print_spans(rows, parts)
    for name, each in sets.items():
        print(f"{name}: now {_figures(each, COVERED)}")
    for name, seen, other in (("even", *parts), ("odd", parts[1], parts[0])):
        own = _learn(seen)
        print(f"learned on the {name} half: there {_figures(seen, own)}; on the other {_figures(other, own)}", end="; ")
        print(f"on the other as it is now {_figures(other, COVERED)}")
    for row in rows if options.show else ():
        if row.is_wrong(COVERED):
            print(row.asked.id, row.ground.name, f"{row.covered:.2f}", row.asked.text)


if __name__ == "__main__":
    main()
