"""What only another company did is not one's own, though 登过 stands first: 登过，都是子公司登的."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 22)


def _told(name: str, text: str, lexicon: Lexicon) -> object:
    meaning = read(text, lexicon.questions[name], lexicon, TODAY)
    told = [fact.value for fact in meaning.facts if fact.attribute == name]
    if meaning.answer is None or meaning.answer.outcome is Outcome.ASK:
        return told or Outcome.ASK
    return meaning.answer.value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("first_registration", "登过，都是子公司登的"),
        ("first_registration", "登过，但登的是母公司"),
        ("first_registration", "登记过，子公司名下的"),
        ("first_registration", "登过两回，全是下属公司办的"),
        ("first_registration", "登过，以母公司的名义登的"),
        ("first_registration", "登过，不是我们登的，是子公司"),
        ("first_registration", "登过，帮客户登的"),
        ("first_registration", "登过，是收购来的公司登的"),
        ("first_listing", "入过，母公司报表里入的"),
        ("first_listing", "入过，集团入的"),
        ("first_trade", "卖过，不过合同是母公司签的"),
        ("first_open", "公开过，那是合作方公开的"),
        ("high_tech", "是高新，不过是母公司的"),
        ("high_tech", "有证，证是子公司的"),
        ("high_tech", "是，集团是"),
        ("facility_in_use", "投用了，是子公司建的"),
        ("dishonest_listed", "有，股东被列了"),
        ("cross_border_assessment", "通过了，是母公司过的"),
        ("sandbox_certificate", "有，证在子公司名下"),
        ("dishonest_listed", "列入了，是子公司"),
        ("criminal_record", "有，是子公司的"),
        ("insurance_premium", "买了，20万，子公司买的"),
        ("specialized_tier", "小巨人，不过是子公司的"),
        ("specialized_tier", "市级，子公司拿的"),
    ],
)
def test_what_is_said_to_be_anothers_is_asked_again(name: str, text: str, lexicon: Lexicon) -> None:
    assert _told(name, text, lexicon) is Outcome.ASK


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("first_registration", "我们和子公司都登过", False),
        ("first_registration", "登过，子公司也登过", False),
        ("first_registration", "登过，我们和子公司都登过", False),
        ("first_registration", "登过，委托代理公司登的", False),
        ("first_registration", "登过，股东要求登的", False),
        ("first_registration", "登过，不是我们自己登的，找代理登的", False),
        ("first_registration", "没登过，是子公司登的", True),
        ("first_trade", "成交过，卖给子公司的", False),
        ("first_trade", "卖过，客户是集团", False),
        ("high_tech", "是，集团帮我们申请的", True),
        ("high_tech", "是的，我们是集团公司", True),
        ("high_tech", "子公司是，我们也是", True),
        ("facility_in_use", "建好了，由子公司运营", True),
    ],
)
def test_what_one_did_oneself_is_told_whoever_else_is_named(
    name: str, text: str, value: object, lexicon: Lexicon
) -> None:
    assert _told(name, text, lexicon) is value


def test_what_is_told_of_oneself_before_stays(lexicon: Lexicon) -> None:
    facts = read("我们是高新，数据登记登过，是子公司登的", None, lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == {"high_tech": True}
