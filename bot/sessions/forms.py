"""How dataclasses become JSON and come back, worked out from the types of their fields."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.messages import JsonValue
from bot.policy.attributes import Attribute, Dormant, Profile, Value
from bot.policy.values import value_from_json, value_to_json

Attributes = Mapping[str, Attribute]
DORMANT = ""
"""The key of the dormant answers among the values, each with the type that its attribute had."""
T = TypeVar("T")


class Reading:
    """One reading of stored JSON: the attributes of today, and each value read once, for steps repeat most of them.

    `types` are those that the attributes had when the values were stored, where that is known.
    """

    def __init__(self, attributes: Attributes, types: Mapping[str, str] | None = None) -> None:
        self._attributes = attributes
        self._types = types or {}
        self._values: dict[tuple[object, ...], Value | None] = {}

    def type_of(self, name: str) -> str:
        """The type that an attribute had; empty when that is not known."""
        return self._types.get(name, "")

    def read_value(self, name: str, kind: str, raw: object) -> Value | None:
        """The value of an attribute that was of that type; None when the content no longer has such a value."""
        # a number is told from a truth value by how it is written, for they may be equal
        key = (name, kind, raw, "") if type(raw) is str else (name, kind, repr(raw))
        if key not in self._values:
            self._values[key] = self._parse(name, kind, raw)
        return self._values[key]

    def _parse(self, name: str, kind: str, raw: object) -> Value | None:
        attribute = self._attributes.get(name)
        if attribute is None or kind not in ("", attribute.type.value):
            return None
        try:
            return value_from_json(attribute, raw)
        except (ValueError, ArithmeticError):
            return None


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of one type are written as JSON, and read back: ValueError or TypeError when they are damaged."""

    write: Callable[[Any], object]
    read: Callable[[Any, Reading], object]


@cache
def form_of(kind: object) -> Form:
    """The form of a type: a dataclass, a plain type, or a container or union of them; TypeError for any other one."""
    if kind == JsonValue:
        return Form(_same, lambda raw, _: raw)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union_form(args)
    if origin is tuple and args[1:] == (...,):
        return _tuple_form(form_of(args[0]))
    if origin is frozenset:
        return _frozenset_form(form_of(args[0]))
    if origin is Mapping and args[0] is str:
        return _mapping_form(form_of(args[1]))
    if isinstance(kind, type):
        return _class_form(kind)
    raise TypeError(f"a session can't keep values of type {kind}")


def _class_form(kind: type) -> Form:
    if kind is Profile:
        return Form(_write_profile, _read_profile)
    if dataclasses.is_dataclass(kind):
        return _dataclass_form(kind)
    if kind in (date, datetime):
        return Form(lambda value: value.isoformat(), lambda raw, _: kind.fromisoformat(raw))
    if kind is Decimal:
        return Form(lambda value: f"{value:f}", lambda raw, _: _decimal(raw))
    if issubclass(kind, StrEnum):
        return Form(lambda value: value.value, lambda raw, _: kind(raw))
    if kind in (bool, int, str):
        return _TEXT if kind is str else Form(_same, lambda raw, _: _expect(kind, raw))
    raise TypeError(f"a session can't keep values of type {kind.__name__}")


def writer_of(kind: type, *left_out: str) -> Callable[[object], dict[str, object]]:
    """How a dataclass is written, but for some of its fields."""
    forms = {name: form for name, form in _forms_in(kind).items() if name not in left_out}
    writers = [(name, None if form.write is _same else form.write) for name, form in forms.items()]

    def write(value: object) -> dict[str, object]:
        pairs = [(name, part, getattr(value, name)) for name, part in writers]
        return {name: own if part is None or own is None else part(own) for name, part, own in pairs}

    return write


def _forms_in(kind: type) -> Mapping[str, Form]:
    hints = get_type_hints(kind)
    return {field.name: form_of(hints[field.name]) for field in dataclasses.fields(kind)}


def _dataclass_form(kind: type) -> Form:
    forms = _forms_in(kind)
    names = forms.keys()
    readers = [(name, form.read) for name, form in forms.items()]

    def read(raw: object, reading: Reading) -> object:
        known = _expect(dict, raw)
        if known.keys() >= names:
            return kind(*[part(known[name], reading) for name, part in readers])
        return kind(**{name: part(known[name], reading) for name, part in readers if name in known})

    return Form(writer_of(kind), read)


