"""Shapes of JSON that the platform accepts, and what is wrong with a value that has another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

INVALID = 40058


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; an errcode of 0 is a limit that the documents only advise."""

    errcode: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text, with limits in characters (advised) or bytes (enforced)."""

    chars: int = 0
    octets: int = 0
    needed: bool = False
    errcode: int = INVALID


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, one of the allowed if there are any; or a fraction."""

    allowed: tuple[int, ...] = ()
    needed: bool = False
    is_fraction: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    needed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """An object with exactly these fields."""

    fields: Mapping[str, "Shape"]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """A list of objects; `unique` names the field that must not repeat."""

    item: "Shape"
    least: int = 0
    most: int = 0
    unique: str = ""
    needed: bool = False
    errcode: int = INVALID


Shape = Text | Number | Flag | Group | Several


def faults_of(value: object, shape: Shape, path: str) -> Iterator[Fault]:
    """What is wrong with a value, deepest last."""
    match shape:
        case Text():
            yield from _faults_of_text(value, shape, path)
        case Number():
            yield from _faults_of_number(value, shape, path)
        case Flag():
            if not isinstance(value, bool):
                yield Fault(INVALID, f"{path} 应是 true 或 false")
        case Group():
            yield from _faults_of_group(value, shape, path)
        case Several():
            yield from _faults_of_list(value, shape, path)
        case _ as unreachable:
            assert_never(unreachable)


def _faults_of_text(value: object, shape: Text, path: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(shape.errcode, f"{path} 应是文字，不是 {type(value).__name__}")
        return
    if shape.needed and not value:
        yield Fault(shape.errcode, f"{path} 不能为空")
    if shape.octets and len(value.encode()) > shape.octets:
        yield Fault(shape.errcode, f"{path} 有 {len(value.encode())} 字节，最多 {shape.octets}")
    if shape.chars and len(value) > shape.chars:
        yield Fault(0, f"{path} 有 {len(value)} 字，建议不超过 {shape.chars}：{value}")


def _faults_of_number(value: object, shape: Number, path: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, (int | float) if shape.is_fraction else int):
        yield Fault(INVALID, f"{path} 应是{'数字' if shape.is_fraction else '整数'}，不是 {value!r}")
    elif shape.allowed and value not in shape.allowed:
        yield Fault(INVALID, f"{path} 是 {value}，只能是 {shape.allowed}")


def _faults_of_group(value: object, shape: Group, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(INVALID, f"{path} 应是对象")
        return
    for name in value.keys() - shape.fields.keys():
        yield Fault(INVALID, f"{path}.{name} 不是文档里的字段")
    for name, field in shape.fields.items():
        if name in value:
            yield from faults_of(value[name], field, f"{path}.{name}")
        elif field.needed:
            errcode = field.errcode if isinstance(field, Text | Several) else INVALID
            yield Fault(errcode, f"缺少 {path}.{name}")


def _faults_of_list(value: object, shape: Several, path: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(shape.errcode, f"{path} 应是列表")
        return
    if not shape.least <= len(value) <= shape.most:
        yield Fault(shape.errcode, f"{path} 有 {len(value)} 项，应是 {shape.least} 到 {shape.most} 项")
    names = [item.get(shape.unique) for item in value if isinstance(item, dict)]
    if shape.unique and len(names) != len(set(map(str, names))):
        yield Fault(shape.errcode, f"{path} 的 {shape.unique} 重复：{names}")
    for index, item in enumerate(value):
        yield from faults_of(item, shape.item, f"{path}[{index}]")
