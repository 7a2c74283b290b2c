"""Conditions as staff write them, read into the tree that the core evaluates.

- region: 经开区                     - insurance_premium: "> 10万"      - last_major_penalty: not within 3 years
- specialized_tier: ">= specialized" - any: [{...}, {...}]              - unclear: 条文没有写明 …
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rapidfuzz import process

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
_WITHIN = re.compile(r"not within (\d+) years?")
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
    if not isinstance(item, dict):
        source.report(path, "条件应写成「属性: 要求」")
        return None
    say = item.get("say")
    keys = [key for key in item if key != "say"]
    if len(keys) != 1 or not isinstance(say, str | None):
        source.report(path, "一个条件只能写一个属性", "几个条件请分成几行，每行以「- 」开头")
        return None
    key, value = keys[0], item[keys[0]]
    match key:
        case "all" | "any":
            whole = read_conditions(source, value, (*path, key), attributes)
            return whole if key == "all" else AnyOf(whole.parts)
        case "not":
            part = _read(source, value, (*path, key), attributes)
            return None if part is None else Not(part, say or "不属于所列情形")
        case "unclear":
            return Unclear(str(value))
        case _:
            return _requirement(source, (key, value, say), path, attributes)


def _requirement(
    source: YamlSource, written: tuple[str, Tree, str | None], path: TreePath, attributes: Mapping[str, Attribute]
) -> Condition | None:
    key, value, say = written
    attribute = attributes.get(key)
    if attribute is None:
        near = process.extractOne(key, [*attributes, "any", "all", "not", "unclear"], score_cutoff=60)
        source.report(
            (*path, key), "没有这个属性", f"是不是想写 {near[0]}" if near else "属性表在 knowledge/attributes.yaml"
        )
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
            return _number(value)
        case AttributeType.DATE:
            return _date(value)


def _values(attribute: Attribute, value: Tree) -> tuple[str, ...]:
    wanted = tuple(str(item) for item in (value if isinstance(value, list) else [value]))
    for item in wanted:
        if item not in attribute.values:
            near = process.extractOne(item, attribute.values, score_cutoff=50)
            raise _Misread(f"{attribute.name} 没有「{item}」这个值" + (f"；是不是想写 {near[0]}" if near else ""))
    return wanted


def _tier(attribute: Attribute, value: Tree) -> Predicate:
    compared = _COMPARED.fullmatch(value) if isinstance(value, str) else None
    if compared is None:
        return OneOf(_values(attribute, value))
    return Tier(Comparison(compared[1]), _values(attribute, compared[2].strip())[0])


def _number(value: Tree) -> Number:
    compared = _COMPARED.fullmatch(value) if isinstance(value, str) else None
    if compared is None:
        raise _Misread('应写成带引号的比较，如 "> 10万"、">= 1亿"、"<= 5"')
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
            return Since(date.fromisoformat(compared[2]))
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


def _describe_number(attribute: Attribute, comparison: Comparison, threshold: Decimal) -> str:
    if comparison is Comparison.ABOVE and threshold == 0:
        return f"有{attribute.label}"
    amount = format_yuan(threshold) if attribute.type is AttributeType.YUAN else f"{threshold:f}"
    return f"{attribute.label}{_SAID[comparison]} {amount}"
