"""Several facts in one message: run-on speech, lists, forms, corrections, what is said of others."""

from datetime import date
from typing import Any

import pytest

from bot.policy.attributes import NEVER
from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read
from bot.understanding.speech import divide
from bot.understanding.text import split_message

TODAY = date(2026, 11, 21)

SPOKEN: dict[str, dict[str, Any]] = {
    "我们在大兴是市级专精特新没有失信也没有刑事记录": {
        "region": "大兴区", "specialized_tier": "specialized", "dishonest_listed": False, "criminal_record": False},
    "国高新没有处罚没有失信": {"high_tech": True, "last_major_penalty": NEVER, "dishonest_listed": False},
    "高新有专精特新没有": {"high_tech": True, "specialized_tier": "none"},
    "专精特新没有高新有": {"high_tech": True, "specialized_tier": "none"},
    "保费二十六万数据采购九十万处罚没有": {
        "insurance_premium": 260000, "purchase_amount": 900000, "last_major_penalty": NEVER},
    "我们公司注册在丰台现在是国家高新技术企业今年数据资产第一次登记了还没有入表": {
        "region": "丰台区", "high_tech": True, "first_registration": True, "first_listing": True},
    "我们在通州买了科技保险交了十五万去年入过表": {
        "region": "通州区", "insurance_premium": 150000, "first_listing": False},
    "通州、高新、没入表": {"high_tech": True, "first_listing": True},
    "去年首次升规，营收1.5亿": {"above_scale_since": "last_year", "last_year_revenue": 150000000},
    "我们去年升规的，营业收入3亿": {"above_scale_since": "last_year", "last_year_revenue": 300000000},
    "标杆工厂这块我们投了差不多两个亿": {"robot_factory_investment": 200000000},
}  # fmt: skip
CORRECTED: dict[str, dict[str, Any]] = {
    "注册地在海淀啊不对在朝阳": {"region": "朝阳区"},
    "执照在顺义哎说错了在昌平": {"region": "昌平区"},
    "专精特新是市级的，哦不，是国家级小巨人": {"specialized_tier": "little_giant"},
    "保费12万，后来追加到18万": {"insurance_premium": 180000},
    "采购额40万，记错了，是60万": {"purchase_amount": 600000},
}
WRITTEN: dict[str, dict[str, Any]] = {
    "1、注册地：房山\n2、专精特新：无\n3、是否高新：是\n4、保费：30万": {
        "region": "房山区", "specialized_tier": "none", "high_tech": True, "insurance_premium": 300000},
    "失信：无\n行政处罚：无\n登记费：7.4万": {
        "dishonest_listed": False, "last_major_penalty": NEVER, "registration_fee": 74000},
    "· 国高新\n· 保费26万": {"high_tech": True, "insurance_premium": 260000},
}  # fmt: skip
OF_OTHERS: dict[str, dict[str, Any]] = {
    "我们母公司是西城的，我们自己在平谷": {"region": "平谷区"},
    "我们公司的母公司在海淀，我们在通州": {"region": "通州区"},
    "我们的供应商在亦庄": {},
    "对门那家是小巨人": {},
    "我有个客户是小巨人，在亦庄": {},
    "我们是小巨人的供应商": {},
    "老板名下另外一个厂是国高新": {},
    "集团是国高新，我们不是": {"high_tech": False},
    "我上家公司是国高新，现在这家不是": {"high_tech": False},
    "同行都做了数据登记，我们还没有": {"first_registration": True},
    "子公司登记过，我们自己也登记过": {"first_registration": False},
    "集团买了科技保险50万，我们自己买了12万": {"insurance_premium": 120000},
    "我们是集团旗下的子公司，注册在通州，国高新": {"region": "通州区", "high_tech": True},
}
MOVING: dict[str, dict[str, Any]] = {
    "正在从海淀往通州搬": {"region": "海淀区"},
    "搬到通州了，执照还没换": {},
    "我们搬到通州了，执照还没来得及变更": {},
    "2022年搬到通州（执照已变更）": {"region": "通州区"},
    "我们注册在海淀，正在办往亦庄迁的手续": {"region": "海淀区"},
}
EVERY = {**SPOKEN, **CORRECTED, **WRITTEN, **OF_OTHERS, **MOVING}


