"""Conditions as staff write them, read into the tree that the core evaluates.

- region: 经开区                     - insurance_premium: "> 10万"      - last_major_penalty: not within 3 years
- specialized_tier: ">= specialized" - any: [{...}, {...}]              - unclear: 条文没有写明 …
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from bot.content.cells import parse_day
from bot.content.names import did_you_mean
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.policy.attributes import Attribute, AttributeType
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Is,
    Not,
    NotWithinYears,
    Number,
    OneOf,
    Predicate,
    Requirement,
    Since,
    Tier,
    Unclear,
)
from bot.policy.money import format_yuan, parse_yuan

_COMPARED = re.compile(r"(>=|<=|>|<)\s*(\S.*)")
_WITHIN = re.compile(r"not within ([1-9]\d?) years?")
_SAID = {
    Comparison.ABOVE: "超过",
    Comparison.AT_LEAST: "不低于",
    Comparison.BELOW: "低于",
    Comparison.AT_MOST: "不超过",
}


class _Misread(ValueError):
    """Raised with the sentence that says how a condition should have been written."""


def read_conditions(source: YamlSource, tree: Tree, path: TreePath, attributes: Mapping[str, Attribute]) -> AllOf:
    """The list of conditions as one that holds when all do; mistakes are reported at their place."""
    if tree is None:
        return AllOf(())
    if not isinstance(tree, list):
        source.report(path, "条件应为列表", "每个条件以「- 」开头")
        return AllOf(())
    read = (_read(source, item, (*path, index), attributes) for index, item in enumerate(tree))
    return AllOf(tuple(condition for condition in read if condition is not None))


def _read(source: YamlSource, item: Tree, path: TreePath, attributes: Mapping[str, Attribute]) -> Condition | None:
    written = _single(source, item, path)
    if written is None:
        return None
    key, value, say = written
    match key:
        case "all" | "any":
            return _joined(source, (key, value), path, attributes)
        case "not":
            part = _read(source, value, (*path, key), attributes)
            return None if part is None else Not(part, say or _say_not(part))
        case "unclear":
            if not isinstance(value, str):
                source.report((*path, key), "应为一句话：条文哪里没有写明")
            return Unclear(str(value))
        case _:
            return _requirement(source, written, path, attributes)


def _single(source: YamlSource, item: Tree, path: TreePath) -> tuple[str, Tree, str | None] | None:
    """The key, its value and the words of a condition; None when it is not one key."""
    if not isinstance(item, dict):
        source.report(path, "条件应写成「属性: 要求」", "例如 - region: 经开区")
        return None
    keys, say = [key for key in item if key != "say"], item.get("say")
    if len(keys) != 1:
        what = f"一个条件只能写一个属性，这里写了 {'、'.join(keys)}" if keys else "条件里没有属性"
        source.report(path, what, "几个条件请分成几行，每行以「- 」开头")
        return None
    if not isinstance(say, str | None):
        source.report((*path, "say"), "应为文字")
        return None
    if say is not None and keys[0] in ("all", "any", "unclear"):
        source.report((*path, "say"), f"{keys[0]} 不能写 say", "把 say 写到里面的每个条件")
    return keys[0], item[keys[0]], say


def _say_not(part: Condition) -> str:
    return f"不属于：{part.say}" if isinstance(part, Requirement) else "不属于所列情形"


def _joined(
    source: YamlSource, written: tuple[str, Tree], path: TreePath, attributes: Mapping[str, Attribute]
) -> AllOf | AnyOf:
    key, value = written
    if not value:
        source.report((*path, key), "下面没有条件", "每个条件以「- 」开头")
    whole = read_conditions(source, value, (*path, key), attributes)
    return whole if key == "all" else AnyOf(whole.parts)


def _requirement(
    source: YamlSource, written: tuple[str, Tree, str | None], path: TreePath, attributes: Mapping[str, Attribute]
) -> Condition | None:
    key, value, say = written
    attribute = attributes.get(key)
    if attribute is None and attributes:
        hint = did_you_mean(key, [*attributes, "any", "all", "not", "unclear"])
        source.report((*path, key), f"没有属性 {key}", hint or "属性都在 knowledge/attributes.yaml")
    if attribute is None:
        return None
    try:
        predicate = read_predicate(attribute, value)
    except _Misread as error:
        source.report((*path, key), str(error))
        return None
    return Requirement(attribute, predicate, say or describe(attribute, predicate))


def read_predicate(attribute: Attribute, value: Tree) -> Predicate:
    """What is required of the attribute; _Misread (a ValueError) says in Chinese how to write it."""
    match attribute.type:
        case AttributeType.BOOL:
            if value in ("true", "false"):
                return Is(value == "true")
            raise _Misread("这是一个是否类属性，应写 true 或 false")
        case AttributeType.CHOICE | AttributeType.SET:
            return OneOf(_values(attribute, value))
        case AttributeType.ORDERED:
            return _tier(attribute, value)
        case AttributeType.YUAN | AttributeType.INT:
            return _number(attribute, value)
        case AttributeType.DATE:
            return _date(value)
        case _ as unreachable:
            assert_never(unreachable)


def _values(attribute: Attribute, value: Tree) -> tuple[str, ...]:
    wanted = tuple(str(item) for item in (value if isinstance(value, list) else [value]))
    if not wanted:
        raise _Misread("没有写值")
    for item in wanted:
        if attribute.values and item not in attribute.values:
            hint = did_you_mean(item, attribute.values) or f"可用的值：{'、'.join(attribute.values)}"
            raise _Misread(f"{attribute.name} 没有「{item}」这个值；{hint}")
    return wanted


def _tier(attribute: Attribute, value: Tree) -> Predicate:
    compared = _COMPARED.fullmatch(value) if isinstance(value, str) else None
    if compared is None:
        return OneOf(_values(attribute, value))
    return Tier(Comparison(compared[1]), _values(attribute, compared[2].strip())[0])


def _number(attribute: Attribute, value: Tree) -> Number:
    is_sum = attribute.type is AttributeType.YUAN
    examples = '"> 10万"、">= 1亿"' if is_sum else '"< 3"、">= 1"'
    compared = _COMPARED.fullmatch(value) if isinstance(value, str) else None
    if compared is None:
        raise _Misread(f"应写成带引号的比较，如 {examples}")
    if not is_sum and not compared[2].isdecimal():
        raise _Misread(f"「{compared[2]}」不是整数；应写成 {examples}")
    try:
        return Number(Comparison(compared[1]), parse_yuan(compared[2]))
    except ValueError:
        raise _Misread(f"读不懂「{compared[2]}」这个数；可以写 10万、1.2亿、8000") from None


def _date(value: Tree) -> Predicate:
    text = str(value)
    if within := _WITHIN.fullmatch(text):
        return NotWithinYears(int(within[1]))
    compared = _COMPARED.fullmatch(text)
    try:
        if compared and compared[1] == ">=":
            return Since(parse_day(compared[2]))
    except ValueError:
        pass
    raise _Misread('日期条件应写成 ">= 2025-01-01" 或 not within 3 years')


def describe(attribute: Attribute, predicate: Predicate) -> str:
    """The requirement in plain words, made from the attribute's label."""
    label = attribute.label
    match predicate:
        case Is(expected):
            return f"{label}：{'是' if expected else '否'}"
        case OneOf(values):
            return f"{label}为{'或'.join(attribute.label_of(value) for value in values)}"
        case Number(comparison, threshold):
            return _describe_number(attribute, comparison, threshold)
        case Tier(comparison, tier):
            said = {Comparison.AT_LEAST: "及以上", Comparison.AT_MOST: "及以下", Comparison.ABOVE: "以上（不含）"}
            return f"{label}为{attribute.label_of(tier)}{said.get(comparison, '以下（不含）')}"
        case Since(day):
            return f"{label}在 {day.isoformat()} 及以后"
        case NotWithinYears(years):
            return f"近 {years} 年没有（{label}）"
        case _ as unreachable:
            assert_never(unreachable)


def _describe_number(attribute: Attribute, comparison: Comparison, threshold: Decimal) -> str:
    if comparison is Comparison.ABOVE and threshold == 0:
        return f"有{attribute.label}"
    amount = format_yuan(threshold) if attribute.type is AttributeType.YUAN else f"{threshold:f}"
    return f"{attribute.label}{_SAID[comparison]} {amount}"
