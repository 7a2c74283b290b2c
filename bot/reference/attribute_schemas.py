"""Conditions and facts by the type of their attribute, with the names and values of the content as it stands."""

from collections.abc import Iterable
from typing import assert_never

from bot.policy.attributes import Attribute, AttributeType
from bot.reference.cell_schemas import (
    COMPARED,
    DAY,
    SUM,
    Schema,
    any_of,
    flag,
    matching,
    one_of_words,
    one_or_list,
    ref,
    whole,
    words,
    yuan,
)

CONDITION, CONDITIONS = "条件", "条件列表"


def condition_definitions(attributes: Iterable[Attribute]) -> dict[str, Schema]:
    """A single condition, and the list of them."""
    several: Schema = {"type": "array", "items": ref(CONDITION), "minItems": 1}
    joined: dict[str, Schema] = {
        "any": several | {"description": "满足其中一项就行"},
        "all": several | {"description": "里面的都要满足"},
        "not": {"allOf": [ref(CONDITION)], "description": "不能是这样"},
        "unclear": words() | {"description": "条文没有写明的，写一句话；结论停在“待定”，告诉用户去问谁"},
        "say": words() | {"description": "这个条件用大白话怎么说，用户会看到"},
    }
    own = {a.name: required_of(a) | {"description": describe_attribute(a)} for a in attributes}
    without_words: Schema = {"not": {"required": ["say"]}}
    condition: Schema = {
        "type": "object",
        "description": "一个条件只写一个属性，可以加 say",
        "properties": {**own, **joined},
        "additionalProperties": False,
        "if": {"required": ["say"]},
        "then": {"minProperties": 2, "maxProperties": 2},
        "else": {"minProperties": 1, "maxProperties": 1},
        "dependencies": dict.fromkeys(("any", "all", "unclear"), without_words),
    }
    conditions: Schema = any_of({"type": "array", "items": ref(CONDITION)}, {"type": "null"})
    return {CONDITION: condition, CONDITIONS: conditions}


def required_of(attribute: Attribute) -> Schema:
    """What may be required of the attribute."""
    match attribute.type:
        case AttributeType.BOOL:
            return flag()
        case AttributeType.CHOICE | AttributeType.SET:
            return one_or_list(one_of_words(attribute.values))
        case AttributeType.ORDERED:
            compared = matching(rf"{COMPARED}\s*({'|'.join(attribute.values)})")
            return any_of(one_or_list(one_of_words(attribute.values)), compared)
        case AttributeType.YUAN:
            return matching(rf"{COMPARED}\s*{SUM}")
        case AttributeType.INT:
            return matching(rf"{COMPARED}\s*\d+")
        case AttributeType.DATE:
            return matching(rf"(>=\s*{DAY}|not within [1-9]\d? years?)")
        case _ as unreachable:
            assert_never(unreachable)


def facts_of(attributes: Iterable[Attribute]) -> Schema:
    """The facts of an enterprise by attribute."""
    own = {a.name: value_of(a) | {"description": describe_attribute(a)} for a in attributes}
    return any_of({"type": "object", "properties": own, "additionalProperties": False}, {"type": "null"})


def value_of(attribute: Attribute) -> Schema:
    """What an enterprise may have; a sum or a date may be known in part."""
    match attribute.type:
        case AttributeType.BOOL:
            return flag()
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return one_of_words(attribute.values)
        case AttributeType.SET:
            return one_or_list(one_of_words(attribute.values))
        case AttributeType.YUAN:
            return any_of(yuan(), matching(r"[\[(][0-9.]*\.\.[0-9.]*[\])]"))
        case AttributeType.INT:
            return any_of(whole(0), matching(r"[\[(][0-9]*\.\.[0-9]*[\])]"))
        case AttributeType.DATE:
            return any_of(matching(rf"({DAY})?(\.\.)?({DAY})?"), one_of_words(("none",)))
        case _ as unreachable:
            assert_never(unreachable)


def describe_attribute(attribute: Attribute) -> str:
    """The attribute in words, with how to write it."""
    named = [f"{v}（{attribute.labels[v]}）" if v in attribute.labels else v for v in attribute.values]
    values = f"；可写：{'、'.join(named)}" if named else ""
    note = f"；{attribute.note}" if attribute.note else ""
    return f"{attribute.label}：{HOW[attribute.type]}{values}{note}"


HOW = {
    AttributeType.CHOICE: "单选，写一个值，或列表里的一个：[经开区, 通州区]",
    AttributeType.SET: "多选，写一个值，或列表里的一个",
    AttributeType.ORDERED: '有高低的级别，写一个值，或 ">= specialized" 这样的比较',
    AttributeType.BOOL: "是否，写 true 或 false",
    AttributeType.YUAN: '金额，写比较："> 10万"（超过）、">= 10万"（以上）、"< 3亿"、"<= 5000"',
    AttributeType.INT: '整数，写比较："< 3"、">= 1"',
    AttributeType.DATE: '日期，写 ">= 2025-01-01" 或 not within 3 years（近三年没有）',
}
