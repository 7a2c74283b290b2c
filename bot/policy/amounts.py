"""What a benefit amounts to for a profile: exact where the text fixes a formula and its inputs are known."""

from collections.abc import Iterable
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
ROUND = Decimal(10_000)


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


def caps_reached(benefit: Benefit, profile: Profile, on: date) -> dict[str, Decimal]:
    """For each attribute of which a range is known: from which sum on a benefit is at its cap."""
    match benefit:
        case Formula():
            return _cap_reached(benefit, profile)
        case Tiers(tiers):
            found: dict[str, Decimal] = {}
            for condition, part in tiers:
                if evaluate(condition, profile, on).truth is not Truth.FALSE:
                    found |= caps_reached(part, profile, on)
            return found
        case Ceiling() | NoFigure():
            return {}
        case _ as unreachable:
            assert_never(unreachable)


def _cap_reached(formula: Formula, profile: Profile) -> dict[str, Decimal]:
    """Where one sum that is added decides alone: all others are known exactly, and it is a round one to ask about."""
    ranged = [a for a in formula.plus if isinstance(profile.get(a), Interval)]
    others = [a for a in (*formula.plus, *formula.minus) if a not in ranged]
    is_decisive = len(ranged) == 1 and _are_exact(others, profile)
    if not is_decisive or formula.cap is None or formula.is_upper_bound or formula.rate <= 0:
        return {}
    given, _ = _total((a for a in formula.plus if a not in ranged), profile)
    taken, _ = _total(formula.minus, profile)
    reached = (formula.cap - formula.constant) / formula.rate + taken - given
    return {ranged[0].name: reached} if reached % ROUND == 0 else {}


def _are_exact(attributes: Iterable[Attribute], profile: Profile) -> bool:
    return all(isinstance(profile.get(attribute), Decimal) for attribute in attributes)


def _formula(formula: Formula, profile: Profile) -> Amount:
    low, high = _base(formula, profile)
    ends = [_sum(formula, low), None if high is None else _sum(formula, high)]
    least, most = reversed(ends) if formula.rate < 0 else ends
    least, most = least or ZERO, formula.cap if most is None else most
    if formula.is_upper_bound:
        return Amount(ZERO, most, None)
    return Amount(least, most, least if least == most else None)


def _base(formula: Formula, profile: Profile) -> tuple[Decimal, Decimal | None]:
    """The least and the greatest that plus - minus can be; never below zero."""
    given, most_given = _total(formula.plus, profile)
    taken, most_taken = _total(formula.minus, profile)
    low = ZERO if most_taken is None else max(ZERO, given - most_taken)
    return low, None if most_given is None else max(ZERO, most_given - taken)


def _total(attributes: Iterable[Attribute], profile: Profile) -> tuple[Decimal, Decimal | None]:
    ranges = [_range(attribute, profile) for attribute in attributes]
    bounded = [high for _, high in ranges if high is not None]
    return sum((low for low, _ in ranges), ZERO), sum(bounded, ZERO) if len(bounded) == len(ranges) else None


def _range(attribute: Attribute, profile: Profile) -> tuple[Decimal, Decimal | None]:
    value = profile.get(attribute)
    if value is None:
        return ZERO, None
    if isinstance(value, Interval):
        return value.low or ZERO, value.high
    if isinstance(value, Decimal):
        return value, value
    raise TypeError(value)


def _sum(formula: Formula, base: Decimal) -> Decimal:
    """The sum of a known base, to the fen, never below zero, at most the cap."""
    yuan = (formula.constant + formula.rate * base).quantize(FEN, ROUND_HALF_UP)
    return max(ZERO, yuan if formula.cap is None else min(yuan, formula.cap))


def _tiers(benefit: Tiers, profile: Profile, on: date) -> Amount:
    """At least the best that a tier that applies gives for sure; at most the best of those that may apply."""
    judged = [
        (evaluate(condition, profile, on).truth, amount_of(part, profile, on)) for condition, part in benefit.tiers
    ]
    low = max((amount.low for truth, amount in judged if truth is Truth.TRUE), default=ZERO)
    highs = [amount.high for truth, amount in judged if truth is not Truth.FALSE]
    bounded = [high for high in highs if high is not None]
    most = max(bounded, default=ZERO) if len(bounded) == len(highs) else None
    return Amount(low, most, low if low == most else None)
