"""The rules by which benefits combine, linked to the clauses and attributes that they name."""

from collections.abc import Mapping

from bot.content.names import lookup
from bot.content.schemas import CombiningShape, RuleShape
from bot.content.yaml_source import YamlSource
from bot.policy.attributes import Attribute, AttributeType
from bot.policy.clauses import BetterOf, Clause, Combining, Exclusion, JointLimit


def link_combining(
    read: tuple[YamlSource, CombiningShape], attributes: Mapping[str, Attribute], clauses: Mapping[str, Clause]
) -> Combining:
    """The rules; names that nothing bears and limits that cross are reported."""
    source, shape = read
    _check_clauses(source, shape, clauses)
    limits = tuple(JointLimit(r.id, frozenset(r.clauses), r.cap, r.say, r.source) for r in shape.limits)
    exclusions = tuple(Exclusion(r.id, frozenset(r.clauses), r.say, r.source, r.stated) for r in shape.exclusions)
    _report_crossing(source, limits)
    return Combining(limits, exclusions, _better_of(source, shape, attributes))


def _check_clauses(source: YamlSource, shape: CombiningShape, clauses: Mapping[str, Clause]) -> None:
    seen: set[str] = set()
    kinds: Mapping[str, tuple[RuleShape, ...]] = {
        "limits": shape.limits,
        "exclusions": shape.exclusions,
        "better_of": shape.better_of,
    }
    for kind, rules in kinds.items():
        for index, rule in enumerate(rules):
            if rule.id in seen:
                source.report(("combining", kind, index, "id"), f"规则 {rule.id} 写了两次", "换一个 id")
            seen.add(rule.id)
            for place, name in enumerate(rule.clauses):
                lookup(source, clauses, name, ("combining", kind, index, "clauses", place), "条款")


def _better_of(source: YamlSource, shape: CombiningShape, attributes: Mapping[str, Attribute]) -> tuple[BetterOf, ...]:
    rules = []
    for index, rule in enumerate(shape.better_of):
        path = ("combining", "better_of", index, "attribute")
        attribute = lookup(source, attributes, rule.attribute, path, "属性")
        if attribute is None:
            continue
        if attribute.type is not AttributeType.YUAN:
            source.report(path, f"{rule.attribute} 不是金额属性", "写已经领到的那笔钱的属性")
        rules.append(BetterOf(rule.id, frozenset(rule.clauses), attribute, rule.say, rule.source))
    return tuple(rules)


def _report_crossing(source: YamlSource, limits: tuple[JointLimit, ...]) -> None:
    for index, one in enumerate(limits):
        for other in limits[:index]:
            common = one.clauses & other.clauses
            if common and common not in (one.clauses, other.clauses):
                what = f"与 {other.id} 的范围部分重叠"
                hint = "合并上限要么互不相干，要么一个包含另一个"
                source.report(("combining", "limits", index), what, hint)
