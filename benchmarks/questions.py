"""How many questions it takes to a settled result: as the bot asks, as a form asks, at random, and at the very least.

Run: python -m benchmarks.questions [companies] [seed]. Draws 1,000 enterprises by default, the same for one seed;
docs/questions.md says how to read the table. Aims: at most 60 % of the form, and within 10 % of the optimum.
"""

import statistics
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from random import Random

from benchmarks.asking.companies import Company, draw_companies
from benchmarks.asking.optimum import Search, Small, TooLarge, small_set
from benchmarks.asking.strategies import (
    Strategy,
    at_random,
    form_until_settled,
    form_without_idle,
    ours,
    ours_of_one_who_says_all,
    whole_form,
)
from bot.content.loading import load_content, shipped_content
from bot.dialog.flows import Guide
from bot.policy.attributes import Value

ON = date(2026, 7, 15)
ENTERPRISES: Mapping[str, Mapping[str, Value]] = {
    "经开区": {"region": "经开区", "specialized_tier": "none"},
    "通州区": {"region": "通州区", "specialized_tier": "specialized"},
    "海淀区": {"region": "海淀区", "operating_regions": frozenset({"海淀区"}), "specialized_tier": "none"},
}
MOST_ATTRIBUTES = 9
"""Sets of more open attributes are not gone through."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    guide = load_content(shipped_content()).guide
    companies = draw_companies(count, seed, guide, ON)
    topics = statistics.mean(len(company.topics) for company in companies)
    print(f"content {guide.knowledge.version}, {ON}; {count} enterprises, seed {seed}, {topics:.2f} topics each")
    print_strategies(companies, guide, seed)
    print_optimum(guide)


def print_strategies(companies: Sequence[Company], guide: Guide, seed: int) -> None:
    """The mean and the 90th percentile of each strategy, and the share of its questions that the bot asks."""
    random = Random(seed)

    def by_chance(company: Company, guide: Guide, on: date) -> int:
        return at_random(company, guide, on, random)

    strategies: Mapping[str, Strategy] = {
        "the bot": ours,
        "the bot, picks said to be all": ours_of_one_who_says_all,
        "form, to its end": whole_form,
        "form, until settled": form_until_settled,
        "form, without idle questions": form_without_idle,
        "at random": by_chance,
    }
    counts = {name: [ask(company, guide, ON) for company in companies] for name, ask in strategies.items()}
    mean = statistics.mean(counts["the bot"])
    print(f"{'strategy':<32}{'mean':>8}{'p90':>6}{'bot / it':>10}")
    for name, asked in counts.items():
        print(f"{name:<32}{statistics.mean(asked):>8.2f}{ninetieth(asked):>6}{mean / statistics.mean(asked):>10.2f}")


def ninetieth(counts: Sequence[int]) -> int:
    """The count that nine of ten do not pass."""
    return sorted(counts)[min(len(counts) - 1, len(counts) * 9 // 10)]


def print_optimum(guide: Guide) -> None:
    """For each small set the least expected number of questions and that of the bot, the worst last."""
    rows = [(small, *expected) for small in small_sets(guide) if (expected := compare(small)) is not None]
    rows = sorted((row for row in rows if row[2] > 1), key=lambda row: row[1] / row[2])
    print(f"{'small set':<44}{'the bot':>8}{'optimum':>9}{'ratio':>7}")
    for small, asked, fewest in rows:
        print(f"{small.name:<44}{asked:>8.3f}{fewest:>9.3f}{asked / fewest:>7.3f}")
    whole = sum(row[1] for row in rows) / sum(row[2] for row in rows)
    print(f"{len(rows)} small sets: all together {whole:.3f}, worst {rows[-1][1] / rows[-1][2]:.3f}")


def small_sets(guide: Guide) -> list[Small]:
    """Each topic alone, and each two that have an attribute in common, for three enterprises."""
    topics = guide.flow.topics
    pairs = [(a.id, b.id) for a, b in combinations(topics, 2) if set(a.attributes) & set(b.attributes)]
    groups = [*((topic.id,) for topic in topics), *pairs]
    return [small_set(group, known, guide, ON) for known in ENTERPRISES.values() for group in groups]


def compare(small: Small) -> tuple[float, float] | None:
    """The expected numbers of questions of the bot and at the least; None where the set is too large."""
    topics = (topic for topic in small.guide.flow.topics if topic.id in (small.state.topics or ()))
    if len({name for topic in topics for name in topic.attributes}) > MOST_ATTRIBUTES:
        return None
    search = Search(small)
    try:
        fewest = search.fewest(small.state)
    except TooLarge:
        return None
    return search.asked(small.state), fewest


if __name__ == "__main__":
    main()
