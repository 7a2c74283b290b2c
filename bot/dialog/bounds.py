"""Sums to choose from, and the line on one side of which a sum lies, as options of a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.policy.attributes import Value
from bot.policy.conditions import Comparison, Number, Predicate
from bot.policy.money import Interval, format_yuan
from bot.policy.truth import Truth
from bot.understanding.questions import Choice

_YES = ("够", "够了", "够的", "超过", "超过了", "超了", "有", "到了", "达到", "过了", "不止", "多", "以上", "是")
_NO = (
    "不够",
    "没超过",
    "没有超过",
    "没超",
    "没有",
    "没",
    "不到",
    "没到",
    "没达到",
    "达不到",
    "少",
    "以下",
    "不是",
    "不超过",
)
_JUST = ("正好", "刚好", "恰好", "刚刚好")
_UNDER = {">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of an attribute above which (`is_strict`), or from which on, something else holds."""

    attribute: str
    threshold: Decimal
    is_strict: bool = False

    @property
    def over(self) -> str:
        """The option of the side above."""
        return f"{'>' if self.is_strict else '>='}{self.threshold:f}"

    @property
    def under(self) -> str:
        """The option of the side below."""
        return f"{_UNDER['>' if self.is_strict else '>=']}{self.threshold:f}"


def line_at(attribute: str, predicate: Predicate) -> Line | None:
    """The line that a condition draws; None when it is of something else than a number."""
    if not isinstance(predicate, Number):
        return None
    is_strict = predicate.comparison in (Comparison.ABOVE, Comparison.AT_MOST)
    return Line(attribute, predicate.threshold, is_strict)


def cuts(line: Line, value: Value | None) -> bool:
    """Whether a range lies on both sides of the line."""
    if not isinstance(value, Interval):
        return False
    if value.high is not None and value.high <= line.threshold and not line.is_strict:
        return False
    side = value.is_above(line.threshold) if line.is_strict else value.is_at_least(line.threshold)
    return side is Truth.UNKNOWN


def sum_of(option: str) -> Decimal | Interval | None:
    """What an option stands for: a sum, or the side of a line; None for any other option."""
    sign = next((s for s in (">=", "<=", ">", "<") if option.startswith(s)), "")
    try:
        number = Decimal(option.removeprefix(sign))
    except InvalidOperation:
        return None
    if not sign:
        return number
    is_open = len(sign) == 1
    return Interval(low=number, low_open=is_open) if sign[0] == ">" else Interval(high=number, high_open=is_open)


def sum_choices(options: Iterable[str]) -> tuple[Choice, ...]:
    """The choices for those options that stand for a sum or a side."""
    return tuple(_choice(option) for option in options if sum_of(option) is not None)


def _choice(option: str) -> Choice:
    value = sum_of(option)
    if isinstance(value, Decimal):
        return Choice(option, format_yuan(value))
    number = format_yuan(Decimal(option.lstrip("<>=")))
    match option[: len(option) - len(option.lstrip("<>="))]:
        case ">":
            return Choice(option, f"超过 {number}", _YES)
        case ">=":
            return Choice(option, f"够 {number}（正好也算）", (*_YES, *_JUST))
        case "<":
            return Choice(option, f"不到 {number}", _NO)
        case _:
            return Choice(option, f"没超过 {number}（正好也算在内）", (*_NO, *_JUST))


def within(known: Value | None, told: Interval) -> Interval:
    """What is left of a known range by a further bound; the bound alone where the two don't meet."""
    if not isinstance(known, Interval):
        return told
    low, low_open = max(_low(known), _low(told))
    high, high_open = min(_high(known), _high(told))
    if low > high or (low == high and (low_open or high_open)):
        return told
    return Interval(
        None if low.is_infinite() else low,
        None if high.is_infinite() else high,
        low_open=bool(low_open),
        high_open=bool(high_open),
    )


def _low(interval: Interval) -> tuple[Decimal, int]:
    return (Decimal("-Infinity"), 0) if interval.low is None else (interval.low, int(interval.low_open))


def _high(interval: Interval) -> tuple[Decimal, int]:
    return (Decimal("Infinity"), 0) if interval.high is None else (interval.high, -int(interval.high_open))
