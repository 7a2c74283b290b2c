"""What a text tells of something else does not answer the question that happens to be open."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
OPEN = (
    "first_registration", "high_tech", "specialized_tier", "dishonest_listed", "criminal_record", "last_major_penalty",
    "municipal_award_date", "first_listing", "trade_amount", "facility_years_supported", "above_scale_since",
    "cross_border_contract", "robot_product_stage",
)  # fmt: skip
ELSE = (
    "还有个事，4月在亦庄主办过一场省部级的国内论坛，活动成本六十四万",
    "去年买数据花了三十万，走的北数所",
    "老板昨天去国家数据局开会了",
    "去年融资五千万",
    "注册资本三千万，实缴一千万",
    "我们租的写字楼一年一百二十万",
    "客户是国家级小巨人",
    "第一次和你们打交道",
    "昨天刚开过股东会",
    "请了三家机构看过",
    "我们去年亏损，没交多少分红",
    "上个月刚拿到监管沙盒的出盒证明",
)


@pytest.mark.parametrize("text", ELSE)
@pytest.mark.parametrize("name", OPEN)
def test_something_else_answers_no_open_question(name: str, text: str, lexicon: Lexicon) -> None:
    meant = read(text, lexicon.questions[name], lexicon, TODAY)

    assert name not in {fact.attribute for fact in meant.facts}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("last_major_penalty", "环保罚的，22.11.3", date(2022, 11, 3)),
        ("municipal_award_date", "落款是2025年6月30", date(2025, 6, 30)),
        ("facility_years_supported", "从来没领过", Decimal(0)),
        ("facility_years_supported", "领了两年了", Decimal(2)),
        ("facility_years_supported", "去年和前年都拿了", Decimal(2)),
        ("above_scale_since", "三年前", "earlier"),
        ("above_scale_since", "去年升的规", "last_year"),
        ("robot_product_stage", "是的，已经定型了", "finalised"),
        ("high_tech", "还有个事，我们是高新", True),
        ("trade_amount", "说一下，头年八十万", Decimal(800_000)),
        ("insurance_premium", "注册资本三千万，保费实缴三十万", Decimal(300_000)),
        ("purchase_amount", "今年在平台上买了数据接口，八万", Decimal(80_000)),
        ("dishonest_listed", "没有的事儿", False),
    ],
)
def test_what_is_of_the_question_still_answers_it(name: str, text: str, value: object, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == value
