"""The whole check: what refuses the content, what to look at again, and what is only told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.articles import SourceText
from bot.content.bundle import Bundle
from bot.content.lint_conditions import lint_conditions
from bot.content.lint_figures import lint_figures
from bot.content.lint_flow import lint_flow
from bot.content.lint_names import lint_names
from bot.content.lint_tiers import lint_tiers
from bot.content.lint_wording import lint_wording
from bot.content.loading import read_content
from bot.content.places import Places
from bot.content.problems import Finding, Weight
from bot.content.source_checks import SourceChecks


@dataclass(frozen=True, slots=True)
class Review:
    """What the check found, sorted by place; the bundle only where the content reads well."""

    findings: tuple[Finding, ...]
    bundle: Bundle | None

    def count(self, weight: Weight) -> int:
        """How many findings are of that weight."""
        return sum(finding.weight is weight for finding in self.findings)


def review(folder: Path, on: date, texts: Mapping[str, SourceText] | None = None) -> Review:
    """Everything there is to say of a content folder on a day; with the documents, the quotations as well."""
    reading = read_content(folder)
    if reading.bundle is None:
        mistakes = (Finding(problem, Weight.MISTAKE) for problem in reading.problems)
        return Review(tuple(sorted(set(mistakes))), None)
    places = Places(reading.bundle.guide, reading.reader)
    return Review(tuple(sorted(set(_lint(places, on, texts)))), reading.bundle)


def _lint(places: Places, on: date, texts: Mapping[str, SourceText] | None) -> Iterator[Finding]:
    yield from lint_conditions(places)
    yield from lint_tiers(places)
    yield from lint_flow(places)
    yield from lint_figures(places)
    yield from lint_wording(places)
    yield from lint_names(places, on)
    if texts is not None:
        yield from SourceChecks(places, texts).findings()
