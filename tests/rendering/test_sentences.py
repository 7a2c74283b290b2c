from datetime import date
from decimal import Decimal

import pytest

from bot.policy.amounts import Amount
from bot.policy.attributes import NEVER, Attribute, AttributeType, DateSpan, Value
from bot.policy.clauses import Benefit, Ceiling, Formula, NoFigure, Per
from bot.policy.money import Interval
from bot.rendering.sentences import say_amount, say_article_number, say_benefit, say_gain, say_value

PREMIUM = Attribute("premium", AttributeType.YUAN, "保费")
YEARS = Attribute("years", AttributeType.INT, "年数")
HIGH_TECH = Attribute("high_tech", AttributeType.BOOL, "高新")
FIRST = Attribute("first", AttributeType.BOOL, "首次", labels={"true": "是首次", "false": "不是首次"})
REGION = Attribute("region", AttributeType.CHOICE, "注册地", ("a", "b"), {"a": "甲区"})
SECTORS = Attribute("sector", AttributeType.SET, "行业", ("a", "b"), {"a": "甲", "b": "乙"})
PENALTY = Attribute("penalty", AttributeType.DATE, "处罚")


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        pytest.param(PREMIUM, Decimal(264_000), "26.4 万元", id="a sum"),
        pytest.param(PREMIUM, Decimal(0), "0 元", id="nothing"),
        pytest.param(PREMIUM, Decimal(120_000_000), "1.2 亿元", id="a large sum"),
        pytest.param(PREMIUM, Interval(None, Decimal(10**6), high_open=True), "不到 100 万元", id="below"),
        pytest.param(PREMIUM, Interval(Decimal(10**5), None, low_open=True), "超过 10 万元", id="above"),
        pytest.param(PREMIUM, Interval(Decimal(300_000), Decimal(400_000)), "30 万元 到 40 万元 之间", id="a range"),
        pytest.param(YEARS, Decimal(2), "2", id="a count"),
        pytest.param(HIGH_TECH, True, "是", id="yes"),
        pytest.param(FIRST, False, "不是首次", id="no, in its own words"),
        pytest.param(REGION, "a", "甲区", id="a choice"),
        pytest.param(SECTORS, frozenset({"b", "a"}), "甲、乙", id="a set"),
        pytest.param(PENALTY, NEVER, "没有过", id="never"),
        pytest.param(PENALTY, date(2024, 11, 6), "2024-11-06", id="a day"),
        pytest.param(
            PENALTY, DateSpan(date(2024, 11, 1), date(2024, 11, 30)), "2024-11-01 到 2024-11-30", id="a month"
        ),
    ],
)
def test_a_value_is_said_as_one_would_read_it_out(attribute: Attribute, value: Value, said: str) -> None:
    assert say_value(attribute, value) == said


@pytest.mark.parametrize(
    ("benefit", "said"),
    [
        pytest.param(
            Formula(rate=Decimal("0.5"), plus=(PREMIUM,), cap=Decimal(500_000), per=Per.ENTERPRISE_YEAR),
            "按保费的 50%，每家企业每年最高 50 万元",
            id="a rate with a cap",
        ),
        pytest.param(Formula(constant=Decimal(100_000)), "10 万元", id="a fixed sum"),
        pytest.param(Ceiling(Decimal(10**7)), "最高 1,000 万元，具体由主管部门核定", id="a ceiling"),
        pytest.param(NoFigure(), "条文没有写明金额", id="no figure"),
    ],
)
def test_a_benefit_is_said_with_its_rate_and_limit(benefit: Benefit, said: str) -> None:
    assert say_benefit(benefit) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        pytest.param(Amount(Decimal(5), Decimal(5), Decimal(5)), "5 元", id="exact"),
        pytest.param(Amount(Decimal(0), Decimal(10_000)), "最高 1 万元", id="a ceiling"),
        pytest.param(Amount(Decimal(10_000), Decimal(20_000)), "1 万元 到 2 万元", id="a range"),
        pytest.param(Amount(), "没有写明金额", id="nothing stated"),
    ],
)
def test_an_amount_is_never_said_to_be_more_certain_than_it_is(amount: Amount, said: str) -> None:
    assert say_amount(amount) == said


@pytest.mark.parametrize(
    ("benefit", "amount", "said"),
    [
        pytest.param(NoFigure("免费服务，没有资金"), Amount(), "免费服务，没有资金", id="no money"),
        pytest.param(NoFigure(), Amount(), "条文没有写明金额", id="no words"),
        pytest.param(Formula(rate=Decimal("0.3"), plus=(PREMIUM,)), Amount(), "按保费的 30%", id="a rate of what?"),
        pytest.param(Ceiling(Decimal(10**7)), Amount(Decimal(0), Decimal(10**7)), "最高 1,000 万元", id="a sum"),
    ],
)
def test_what_has_no_sum_is_said_in_the_words_of_the_benefit(benefit: Benefit, amount: Amount, said: str) -> None:
    assert say_gain(benefit, amount) == said


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("6", "第 6 条"),
        ("supplementary-1", "附则第 1 条"),
        ("supplementary-end", "附则"),
        ("closing", "末条"),
        ("1.1-5", " 第 1.1-5 项"),
    ],
)
def test_an_article_is_named_as_in_the_document(article: str, said: str) -> None:
    assert say_article_number(article) == said
