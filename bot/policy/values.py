"""Attribute values in the JSON of the contract: text, numbers, booleans, lists; the value `none` of a date is never."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import assert_never

from bot.messages import JsonValue
from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Never, Value
from bot.policy.money import Interval


def value_to_json(value: Value) -> JsonValue:
    """The value as the contract writes it; an interval as `low..high`, half-known dates as `first..last`."""
    match value:
        case bool():
            return value
        case Never():
            return value.value
        case str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Interval(low, high, low_open, high_open):
            return f"{'(' if low_open else '['}{_bound(low)}..{_bound(high)}{')' if high_open else ']'}"
        case DateSpan(first, last):
            return f"{first or ''}..{last or ''}"
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case _ as unreachable:
            assert_never(unreachable)


def value_from_json(attribute: Attribute, raw: object) -> Value:
    """The value that JSON states of an attribute; ValueError says in Chinese what is expected."""
    match attribute.type:
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return _choice(attribute, raw)
        case AttributeType.SET:
            parts = raw if isinstance(raw, list) else [raw]
            return frozenset(_choice(attribute, part) for part in parts)
        case AttributeType.BOOL:
            if isinstance(raw, bool):
                return raw
            raise ValueError(f"{attribute.name} 应为 true 或 false")
        case AttributeType.YUAN | AttributeType.INT:
            return _number(attribute, raw)
        case AttributeType.DATE:
            return _date(attribute, raw)
        case _ as unreachable:
            assert_never(unreachable)


def _choice(attribute: Attribute, raw: object) -> str:
    if isinstance(raw, str) and raw in attribute.values:
        return raw
    raise ValueError(f"{attribute.name} 应为以下之一：{'、'.join(attribute.values)}")


def _number(attribute: Attribute, raw: object) -> Decimal | Interval:
    if isinstance(raw, str) and ".." in raw:
        low, _, high = raw[1:-1].partition("..")
        return Interval(_unbound(low), _unbound(high), raw.startswith("("), raw.endswith(")"))
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError(f"{attribute.name} 应为不小于 0 的数")
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{attribute.name} 应为不小于 0 的数")
    return number


def _date(attribute: Attribute, raw: object) -> Value:
    if raw == NEVER.value:
        return NEVER
    if isinstance(raw, str):
        first, dots, last = raw.partition("..")
        try:
            if dots:
                return DateSpan(_day(first), _day(last))
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise ValueError(f"{attribute.name} 应为 YYYY-MM-DD 格式的日期，或 none")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _bound(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _unbound(text: str) -> Decimal | None:
    return Decimal(text) if text else None
