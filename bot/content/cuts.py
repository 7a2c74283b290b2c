"""The values of an attribute cut into cells by the thresholds in use, so that each predicate is a set of cells.

A set of cells is a whole number, one bit a cell. A number is cut into the thresholds themselves and what lies between;
a date into never, and the days before, between and after the days in use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.policy.attributes import Attribute, AttributeType
from bot.policy.conditions import (
    Comparison,
    Is,
    NotWithinYears,
    Number,
    OneOf,
    Predicate,
    Requirement,
    Since,
    Tier,
)
from bot.policy.money import format_yuan
from bot.policy.thresholds import day_of, days_in, numbers_in

Cells = int


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cells of one attribute: at `marks` a number or a date is cut; `values` are those of any other type."""

    attribute: Attribute
    values: tuple[str, ...]
    marks: tuple[Decimal | date, ...]
    on: date
    all: Cells

    def cells_of(self, predicate: Predicate) -> Cells:
        """The cells in which the predicate holds."""
        match predicate:
            case Is(expected):
                return 2 if expected else 1
            case OneOf(wanted):
                return sum(1 << self.values.index(value) for value in set(wanted))
            case Tier(comparison, tier):
                return self.all & _compared(comparison, self.values.index(tier))
            case Number(comparison, threshold):
                return self.all & _compared(comparison, 2 * self.marks.index(threshold) + 1)
            case Since():
                return self.all & ~_below(self._at_day(predicate) + 2)
            case NotWithinYears():
                return _below(self._at_day(predicate) + 2)
            case _ as unreachable:
                assert_never(unreachable)

    def _at_day(self, predicate: Predicate) -> int:
        """The number of the mark at which a predicate of days cuts."""
        day = day_of(predicate, self.on)
        return next(index for index, mark in enumerate(self.marks) if mark == day)

    def say(self, first: int, last: int) -> str:
        """The cells of a number or of ranked values from one to another, in words."""
        if self.values:
            return "为" + "、".join(self.attribute.label_of(value) for value in self.values[first : last + 1])
        if first == last and first % 2:
            return f"恰好 {self._mark(first // 2)}"
        low = f"不低于 {self._mark(first // 2)}" if first % 2 else first and f"超过 {self._mark(first // 2 - 1)}"
        high = f"不超过 {self._mark(last // 2)}" if last % 2 else f"不到 {self._mark(last // 2)}"
        return f"{low}、{high}" if low else high

    def _mark(self, index: int) -> str:
        mark = self.marks[index]
        is_sum = self.attribute.type is AttributeType.YUAN
        return format_yuan(mark) if is_sum and isinstance(mark, Decimal) else f"{mark}"


def cut(attribute: Attribute, leaves: Iterable[Requirement], on: date) -> Cuts:
    """The cells of the attribute for all that is required of it, as seen on a day."""
    match attribute.type:
        case AttributeType.YUAN | AttributeType.INT:
            return _cut_number(attribute, leaves, on)
        case AttributeType.DATE:
            marks = tuple(sorted(days_in(leaves, on)))
            return Cuts(attribute, (), marks, on, _below(len(marks) + 2))
        case AttributeType.BOOL:
            return Cuts(attribute, ("false", "true"), (), on, 3)
        case AttributeType.CHOICE | AttributeType.ORDERED | AttributeType.SET:
            return Cuts(attribute, attribute.values, (), on, _below(len(attribute.values)))
        case _ as unreachable:
            assert_never(unreachable)


def _cut_number(attribute: Attribute, leaves: Iterable[Requirement], on: date) -> Cuts:
    marks = tuple(sorted(numbers_in(leaves)))
    cells = _below(2 * len(marks) + 1)
    if marks and marks[0] <= 0:
        cells &= ~1  # nothing is below nought
    if attribute.type is AttributeType.INT:
        whole = all(mark == mark.to_integral_value() for mark in marks)
        empty = [i + 1 for i, mark in enumerate(marks[:-1]) if whole and marks[i + 1] - mark <= 1]
        cells &= ~sum(1 << 2 * index for index in empty)
    return Cuts(attribute, (), marks, on, cells)


def _compared(comparison: Comparison, at: int) -> Cells:
    match comparison:
        case Comparison.ABOVE:
            return ~_below(at + 1)
        case Comparison.AT_LEAST:
            return ~_below(at)
        case Comparison.BELOW:
            return _below(at)
        case Comparison.AT_MOST:
            return _below(at + 1)
        case _ as unreachable:
            assert_never(unreachable)


def _below(cell: int) -> Cells:
    """All cells before this one."""
    return (1 << cell) - 1
