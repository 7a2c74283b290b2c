"""The lines that cut a range which an enterprise told of a sum: those of conditions, and where a cap begins."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.dialog.bounds import Line, cuts, line_at
from bot.policy.amounts import caps_reached
from bot.policy.attributes import Profile
from bot.policy.conditions import open_requirements
from bot.policy.matching import Standing, Verdict
from bot.policy.money import Interval


def ranged_in(profile: Profile) -> frozenset[str]:
    """The attributes of which only a range is known."""
    return frozenset(name for name, value in profile.values.items() if isinstance(value, Interval))


def capped_by(verdict: Verdict, profile: Profile, on: date) -> Iterator[Line]:
    """The lines from which on the sum of a clause is at its cap, where a known range lies on both sides."""
    if verdict.standing is Standing.NOT_ELIGIBLE or verdict.prospect.exact is not None:
        return
    for name, threshold in caps_reached(verdict.clause.benefit, profile, on).items():
        line = Line(name, threshold)
        if cuts(line, profile.values.get(name)):
            yield line


def lines_of(verdicts: Iterable[Verdict], profile: Profile, on: date) -> dict[str, Line]:
    """For each attribute the line that cuts its known range: a condition's before a cap's."""
    found: dict[str, Line] = {}
    capped: dict[str, Line] = {}
    for verdict in verdicts:
        for line in _required(verdict):
            if cuts(line, profile.values.get(line.attribute)):
                found.setdefault(line.attribute, line)
        for line in capped_by(verdict, profile, on):
            capped.setdefault(line.attribute, line)
    return capped | found


def _required(verdict: Verdict) -> Iterator[Line]:
    for requirement in open_requirements(verdict.finding):
        if (line := line_at(requirement.attribute.name, requirement.predicate)) is not None:
            yield line
