"""What a benefit amounts to for a profile: exact where the text fixes a formula and its inputs are known."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from bot.policy.attributes import Attribute, Profile
from bot.policy.clauses import Benefit, Ceiling, Formula, NoFigure, Tiers
from bot.policy.conditions import evaluate
from bot.policy.money import Interval
from bot.policy.truth import Truth

FEN = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan that lie from `low` to `high` (None: the text sets no bound); `exact` where both are one and fixed."""

    low: Decimal = ZERO
    high: Decimal | None = None
    exact: Decimal | None = None

    def as_possible(self) -> "Amount":
        """The same sum for somebody who may not get it at all."""
        return Amount(ZERO, self.high, None)


NOTHING = Amount(ZERO, ZERO, None)


def amount_of(benefit: Benefit, profile: Profile, on: date) -> Amount:
    """The amount of a benefit for an enterprise that meets the clause's conditions."""
    match benefit:
        case Formula():
            return _formula(benefit, profile)
        case Ceiling(cap):
            return Amount(ZERO, cap, None)
        case Tiers():
            return _tiers(benefit, profile, on)
        case NoFigure():
            return Amount()
        case _ as unreachable:
            assert_never(unreachable)


def _formula(formula: Formula, profile: Profile) -> Amount:
    low, high = _base(formula, profile)
    ends = (formula.constant + formula.rate * low, None if high is None else formula.constant + formula.rate * high)
    if formula.rate < 0:
        ends = (ZERO if ends[1] is None else ends[1], ends[0])
    least, most = _bounded(ends[0], formula.cap), _most(ends[1], formula.cap)
    if formula.is_upper_bound:
        return Amount(ZERO, most, None)
    return Amount(least, most, least if least == most else None)


def _base(formula: Formula, profile: Profile) -> tuple[Decimal, Decimal | None]:
    plus = [_range(attribute, profile) for attribute in formula.plus]
    minus = [_range(attribute, profile) for attribute in formula.minus]
    taken, most_taken = sum((low for low, _ in minus), ZERO), [high for _, high in minus]
    given, most_given = sum((low for low, _ in plus), ZERO), [high for _, high in plus]
    low = ZERO if None in most_taken else max(ZERO, given - sum((h for h in most_taken if h is not None), ZERO))
    if None in most_given:
        return low, None
    return low, max(ZERO, sum((h for h in most_given if h is not None), ZERO) - taken)


def _range(attribute: Attribute, profile: Profile) -> tuple[Decimal, Decimal | None]:
    value = profile.get(attribute)
    if value is None:
        return ZERO, None
    if isinstance(value, Interval):
        return value.low or ZERO, value.high
    if isinstance(value, Decimal):
        return value, value
    raise TypeError(value)


def _bounded(yuan: Decimal, cap: Decimal | None) -> Decimal:
    bounded = max(ZERO, yuan if cap is None else min(yuan, cap))
    return bounded.quantize(FEN, ROUND_HALF_UP)


def _most(yuan: Decimal | None, cap: Decimal | None) -> Decimal | None:
    return cap if yuan is None else _bounded(yuan, cap)


def _tiers(benefit: Tiers, profile: Profile, on: date) -> Amount:
    """The best tier that surely applies, up to the best that may."""
    sure, possible = NOTHING, NOTHING
    for condition, part in benefit.tiers:
        truth = evaluate(condition, profile, on).truth
        amount = amount_of(part, profile, on)
        if truth is Truth.TRUE:
            sure = _better(sure, amount)
        if truth is not Truth.FALSE:
            possible = _better(possible, amount)
    return Amount(sure.low, possible.high, sure.exact if sure.high == possible.high else None)


def _better(one: Amount, other: Amount) -> Amount:
    if one.high is not None and (other.high is None or other.high > one.high):
        return other
    return one
