"""Attribute values in the JSON of the contract: text, numbers, booleans, lists; the value `none` of a date is never."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import assert_never

from bot.messages import JsonValue
from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Never, Value
from bot.policy.money import Interval

GREATEST = Decimal(10**15)
_INTERVAL = re.compile(r"([\[(])([0-9.]*)\.\.([0-9.]*)([\])])")
_DATES = re.compile(r"(\d{4}-\d\d-\d\d)?(?:(\.\.)(\d{4}-\d\d-\d\d)?)?")


def value_to_json(value: Value) -> JsonValue:
    """The value as the contract writes it; an interval as `low..high`, half-known dates as `first..last`."""
    match value:
        case Never():
            return value.value
        case bool() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Interval() | DateSpan():
            return _span(value)
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case _ as unreachable:
            assert_never(unreachable)


def _span(value: Interval | DateSpan) -> str:
    if isinstance(value, DateSpan):
        return f"{value.first or ''}..{value.last or ''}"
    left, right = "(" if value.low_open else "[", ")" if value.high_open else "]"
    return f"{left}{_bound(value.low)}..{_bound(value.high)}{right}"


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
    if isinstance(raw, str) and (written := _INTERVAL.fullmatch(raw)):
        return _interval(attribute, written)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError(_wanted_number(attribute))
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        raise ValueError(_wanted_number(attribute)) from None
    if not number.is_finite() or not 0 <= number <= GREATEST:
        raise ValueError(_wanted_number(attribute))
    if attribute.type is AttributeType.INT and number != number.to_integral_value():
        raise ValueError(_wanted_number(attribute))
    return number


def _interval(attribute: Attribute, written: re.Match[str]) -> Interval:
    left, low, high, right = written.groups()
    ends = [_number(attribute, end) if end else None for end in (low, high)]
    lowest, highest = (end if isinstance(end, Decimal) else None for end in ends)
    if lowest is not None and highest is not None and lowest > highest:
        raise ValueError(f"{attribute.name} 的范围两头写反了")
    return Interval(lowest, highest, left == "(", right == ")")


def _wanted_number(attribute: Attribute) -> str:
    what = "整数" if attribute.type is AttributeType.INT else "数"
    return f"{attribute.name} 应为不小于 0、不超过 {GREATEST:,f} 的{what}"


def _date(attribute: Attribute, raw: object) -> Value:
    if raw == NEVER.value:
        return NEVER
    written = _DATES.fullmatch(raw) if isinstance(raw, str) else None
    if written is None:
        raise ValueError(_wanted_date(attribute))
    first, last = _day(attribute, written[1]), _day(attribute, written[3])
    if first is not None and written[2] is None:
        return first
    if first is not None and last is not None and first > last:
        raise ValueError(f"{attribute.name} 的范围两头写反了")
    return DateSpan(first, last)


def _day(attribute: Attribute, written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise ValueError(_wanted_date(attribute)) from None


def _wanted_date(attribute: Attribute) -> str:
    return f"{attribute.name} 应为 YYYY-MM-DD 格式的日期，或 none"


def _bound(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
