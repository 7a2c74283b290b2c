"""What can be known of an enterprise: typed attributes, their values, and the profile that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from bot.messages import JsonValue
from bot.policy.money import Interval

Kept = TypeVar("Kept")


class AttributeType(StrEnum):
    """The types of vocabulary.yaml."""

    CHOICE = "choice"
    ORDERED = "ordered"
    SET = "set"
    BOOL = "bool"
    YUAN = "yuan"
    INT = "int"
    DATE = "date"


class Never(StrEnum):
    """The value of a date attribute whose event never happened."""

    NEVER = "none"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date known only in part, first and last possible day included; None is no bound."""

    first: date | None = None
    last: date | None = None


NEVER = Never.NEVER
Value = str | bool | Decimal | Interval | date | DateSpan | Never | frozenset[str]
"""choice, ordered: str; set: frozenset; bool: bool; yuan, int: Decimal or Interval; date: date, DateSpan or NEVER."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an enterprise can bring an attribute about, in words; {value} stands for what is needed.

    `is_once`: only while nothing is known of it, for a first time can't be had again.
    """

    say: str
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be known of an enterprise.

    `values` are those of a choice, ordered (low to high) or set; `labels` are their Chinese names. `default` stands in
    where nothing is known, `default_from` names a choice attribute whose value stands in for this set. Without a `way`
    nobody is advised to change it.
    """

    name: str
    type: AttributeType
    label: str
    values: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    default: Value | None = None
    default_from: str | None = None
    way: Way | None = None

    def label_of(self, value: str) -> str:
        """The Chinese name of one of the values."""
        return self.labels.get(value, value)


@dataclass(frozen=True, slots=True)
class Dormant:
    """An answer that the content of today has no place for: as it was stored, and the type the attribute then had."""

    type: str
    stored: JsonValue


@dataclass(frozen=True)
class Profile:
    """What is known of one enterprise; an attribute that is absent is unknown.

    `dormant` answers count for nothing, and are only kept: an edit of the content may be taken back.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    dormant: Mapping[str, Dormant] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.values.items()))

    def get(self, attribute: Attribute) -> Value | None:
        """The value known, else the attribute's default, else None."""
        if (known := self.values.get(attribute.name)) is not None:
            return known
        if attribute.default_from is not None and isinstance(source := self.values.get(attribute.default_from), str):
            return frozenset({source})
        return attribute.default

    def with_value(self, name: str, value: Value) -> "Profile":
        """The profile with one more value, or another one."""
        return Profile({**self.values, name: value}, _without(self.dormant, name))

    def without(self, *names: str) -> "Profile":
        """The profile without these values."""
        return Profile(_without(self.values, *names), _without(self.dormant, *names))


def _without(table: Mapping[str, Kept], *names: str) -> Mapping[str, Kept]:
    return {name: kept for name, kept in table.items() if name not in names} if table else table
