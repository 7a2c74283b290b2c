"""What the bot does with a what-if, before it is put into words: what would change, and what stays as it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.policy.attributes import Attribute, Value
from bot.policy.matching import Verdict


class Effect(StrEnum):
    """What a supposition does to one clause, in the order in which it is told."""

    GAINED = "gained"
    REPLACED = "replaced"
    CHANGED = "changed"
    POSSIBLE = "possible"
    LOST = "lost"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Supposal:
    """One thing supposed of the enterprise, and what is known of it so far."""

    attribute: Attribute
    value: Value
    before: Value | None


@dataclass(frozen=True, slots=True)
class Shift:
    """One clause before and after; `missing` is what is still open or fails then, in words."""

    effect: Effect
    before: Verdict
    after: Verdict
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The exact sum of the best combination, and the most that it may come to, in yuan."""

    fixed: Decimal
    reach: Decimal


@dataclass(frozen=True, slots=True)
class Unmoved:
    """Why things supposed change nothing: they are so already, or `clauses` look at them, the `nearest` of which fails
    or waits for something else. `opened`: so many would no longer be out of the question."""

    attributes: tuple[Attribute, ...]
    is_same: bool
    clauses: int
    opened: int
    nearest: Verdict | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The difference that a supposition makes; nothing of it is recorded.

    `on` is the day supposed, `base` the one that it is compared with; `is_of_another_day`: one that the user asked for
    before, and not the day of the turn. `assumed` are the premises that the sums rest on. `unmoved` says why nothing
    changes. `is_named`: only clauses that the user asked about are shown.
    """

    supposed: tuple[Supposal, ...]
    on: date
    base: date
    shifts: tuple[Shift, ...]
    before: Totals
    after: Totals
    assumed: tuple[str, ...] = ()
    unmoved: tuple[Unmoved, ...] = ()
    is_named: bool = False
    is_of_another_day: bool = False
