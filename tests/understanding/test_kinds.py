"""A sum is that of the thing that was named, not of another one that has the same word for its sum."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.attributes import Value
from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read, read_answer

TODAY = date(2026, 11, 21)

STATED: dict[str, dict[str, Any]] = {
    "买了软件应用综合保险，保费5万": {"software_insurance": True},
    "软件应用综合保险保费5万": {},
    "5万保费的软件保险": {"software_insurance": True},
    "车险保费12万": {},
    "保费5万，是软件保险": {"software_insurance": True},
    "保费25万，是科技保险": {"insurance_premium": 250_000},
    "保费25万，软件保险也买了": {"insurance_premium": 250_000, "software_insurance": True},
    "车险保费没花钱": {},
    "买了软件保险，保费5万，科技保险保费20万": {"software_insurance": True, "insurance_premium": 200_000},
    "车险5万，科技保险20万": {"insurance_premium": 200_000},
    "没买软件保险，保费30万": {"software_insurance": False, "insurance_premium": 300_000},
    "买了软件保险。保费30万": {"software_insurance": True, "insurance_premium": 300_000},
    "科技保险保费30万": {"insurance_premium": 300_000},
    "数据中心改造完成，固定资产投资4000万": {},
    "可信数据空间固定资产投资4000万": {"facility_investment": 40_000_000},
    "上年度营业收入1.2亿": {"last_year_revenue": 120_000_000},
    "去年营收2亿，科技保险30万": {"last_year_revenue": 200_000_000, "insurance_premium": 300_000},
    "今年营收2亿": {},
    "营收1.2亿": {},
}

ANSWERS: list[tuple[str, str, int | None]] = [
    ("insurance_premium", "软件保险交了5万", None),
    ("insurance_premium", "买了软件应用综合保险，保费5万", None),
    ("insurance_premium", "不是软件保险，是科技保险，保费30万", 300_000),
    ("insurance_premium", "30万，不含车险", 300_000),
    ("insurance_premium", "车险5万，科技保险20万", 200_000),
    ("insurance_premium", "没买，只有车险", 0),
    ("datacentre_investment", "固定资产投资4000万", 40_000_000),
    ("datacentre_investment", "可信数据空间固定资产投资4000万", None),
    ("counted_investment", "固定资产投资3000万", 30_000_000),
    ("facility_investment", "固定资产投资4000万", 40_000_000),
    ("facility_civil_works", "固定资产投资4000万", None),
    ("last_year_revenue", "营业收入1.2亿", 120_000_000),
    ("last_year_revenue", "今年营收2亿", None),
    ("last_year_revenue", "销售收入2亿", None),
    ("insurance_premium", "营收1.2亿", None),
    ("loan_interest", "质押贷款3000万", None),
    ("registration_fee", "首登记奖励拿了20万", None),
]


@pytest.mark.parametrize(("text", "expected"), STATED.items(), ids=list(STATED))
def test_a_sum_is_recorded_of_the_thing_that_was_named(text: str, expected: dict[str, Any], lexicon: Lexicon) -> None:
    facts = read(text, None, lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == expected


@pytest.mark.parametrize(("name", "text", "expected"), ANSWERS, ids=[f"{name}: {text}" for name, text, _ in ANSWERS])
def test_a_sum_of_another_thing_is_no_answer(name: str, text: str, expected: int | None, lexicon: Lexicon) -> None:
    understanding = read(text, lexicon.questions[name], lexicon, TODAY)

    answered = None if understanding.answer is None else understanding.answer.value
    recorded = {fact.attribute: fact.value for fact in understanding.facts}
    assert (answered, recorded.get(name)) == (_yuan(expected), _yuan(expected))


def test_an_answer_alone_leaves_out_the_sum_of_another_thing(lexicon: Lexicon) -> None:
    answer = read_answer("车险5万，科技保险20万", lexicon.questions["insurance_premium"], lexicon, TODAY)

    assert answer.value == Decimal(200_000)


def _yuan(number: int | None) -> Value | None:
    return None if number is None else Decimal(number)


@pytest.mark.parametrize(
    ("text", "told", "asked"),
    [
        ("保费四十万，其中车险六万", None, ("340000",)),
        ("科技保险28万，里面有3万是车险", None, ("250000",)),
        ("保费四十万，其中科技保险二十五万", Decimal(250_000), ()),
        ("科技保险28万，其中一半是研发险", Decimal(280_000), ()),
    ],
)
def test_a_part_of_another_kind_is_taken_out_of_a_sum(
    text: str, told: Value | None, asked: tuple[str, ...], lexicon: Lexicon
) -> None:
    meaning = read(text, None, lexicon, TODAY)

    assert {fact.attribute: fact.value for fact in meaning.facts}.get("insurance_premium") == told
    assert tuple(total for each in meaning.unsettled for total in each.totals()) == asked
