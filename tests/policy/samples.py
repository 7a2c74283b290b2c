"""Attributes, values and clauses made up for the tests of the core, and hypothesis strategies of them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Profile, Value
from bot.policy.clauses import Benefit, Clause, Document, Formula, InForce, Kind, Status
from bot.policy.conditions import (
    ALWAYS,
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
from bot.policy.money import Interval

DAY = date(2026, 6, 1)
REGION = Attribute("region", AttributeType.CHOICE, "注册地", ("通州区", "经开区", "海淀区"))
TIER = Attribute("tier", AttributeType.ORDERED, "梯度", ("none", "innovative", "specialized", "little_giant"))
SECTOR = Attribute("sector", AttributeType.SET, "行业", ("software", "ai", "other"))
HIGH_TECH = Attribute("high_tech", AttributeType.BOOL, "高新技术企业")
COST = Attribute("cost", AttributeType.YUAN, "费用")
GRANT = Attribute("grant", AttributeType.YUAN, "已获奖励")
HARDWARE = Attribute("hardware", AttributeType.YUAN, "其中硬件")
YEARS = Attribute("years", AttributeType.INT, "年数")
PENALTY = Attribute("penalty", AttributeType.DATE, "最近一次处罚")
ATTRIBUTES = (REGION, TIER, SECTOR, HIGH_TECH, COST, GRANT, HARDWARE, YEARS, PENALTY)

yuan = st.decimals(min_value=0, max_value=1_000_000_000, places=2, allow_nan=False, allow_infinity=False)
small_yuan = st.integers(0, 12).map(Decimal)
days = st.dates(date(2018, 1, 1), date(2032, 12, 31))


@st.composite
def intervals(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal] = small_yuan) -> Interval:
    """Ranges that hold at least one number."""
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    is_point = low is not None and low == high
    return Interval(low, high, not is_point and draw(st.booleans()), not is_point and draw(st.booleans()))


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    """Dates known in part."""
    first, last = draw(st.none() | days), draw(st.none() | days)
    return DateSpan(last, first) if first and last and first > last else DateSpan(first, last)


def values_of(attribute: Attribute) -> st.SearchStrategy[Value]:
    """Values that the attribute may have."""
    match attribute.type:
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return st.sampled_from(attribute.values)
        case AttributeType.SET:
            return st.frozensets(st.sampled_from(attribute.values))
        case AttributeType.BOOL:
            return st.booleans()
        case AttributeType.YUAN | AttributeType.INT:
            return st.one_of(small_yuan, intervals())
        case AttributeType.DATE:
            return st.one_of(days, spans(), st.just(NEVER))


def profiles() -> st.SearchStrategy[Profile]:
    """Profiles that know some of the attributes."""
    known = {attribute.name: values_of(attribute) for attribute in ATTRIBUTES}
    return st.fixed_dictionaries({}, optional=known).map(Profile)


def predicates_of(attribute: Attribute) -> st.SearchStrategy[Predicate]:
    """What may be required of the attribute."""
    match attribute.type:
        case AttributeType.CHOICE | AttributeType.SET:
            return st.lists(st.sampled_from(attribute.values), min_size=1, unique=True).map(lambda v: OneOf(tuple(v)))
        case AttributeType.ORDERED:
            return st.builds(Tier, st.sampled_from(Comparison), st.sampled_from(attribute.values))
        case AttributeType.BOOL:
            return st.builds(Is, st.booleans())
        case AttributeType.YUAN | AttributeType.INT:
            return st.builds(Number, st.sampled_from(Comparison), small_yuan)
        case AttributeType.DATE:
            return st.builds(Since, days) | st.builds(NotWithinYears, st.integers(1, 5))


def requirements() -> st.SearchStrategy[Condition]:
    """Single requirements of any attribute."""
    of_one = [st.builds(Requirement, st.just(a), predicates_of(a), st.just(a.label)) for a in ATTRIBUTES]
    return st.one_of(of_one)


def conditions() -> st.SearchStrategy[Condition]:
    """Condition trees of every kind of node."""
    leaves = st.one_of(requirements(), st.just(Unclear("要问")))

    def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, max_size=3).map(tuple)
        return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Not, parts, st.just("不属于")))

    return st.recursive(leaves, joined, max_leaves=6)


def number_is(comparison: str, threshold: int, attribute: Attribute = COST) -> Requirement:
    """The attribute put to a threshold."""
    return Requirement(attribute, Number(Comparison(comparison), Decimal(threshold)), attribute.label)


def create_document(status: Status | None = None, scope: Condition = ALWAYS, premises: Condition = ALWAYS) -> Document:
    """A policy that is in force unless another status is given."""
    return Document("doc", "文件", "文件", "某局", "zone", status or InForce(), scope=scope, premises=premises)


def create_clause(
    name: str,
    benefit: Benefit | None = None,
    condition: Condition = ALWAYS,
    document: Document | None = None,
    kind: Kind = Kind.AWARD,
) -> Clause:
    """A clause of a policy that is in force; it gives 10 yuan unless told otherwise."""
    policy = document or create_document()
    given = Formula(Decimal(10)) if benefit is None else benefit
    return Clause(name, policy, policy, "1", name, "", kind, "", condition, given)