@pytest.mark.parametrize(("text", "expected"), EVERY.items(), ids=EVERY.keys())
def test_a_message_tells_these_facts_and_no_others(text: str, expected: dict[str, Any], lexicon: Lexicon) -> None:
    question = lexicon.questions["region"] if text in MOVING else None

    facts = read(text, question, lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == expected


PARTS: dict[str, tuple[str, ...]] = {
    "科技保险两份，一份8万，一份5万": ("130000",),
    "今年数据采购上半年30万下半年50万": ("800000",),
    "采购数据第一批20万第二批30万第三批10万": ("600000",),
    "保费每个月2万，交了一年": ("240000",),
    "今年保费8万，后来又买了一份5万": ("130000",),
    "质量评价8万，审计5万": ("130000",),
    "采购数据集二十万，接口十五万": ("350000",),
    "采购数据集二十万接口十五万": ("350000",),
    "今年买数据花了20万，接口15万": ("350000",),
    "采购语料三十万，标注数据二十万": ("500000",),
    "采购了卫星影像数据10万，气象数据6万": ("160000",),
    "今年采购了数据集20万，模型30万，接口5万": ("550000",),
    "数据接口买了8万，另外数据集6万": ("140000",),
    "采购数据集20万，又花了15万买模型": ("350000",),
}


@pytest.mark.parametrize(("text", "totals"), PARTS.items(), ids=PARTS.keys())
def test_parts_that_nobody_added_up_are_no_sum_but_offer_one(
    text: str, totals: tuple[str, ...], lexicon: Lexicon
) -> None:
    meaning = read(text, None, lexicon, TODAY)

    assert not any(fact.attribute == each.attribute for fact in meaning.facts for each in meaning.unsettled)
    assert [each.totals() for each in meaning.unsettled] == [totals]


WHOLE: dict[str, int] = {
    "采购数据800万，其中500万在北数所": 8000000,
    "数据采购三笔，20万、30万和15万，总共65万": 650000,
    "采购数据上半年30万，下半年50万，一共80万": 800000,
    "采购模型30万，语料20万，一共50万": 500000,
    "采购数据二十万，其中接口十五万": 200000,
    "采购数据20万，卖数据15万": 200000,
    "采购数据20万，自己做数据集15万": 200000,
    "采购数据集20万，数据治理服务10万": 200000,
    "采购数据集二十万，接口开发十五万": 200000,
    "采购数据集二十万，办公电脑十五万": 200000,
}


@pytest.mark.parametrize(("text", "total"), WHOLE.items(), ids=WHOLE.keys())
def test_a_whole_is_taken_and_not_its_parts(text: str, total: int, lexicon: Lexicon) -> None:
    meaning = read(text, None, lexicon, TODAY)

    assert {fact.attribute: fact.value for fact in meaning.facts} == {"purchase_amount": total}


@pytest.mark.parametrize(
    "text", ["没有处罚、失信、犯罪记录", "处罚、失信、犯罪记录都没有", "专精特新是市级的", "我们在通州有个数据中心"]
)
def test_what_is_said_of_one_thing_stays_in_one_part(text: str, lexicon: Lexicon) -> None:
    assert len(divide(split_message(text), lexicon).clauses) == 1


PENDING: dict[str, tuple[str, Any]] = {
    "合同总共300万分三年，第一年100万": ("trade_amount", 1000000),
    "三年框架900万，头一年实际只走了210万": ("trade_amount", 2100000),
    "做AI的，也做点机器人": ("sector", frozenset({"ai", "robotics"})),
    "是的，保费今年交了18万，顺便问下需要什么材料": ("high_tech", True),
    "以前是，去年掉了": ("high_tech", False),
    "开放过，不过是母公司开放的": ("first_open", None),
    "没登过吧应该": ("first_registration", None),
    "过了": ("dcmm_certified", True),
    "参加过揭榜挂帅": ("challenge_won", None),
    "报了，没中": ("challenge_won", False),
    "小微": ("size", None),
    "中小型吧": ("size", None),
    "今年没买保险去年买了20万": ("insurance_premium", 0),
    "财产险20万，科技险8万": ("insurance_premium", 80000),
    "设备1500万，土建500万": ("facility_investment", None),
    "一共2000万，其中土建500万，设备1500万": ("facility_investment", 20000000),
    "不清楚专精特新，注册在通州": ("specialized_tier", None),
}


@pytest.mark.parametrize(("text", "told"), PENDING.items(), ids=PENDING.keys())
def test_the_open_question_is_answered_or_left_open(text: str, told: tuple[str, Any], lexicon: Lexicon) -> None:
    name, expected = told

    facts = read(text, lexicon.questions[name], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts}.get(name) == expected


@pytest.mark.parametrize(
    "text", ["我们公司不搞数据标注", "我们不做大模型", "卖数据集还是头一回", "卖数据卖过两次", "我们准备做机器人"]
)
def test_what_is_denied_planned_or_done_once_is_no_trade(text: str, lexicon: Lexicon) -> None:
    assert "sector" not in {fact.attribute for fact in read(text, None, lexicon, TODAY).facts}


@pytest.mark.parametrize("text", ["我们是第一批做大模型的公司", "不做机器人，做大模型"])
def test_a_trade_beside_a_first_time_or_a_denied_one_is_a_trade(text: str, lexicon: Lexicon) -> None:
    facts = {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}

    assert facts["sector"] == {"ai"}


AFTER_DENIAL: dict[str, dict[str, Any]] = {
    "科技险没投 数据集买了35万": {"insurance_premium": 0, "purchase_amount": 350000},
    "入表还没有，保险交了15万": {"first_listing": True, "insurance_premium": 150000},
    "没做入表。保险20万": {"first_listing": True, "insurance_premium": 200000},
    "数据采购没做，登记了，花了6万": {"registration_fee": 60000},
    "保险没那么多，也就12万": {"insurance_premium": 120000},
    "信用保险买了12万": {},
}


@pytest.mark.parametrize(("text", "told"), AFTER_DENIAL.items(), ids=AFTER_DENIAL.keys())
def test_a_sum_is_not_of_what_was_denied_before_it(text: str, told: dict[str, Any], lexicon: Lexicon) -> None:
    facts = read(text, None, lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == told


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("national_project_grant", "项目总投资8000万，国拨2000万", 20000000),
        ("national_project_grant", "国拨2000万，自筹6000万", 20000000),
        ("national_project_grant", "总预算1亿，国家给了3000万", 30000000),
        ("facility_investment", "总投资9000万，设备4000万", 90000000),
    ],
    ids=["whole-first", "own-share", "given", "whole-asked"],
)
def test_a_whole_is_not_added_to_its_part(asked: str, text: str, value: int, lexicon: Lexicon) -> None:
    meaning = read(text, lexicon.questions[asked], lexicon, TODAY)

    assert {fact.attribute: fact.value for fact in meaning.facts} == {asked: value}
    assert not meaning.unsettled
