"""The figures of a clause against the phrases of the text that it quotes: no figure without a source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.content.condition_syntax import describe
from bot.content.figure_reading import FigureKey, Measure, is_among, keys_of, read_figures
from bot.policy.attributes import AttributeType
from bot.policy.clauses import (
    Batch,
    Benefit,
    Ceiling,
    Clause,
    Combining,
    Document,
    Draft,
    Formula,
    InForce,
    NoFigure,
    NoTerm,
    Tiers,
    TitleYears,
)
from bot.policy.conditions import (
    ALWAYS,
    Condition,
    Is,
    NotWithinYears,
    Number,
    OneOf,
    Predicate,
    Requirement,
    Since,
    Tier,
    requirements_of,
)
from bot.policy.money import UNITS, format_yuan

_SUM = re.compile(r"(\d+(?:\.\d+)?) ?(亿|万|)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?[%％]")
_RATIO = re.compile(r"1 ?[:：比] ?(\d+(?:\.\d+)?)")


def figures_without_source(clause: Clause) -> tuple[str, ...]:
    """The sums, rates, thresholds and terms, in words, that no phrase of the evidence holds."""
    text = " ".join(clause.evidence).replace(",", "")
    sums = {Decimal(number) * UNITS[unit] for number, unit in _SUM.findall(text)}
    rates = {Decimal(number) / 100 for number in _PERCENT.findall(text)} | {Decimal(n) for n in _RATIO.findall(text)}
    missing = [format_yuan(yuan) for yuan in _sums_of(clause.benefit, clause.condition) if yuan not in sums]
    missing += [f"{(rate * 100).normalize():f}%" for rate in _rates_of(clause.benefit) if rate not in rates]
    missing += _other_thresholds(clause)
    missing += _terms_without_source(clause)
    return tuple(dict.fromkeys(missing))


def _other_thresholds(clause: Clause) -> Iterator[str]:
    """Days, years and counts of the conditions; a day that bounds the term of the document has its source there."""
    for leaf in _leaves_of(clause):
        wanted = threshold_keys(leaf)
        is_sum = leaf.attribute.type is AttributeType.YUAN
        if not wanted or is_sum or wanted & keys_of(*clause.evidence) or wanted & term_keys(clause.policy):
            continue
        yield _say_threshold(leaf.predicate)


def _say_threshold(predicate: Predicate) -> str:
    match predicate:
        case NotWithinYears(years):
            return f"{years} 年"
        case Since(day):
            return day.isoformat()
        case Number(_, threshold):
            return f"{threshold:f}"
        case _:
            return ""


def _terms_without_source(clause: Clause) -> Iterator[str]:
    if clause.terms:
        quoted = keys_of(*clause.evidence) | term_keys(clause.policy)
        yield from (figure.text for figure in read_figures(clause.terms) if not is_among(figure.key, quoted))


def _named_keys(leaf: Requirement) -> frozenset[FigureKey]:
    """The figures in the words of a requirement that is no threshold: a yes or no, or a choice, may stand for one."""
    if isinstance(leaf.predicate, Is | OneOf | Tier):
        return keys_of(leaf.attribute.label, leaf.say, describe(leaf.attribute, leaf.predicate))
    return threshold_keys(leaf)


def carried_keys(clause: Clause) -> frozenset[FigureKey]:
    """All figures that a clause works with: of its sums, conditions and terms, and of the document that grants it."""
    from_conditions = (_named_keys(leaf) for leaf in (*_leaves_of(clause), *_general_leaves(clause.policy)))
    return benefit_keys(clause).union(keys_of(clause.terms), term_keys(clause.policy), *from_conditions)


def benefit_keys(clause: Clause) -> frozenset[FigureKey]:
    """The sums and rates of the benefit, with the thresholds in yuan of its tiers."""
    sums = {(Measure.NUMBER, yuan) for yuan in _sums_of(clause.benefit, ALWAYS)}
    return frozenset(sums | {(Measure.RATE, rate) for rate in _rates_of(clause.benefit)})


def listed_keys(clauses: Iterable[Clause]) -> frozenset[FigureKey]:
    """The figures that the clauses list as something else than a benefit."""
    return frozenset(
        figure.key for clause in clauses for name, _ in clause.other_figures for figure in read_figures(name)
    )


def limit_keys(combining: Combining) -> Mapping[str, frozenset[FigureKey]]:
    """By clause, the figures of the limits that it shares with others."""
    found: dict[str, frozenset[FigureKey]] = {}
    for limit in combining.limits:
        keys = keys_of(limit.say) | {(Measure.NUMBER, limit.cap)}
        found |= {name: found.get(name, frozenset()) | keys for name in limit.clauses}
    return found


def threshold_keys(leaf: Requirement) -> frozenset[FigureKey]:
    """The figures that stand for a threshold: `< 3` of a count is 3 as well as three years; 0 and 1 are none."""
    match leaf.predicate:
        case Number(_, threshold) if threshold > 1:
            counts = {(Measure.MONTHS, threshold * 12)} if leaf.attribute.type is AttributeType.INT else set()
            return frozenset({(Measure.NUMBER, threshold), *counts})
        case NotWithinYears(years):
            return frozenset({(Measure.MONTHS, Decimal(years * 12))})
        case Since(day):
            return _day_keys(day)
        case _:
            return frozenset()


def term_keys(document: Document) -> frozenset[FigureKey]:
    """The days and years between which a document holds by its status."""
    match document.status:
        case InForce(first, last):
            return frozenset(key for day in (first, last) if day is not None for key in _day_keys(day))
        case Batch(year):
            return frozenset({(Measure.DATE, str(year))})
        case TitleYears(first_year, last_year):
            return frozenset({(Measure.DATE, str(first_year)), (Measure.DATE, str(last_year))})
        case Draft() | NoTerm():
            return frozenset()
        case _ as unreachable:
            assert_never(unreachable)


def _day_keys(day: date) -> frozenset[FigureKey]:
    return frozenset({(Measure.DATE, day.isoformat()), (Measure.DATE, str(day.year))})


def _leaves_of(clause: Clause) -> tuple[Requirement, ...]:
    tiers = clause.benefit.tiers if isinstance(clause.benefit, Tiers) else ()
    return tuple(leaf for part in (clause.condition, *(when for when, _ in tiers)) for leaf in requirements_of(part))


def _general_leaves(document: Document) -> tuple[Requirement, ...]:
    return (*requirements_of(document.scope), *requirements_of(document.premises))


def _sums_of(benefit: Benefit, condition: Condition) -> Iterator[Decimal]:
    for leaf in requirements_of(condition):
        if leaf.attribute.type is AttributeType.YUAN and isinstance(leaf.predicate, Number):
            yield from filter(None, (leaf.predicate.threshold,))
    match benefit:
        case Formula(constant=constant, cap=cap):
            yield from filter(None, (constant, cap))
        case Ceiling(cap):
            yield cap
        case Tiers(tiers):
            for when, part in tiers:
                yield from _sums_of(part, when)
        case NoFigure():
            return
        case _ as unreachable:
            assert_never(unreachable)


def _rates_of(benefit: Benefit) -> Iterator[Decimal]:
    match benefit:
        case Formula(rate=rate):
            yield from (rate,) if rate > 0 else ()
        case Tiers(tiers):
            for _, part in tiers:
                yield from _rates_of(part)
        case Ceiling() | NoFigure():
            return
        case _ as unreachable:
            assert_never(unreachable)