def _same(value: object) -> object:
    return value


_TEXT = Form(_same, lambda raw, _: _expect(str, raw))


def _texts(raw: object) -> list[str]:
    """A list that has nothing but texts, as most have."""
    texts = _expect(list, raw)
    if not {*map(type, texts)} <= {str}:
        raise ValueError("something else stands among the texts")
    return texts


def _tuple_form(item: Form) -> Form:
    if item is _TEXT:
        return Form(list, lambda raw, _: tuple(_texts(raw)))
    return Form(
        lambda values: [item.write(value) for value in values],
        lambda raw, reading: tuple(item.read(part, reading) for part in _expect(list, raw)),
    )


def _frozenset_form(item: Form) -> Form:
    if item is _TEXT:
        return Form(sorted, lambda raw, _: frozenset(_texts(raw)))
    return Form(
        lambda values: sorted(item.write(value) for value in values),  # type: ignore[type-var]
        lambda raw, reading: frozenset(item.read(part, reading) for part in _expect(list, raw)),
    )


def _mapping_form(item: Form) -> Form:
    return Form(
        lambda values: {name: item.write(value) for name, value in values.items()},
        lambda raw, reading: {name: item.read(part, reading) for name, part in _expect(dict, raw).items()},
    )


def _union_form(args: tuple[object, ...]) -> Form:
    kinds = [kind for kind in args if kind is not NoneType]
    inner = form_of(kinds[0]) if len(kinds) == 1 else _tagged_form(kinds)
    return Form(
        lambda value: None if value is None else inner.write(value),
        lambda raw, reading: None if raw is None else inner.read(raw, reading),
    )


def _tagged_form(kinds: list[object]) -> Form:
    """Several types: the name of the type stands before the value."""
    forms = {getattr(get_origin(kind) or kind, "__name__", ""): form_of(kind) for kind in kinds}

    def write(value: object) -> object:
        tag = type(value).__name__
        return [tag, forms[tag].write(value)]

    def read(raw: object, reading: Reading) -> object:
        tag, content = _expect(list, raw)
        if tag not in forms:
            raise ValueError(f"unknown type {tag}")
        return forms[tag].read(content, reading)

    return Form(write, read)


def _write_profile(profile: Profile) -> object:
    written = {name: _write_value(value) for name, value in profile.values.items()}
    if not profile.dormant:
        return written
    return {**written, DORMANT: {name: [kept.type, kept.stored] for name, kept in profile.dormant.items()}}


def _write_value(value: Value) -> object:
    if type(value) is str or type(value) is bool:  # as most are
        return value
    # as text, because a JSON number keeps 17 digits only
    return f"{value:f}" if isinstance(value, Decimal) else value_to_json(value)


def _read_profile(raw: object, reading: Reading) -> Profile:
    """What the content still has a place for; the rest, which staff may have taken away since, is dormant."""
    written = _expect(dict, raw)
    if DORMANT not in written and (values := _all_values(written, reading)) is not None:
        return Profile(values)
    stored = {name: _kept(kept) for name, kept in _expect(dict, written.get(DORMANT, {})).items()}
    stored |= {name: Dormant(reading.type_of(name), value) for name, value in written.items() if name != DORMANT}
    values, dormant = {}, {}
    for name, kept in stored.items():
        if (value := reading.read_value(name, kept.type, kept.stored)) is None:
            dormant[name] = kept
        else:
            values[name] = value
    return Profile(values, dormant)


def _all_values(written: Mapping[str, object], reading: Reading) -> Mapping[str, Value] | None:
    """The values, where the content has a place for each of them, as is usual."""
    read, type_of = reading.read_value, reading.type_of
    values = {name: value for name, raw in written.items() if (value := read(name, type_of(name), raw)) is not None}
    return values if len(values) == len(written) else None


def _kept(raw: object) -> Dormant:
    kind, stored = _expect(list, raw)
    return Dormant(_expect(str, kind), stored)


def _decimal(raw: object) -> Decimal:
    try:
        return Decimal(_expect(str, raw))
    except ArithmeticError as error:
        raise ValueError("not a number") from error


def _expect(kind: type[T], raw: object) -> T:
    if type(raw) is kind:
        return raw
    raise ValueError(f"{type(raw).__name__} stands where {kind.__name__} belongs")
