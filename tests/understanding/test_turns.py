"""Messages read while a question is open: what is recorded, what answers it, and what is left alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.attributes import NEVER, DateSpan
from bot.policy.money import Interval
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
ALL_FIRST = dict.fromkeys(("first_registration", "first_listing", "first_trade", "first_open"), True)
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    # a sentence about something else is no answer
    ("first_listing", "我们开过年会了", {}), ("first_trade", "昨天刚跟税务局吵了一架", {}),
    ("first_open", "上个月换过办公室", {}), ("first_registration", "你们不是问过了", {}),
    ("high_tech", "刚招了两个人", {}), ("dishonest_listed", "我们有食堂", {}), ("criminal_record", "合同签了", {}),
    ("first_listing", "前几年就弄完了", {"first_listing": False}), ("first_trade", "压根没碰过", {"first_trade": True}),
    ("first_open", "上半年刚公开过一批", {"first_open": False}),
    ("first_trade", "数据开放过", {"first_open": False}),
    # a sum that is not the one asked for is left open; what nobody had to pay is 0
    ("trade_amount", "三年合同共六百万", {}), ("insurance_premium", "去年交了30万", {}),
    ("trade_amount", "总额四百万，首年一百五十万", {"trade_amount": Decimal(1_500_000)}),
    ("registration_fee", "没收我们登记费", {"registration_fee": Decimal(0)}),
    # several firsts in one sentence
    ("first_listing", "首次登记是第一次，首次入表不是", {"first_registration": True, "first_listing": False}),
    ("first_trade", "全都是头一回", ALL_FIRST), ("first_open", "统统没弄过", ALL_FIRST),
    ("first_registration", "交易过，其余没有", ALL_FIRST | {"first_trade": False}),
    ("", "入表和开放是头一次，登记和交易不是", {"first_listing": True, "first_open": True, "first_registration": False,
    "first_trade": False}),
    ("first_open", "都还没有", {"first_open": True}), ("first_trade", "么有搞过", {"first_trade": True}),
    # what only sounds alike, or is a command word inside something else
    ("specialized_tier", "投了七八十万", {}), ("region", "帮我写一首关于春天的诗", {}), ("region", "/pass/skip", {}),
    ("specialized_tier", "小聚人", {"specialized_tier": "little_giant"}),
    ("region", "我们公司在同州", {"region": "通州区"}),
    ("", "我们是专精特心，市级的", {"specialized_tier": "specialized"}),
    # figures of something else
    ("municipal_award_trade", "采购花了四十万", {"purchase_amount": Decimal(400_000)}),
    ("loan_interest", "我们估值三个亿", {}), ("purchase_amount", "去年净利润两千万", {}),
    ("insurance_premium", "买了十五万数据", {"purchase_amount": Decimal(150_000)}),
    ("", "注册资本两千万，实缴保费八万", {"insurance_premium": Decimal(80_000)}), ("", "借款本金三百万", {}),
    ("purchase_amount", "打算买五十万", {}),
    # figures taken back
    ("", "利息十二万写错了是十五万", {"loan_interest": Decimal(150_000)}),
    ("", "保费不是18万是13万", {"insurance_premium": Decimal(130_000)}),
    ("", "采购额71.5万写错了应该是75.1", {"purchase_amount": Decimal(751_000)}),
    ("compute_voucher", "二十几万",
    {"compute_voucher": Interval(Decimal(200_000), Decimal(300_000), high_open=True)}),
    # reviews
    ("flagship_reviewed", "搞了一个项目投了两百万", {}),
    ("scenario_reviewed", "没被评上", {"scenario_reviewed": False}),
    ("dataset_reviewed", "认定了", {"dataset_reviewed": True}), ("", "我们自建了语料库", {}),
    ("labelling_platform_reviewed", "压根没有这种平台", {"labelling_platform_reviewed": False}),
    ("dishonest_listed", "之前有过失信，后来修复了", {}),
    # places asked about, or of work
    ("region", "海淀的算力券呢", {}), ("region", "要是搬去副中心呢", {}), ("region", "昌平，有没有贴息", {}),
    ("", "注册地址不是大兴是通州", {"region": "通州区"}),
    ("", "执照在海淀，团队在亦庄干活", {"region": "海淀区", "operating_regions": frozenset({"经开区"})}),
    ("", "注册在丰台，上班在通州", {"region": "丰台区", "operating_regions": frozenset({"通州区"})}),
    ("", "我们注册在朝阳，宋庄有个仓库", {"region": "朝阳区"}),
    # two firms
    ("", "甲公司在通州，乙公司在大兴", {}), ("region", "C公司保费十万，D公司保费八万", {}), ("", "张总的是小巨人", {}),
    ("", "我们在密云，另外一家在顺义", {"region": "密云区"}),
    # penalties
    ("", "去年6月因为消防被罚过", {}), ("last_major_penalty", "去年6月罚的", {"last_major_penalty": DateSpan(
    date(2025, 6, 1), date(2025, 6, 30))}), ("last_major_penalty", "罚了五百块", {}),
    ("last_major_penalty", "最近三年没被罚", {"last_major_penalty": NEVER}), ("criminal_record", "股东坐过牢", {}),
    # speech without marks
    ("", "嗯我们单位在丰台嘛然后去年评上了市级专精特新但是高新我们没有",
    {"region": "丰台区", "specialized_tier": "specialized", "high_tech": False}),
]  # fmt: skip
OUTCOMES = [
    ("first_trade", "没有", Outcome.ASK), ("dataset_reviewed", "还在排队", Outcome.UNKNOWN),
    ("scenario_reviewed", "材料报上去了", Outcome.UNKNOWN), ("flagship_reviewed", "还没认定", Outcome.UNKNOWN),
    ("high_tech", "可能是吧", Outcome.UNKNOWN), ("region", "保费我不清楚", Outcome.ASK),
    ("region", "另外一家在昌平", Outcome.ASK),
    ("dishonest_listed", "以前有，解除了", Outcome.ASK), ("specialized_tier", "小巨人上个月过期了", Outcome.ASK),
    ("high_tech", "bu shi", Outcome.VALUE), ("purchase_amount", "-3万", Outcome.ASK),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "facts"), ROWS, ids=[f"{name}-{text}" for name, text, _ in ROWS])
def test_a_message_records_what_it_says_and_no_more(
    name: str, text: str, facts: dict[str, Any], lexicon: Lexicon
) -> None:
    understanding = read(text, lexicon.questions.get(name), lexicon, TODAY)

    assert {fact.attribute: fact.value for fact in understanding.facts} == facts


@pytest.mark.parametrize(("name", "text", "outcome"), OUTCOMES, ids=[f"{n}-{text}" for n, text, _ in OUTCOMES])
def test_an_answer_that_is_none_is_left_open(name: str, text: str, outcome: Outcome, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.outcome is outcome


def test_a_bare_no_to_a_first_time_offers_both(lexicon: Lexicon) -> None:
    answer = read("没有", lexicon.questions["first_open"], lexicon, TODAY).answer

    assert answer is not None
    assert answer.candidates == ("true", "false")


@pytest.mark.parametrize(
    ("text", "is_counter_question"),
    [("怎么算啊", True), ("入表是什么意思", True), ("小巨人是什么意思", False), ("你会不会泄露出去", False)],
)
def test_only_a_question_about_the_open_one_is_a_counter_question(
    text: str, is_counter_question: object, lexicon: Lexicon
) -> None:
    understanding = read(text, lexicon.questions["first_listing"], lexicon, TODAY)

    assert understanding.asks
    assert understanding.answer is not None
    assert understanding.answer.is_counter_question is is_counter_question
