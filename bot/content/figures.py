"""The figures of a clause against the phrases of the text that it quotes: no figure without a source."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from bot.policy.attributes import AttributeType
from bot.policy.clauses import Benefit, Ceiling, Clause, Formula, NoFigure, Tiers
from bot.policy.conditions import Condition, Number, requirements_of
from bot.policy.money import UNITS, format_yuan

_SUM = re.compile(r"(\d+(?:\.\d+)?) ?(亿|万|)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?[%％]")
_RATIO = re.compile(r"1 ?[:：比] ?(\d+(?:\.\d+)?)")


def figures_without_source(clause: Clause) -> tuple[str, ...]:
    """The sums, rates and thresholds, in words, that no phrase of the evidence holds."""
    text = " ".join(clause.evidence).replace(",", "")
    sums = {Decimal(number) * UNITS[unit] for number, unit in _SUM.findall(text)}
    rates = {Decimal(number) / 100 for number in _PERCENT.findall(text)} | {Decimal(n) for n in _RATIO.findall(text)}
    missing = [format_yuan(yuan) for yuan in _sums_of(clause.benefit, clause.condition) if yuan not in sums]
    missing += [f"{(rate * 100).normalize():f}%" for rate in _rates_of(clause.benefit) if rate not in rates]
    return tuple(dict.fromkeys(missing))


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
