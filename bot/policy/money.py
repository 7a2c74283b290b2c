"""Sums in yuan, exact, and the ranges in which a sum may lie."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.policy.truth import Truth, truth_of

UNITS = {
    "": Decimal(1),
    "元": Decimal(1),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "亿": Decimal(10**8),
    "亿元": Decimal(10**8),
}
_WRITTEN = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)? ?(亿元|万元|亿|万|元|)")
_FEN = Decimal("0.01")


def parse_yuan(text: str) -> Decimal:
    """The sum in yuan that content states as `50万`, `1.2 亿元` or `8,000`; ValueError for anything else."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise ValueError(text)
    return Decimal(written[1].replace(",", "") + (written[2] or "")) * UNITS[written[3]]


def format_yuan(yuan: Decimal) -> str:
    """The sum as a clerk writes it: `50 万元`, `1.2 亿元`, `8,250 元`; rounded to the fen, no further."""
    for unit, name in ((Decimal(10**8), "亿元"), (Decimal(10_000), "万元")):
        if yuan >= unit and yuan % (unit / 10_000) == 0:
            return f"{_plain(yuan / unit)} {name}"
    return f"{_plain(yuan.quantize(_FEN))} 元"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a number lies that is not known exactly; an open end is not itself included, None is no bound."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def is_above(self, threshold: Decimal) -> Truth:
        """Whether the number is strictly greater than the threshold."""
        if self.low is not None and (self.low > threshold or (self.low == threshold and self.low_open)):
            return Truth.TRUE
        return Truth.FALSE if self.high is not None and self.high <= threshold else Truth.UNKNOWN

    def is_at_least(self, threshold: Decimal) -> Truth:
        """Whether the number is the threshold or greater."""
        if self.low is not None and self.low >= threshold:
            return Truth.TRUE
        below = self.high is not None and (self.high < threshold or (self.high == threshold and self.high_open))
        return Truth.FALSE if below else Truth.UNKNOWN


def is_above(number: "Decimal | Interval", threshold: Decimal) -> Truth:
    """Whether a number, exact or not, is strictly greater than the threshold."""
    return number.is_above(threshold) if isinstance(number, Interval) else truth_of(number > threshold)


def is_at_least(number: "Decimal | Interval", threshold: Decimal) -> Truth:
    """Whether a number, exact or not, is the threshold or greater."""
    return number.is_at_least(threshold) if isinstance(number, Interval) else truth_of(number >= threshold)
