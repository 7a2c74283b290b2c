from datetime import date
from decimal import Decimal

import pytest

from bot.content.condition_syntax import describe, read_conditions, read_predicate
from bot.content.yaml_source import Tree, YamlSource
from bot.policy.attributes import Attribute
from bot.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
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
from tests.policy.samples import ATTRIBUTES, COST, HIGH_TECH, PENALTY, REGION, SECTOR, TIER, YEARS

BY_NAME = {attribute.name: attribute for attribute in ATTRIBUTES}
WRITTEN: list[tuple[Attribute, Tree, Predicate, str]] = [
    (REGION, "经开区", OneOf(("经开区",)), "注册地为经开区"),
    (REGION, ["经开区", "通州区"], OneOf(("经开区", "通州区")), "注册地为经开区或通州区"),
    (SECTOR, "ai", OneOf(("ai",)), "行业为ai"),
    (HIGH_TECH, "true", Is(expected=True), "高新技术企业：是"),
    (HIGH_TECH, "false", Is(expected=False), "高新技术企业：否"),
    (TIER, "none", OneOf(("none",)), "梯度为none"),
    (TIER, ">= specialized", Tier(Comparison.AT_LEAST, "specialized"), "梯度为specialized及以上"),
    (TIER, "> innovative", Tier(Comparison.ABOVE, "innovative"), "梯度为innovative以上（不含）"),
    (TIER, "<= innovative", Tier(Comparison.AT_MOST, "innovative"), "梯度为innovative及以下"),
    (TIER, "< innovative", Tier(Comparison.BELOW, "innovative"), "梯度为innovative以下（不含）"),
    (COST, "> 10万", Number(Comparison.ABOVE, Decimal(100_000)), "费用超过 10 万元"),
    (COST, ">=1.2 亿元", Number(Comparison.AT_LEAST, Decimal(120_000_000)), "费用不低于 1.2 亿元"),
    (COST, "< 8000", Number(Comparison.BELOW, Decimal(8000)), "费用低于 8,000 元"),
    (COST, "> 0", Number(Comparison.ABOVE, Decimal(0)), "有费用"),
    (YEARS, "<= 3", Number(Comparison.AT_MOST, Decimal(3)), "年数不超过 3"),
    (PENALTY, ">= 2025-01-01", Since(date(2025, 1, 1)), "最近一次处罚在 2025-01-01 及以后"),
    (PENALTY, "not within 3 years", NotWithinYears(3), "近 3 年没有（最近一次处罚）"),
    (PENALTY, "not within 1 year", NotWithinYears(1), "近 1 年没有（最近一次处罚）"),
]


@pytest.mark.parametrize(("attribute", "written", "predicate", "said"), WRITTEN, ids=lambda value: str(value)[:24])
def test_what_staff_write_is_read_and_said_in_plain_words(
    attribute: Attribute, written: Tree, predicate: Predicate, said: str
) -> None:
    assert read_predicate(attribute, written) == predicate
    assert describe(attribute, predicate) == said


@pytest.mark.parametrize(
    ("attribute", "written"),
    [
        (REGION, "> 经开区"),
        (REGION, []),
        (REGION, {"经开区": "true"}),
        (TIER, ">= "),
        (HIGH_TECH, "是"),
        (HIGH_TECH, ["true"]),
        (COST, None),
        (COST, ["> 10万"]),
        (COST, "=> 10万"),
        (COST, "> -1"),
        (YEARS, "< 三"),
        (PENALTY, "> 2025-01-01"),
        (PENALTY, ">= 2025年"),
        (PENALTY, "not within 0 years"),
        (PENALTY, None),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_not_a_requirement_of_its_type_is_refused(attribute: Attribute, written: Tree) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_predicate(attribute, written)


def test_a_tree_of_conditions_is_read_with_the_words_that_staff_chose() -> None:
    source = YamlSource("x.yaml")
    tree: Tree = [
        {"cost": "> 10", "say": "花了钱"},
        {"any": [{"region": "经开区"}, {"all": [{"high_tech": "true"}, {"unclear": "要问"}]}]},
        {"not": {"high_tech": "true"}, "say": "不是高企"},
        {"not": {"high_tech": "true"}},
    ]

    read = read_conditions(source, tree, (), BY_NAME)

    region = Requirement(REGION, OneOf(("经开区",)), "注册地为经开区")
    tech = Requirement(HIGH_TECH, Is(expected=True), "高新技术企业：是")
    assert source.problems == []
    assert read == AllOf(
        (
            Requirement(COST, Number(Comparison.ABOVE, Decimal(10)), "花了钱"),
            AnyOf((region, AllOf((tech, Unclear("要问"))))),
            Not(tech, "不是高企"),
            Not(tech, "不属于：高新技术企业：是"),
        )
    )


def test_no_conditions_always_hold() -> None:
    assert read_conditions(YamlSource("x.yaml"), None, (), BY_NAME) == AllOf(())


def test_nothing_is_said_of_attributes_when_none_could_be_read() -> None:
    source = YamlSource("x.yaml")

    read_conditions(source, [{"regoin": "经开区"}], (), {})

    assert source.problems == []
