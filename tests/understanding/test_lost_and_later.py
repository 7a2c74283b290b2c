"""What was held once, what others did, what is done later: none of it is what is asked."""

from datetime import date
from typing import Any

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
TIER = "specialized_tier"


@pytest.mark.parametrize(
    ("name", "text", "facts"),
    [
        (TIER, "前年是小巨人现在没了", {}),
        (TIER, "去年评过小巨人，今年没有了", {}),
        (TIER, "去年有小巨人，今年没有", {}),
        (TIER, "以前是小巨人，如今是市级专精特新", {TIER: "specialized"}),
        (TIER, "今年没有", {TIER: "none"}),
        (TIER, "专精特新 没有 高新没有 啥也没有", {TIER: "none", "high_tech": False}),
        (TIER, "数据这块什么的都没弄过", {}),
        (TIER, "没有处罚啥的", {"last_major_penalty": "none"}),
        (TIER, "失信啥的都没有", {"dishonest_listed": False}),
        (TIER, "没评过啥", {TIER: "none"}),
        (TIER, "入标也没", {"first_listing": True}),
        (TIER, "没麦过数据", {"first_trade": True}),
        (TIER, "没开方过", {"first_open": True}),
        (TIER, "没失心", {"dishonest_listed": False}),
        ("first_open", "替别人开放过 我们自己没有", {"first_open": True}),
        ("first_open", "给客户开放过", {"first_open": False}),
        ("first_listing", "以后再入表", {"first_listing": True}),
        ("first_listing", "再入表", {"first_listing": False}),
        ("first_listing", "入表只有天津那家做过", {}),
        ("municipal_award_date", "不到两千万", {}),
    ],
)
def test_only_what_is_so_of_the_firm_itself_is_recorded(
    name: str, text: str, facts: dict[str, Any], lexicon: Lexicon
) -> None:
    found = read(text, lexicon.questions[name], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in found} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("没登记过，卖过两单数据", {"first_registration": True, "first_trade": False}),
        (
            "登记过了 没卖过 其他没有",
            {"first_registration": False, "first_trade": True, "first_listing": True, "first_open": True},
        ),
        ("没登过，入过一次表，开放过两批", {"first_registration": True, "first_listing": False, "first_open": False}),
        ("去年卖过三次", {"first_trade": False}),
    ],
)
def test_what_was_done_once_is_no_first_time_though_the_sentence_names_no_more(
    text: str, facts: dict[str, Any], lexicon: Lexicon
) -> None:
    found = read(text, lexicon.questions["first_registration"], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in found} == facts
