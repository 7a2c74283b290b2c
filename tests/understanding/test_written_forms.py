"""Sums, dates and addresses as forms and letters write them: what they state is read, what they leave open is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.numerals import parse_numeral
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
ASK = Outcome.ASK
DIGITS = "零一二三四五六七八九"

NUMERALS: dict[str, str | None] = {
    "三万零十六": "30016", "七万零二百一十": "70210", "五千零十": "5010", "二百零二万零四千零十九": "2024019",
    "6百08": "608", "4千350": "4350", "九点三25": "9.325", "八百六": "860", "三万零九": "30009",
    "十四十五": None, "二十三七": None, "六万七八": None, "四百五十六七": None,
    "7.5万零300": None, "五十万六十万": None, "六百三万": None,
}  # fmt: skip

SUMS: dict[str, Any] = {
    "八万零十五元": 80015, "负六十万": ASK, "- 450,000元": ASK, "負二十三萬元": ASK, ".8万": 8000,
    "人民币48.5": Decimal("48.5"), "RMB 6200": 6200, "玖万零叁拾元零伍分": Decimal("90030.05"),
    "陆拾元零角叁分": Decimal("60.03"), "港币五十万元": ASK, "四万元澳元": ASK, "新台币 8.6 亿元": ASK,
    "36万泰铢": ASK,
    "四万印度卢比": ASK, "5人民币8美元": ASK, "18个百分点": ASK, "三十六万个百分点": ASK, "万分之六": ASK,
    "千分之二点五": ASK, "九成": ASK, "两百万又四分之一": ASK, "七兆二十亿": ASK, "卅六元": ASK, "点六元": ASK,
    "十七八元": ASK, "万元": ASK, "五角广场": ASK, "260w张": ASK, "八千克": ASK, "300万股": ASK,
    "大于或等于80万": (800000, None), "≥65万": (650000, None), "<=65万元": (None, 650000), "近900万元": (None, 9000000),
    "四十万元或者以上": (400000, None), "比七十万多": (700000, None), "比七十万少": (None, 700000), "比七十万": ASK,
    "80万元 以上": (800000, None), "两个亿": 200000000, "一百二十几万": ASK, "五百余万": 5000000,
    "投了500万平台建设": 5000000, "三百万位于亦庄": 3000000, "买了60万股权": 600000, "80万成套设备": 800000,
    "最近花了35万": 350000, "付了45万票据费": 450000, "花了20万升级系统": 200000,
}  # fmt: skip

DATES: dict[str, Any] = {
    "88年3月2日": "1988-03-02", "九五年十月": "1995-10", "31年4月": "2031-04", "45年4月": ASK, "05年": "2005",
    "二千零一年六月八日": "2001-06-08", "两千年": "2000", "2月29日": "2024-02-29", "后年3月": "2028-03",
    "下周四": "2026-11-26", "上个礼拜礼拜三": ASK, "上周星期三": "2026-11-11", "后天": "2026-11-23",
    "4/9": "2026-04-09", "08-30": "2026-08-30", "2019": "2019", "2021 7 16": "2021-07-16",
    "農曆三月": ASK, "2023年农历四月初六": ASK, "2022年正月十六": ASK, "前年八月十五": ASK, "2025年立冬": ASK,
    "去年腊月": ASK, "闰六月": ASK, "2024年6月30日之前": ASK, "2024年6月30日及以后": ASK, "截至2024年6月": ASK,
    "2024年7月1日到9日": ASK, "从三月二日到五日": ASK, "2021-2023年": ASK, "2020年8月1日至2021年2月1日": ASK,
    "9/8/2019-9/28/2019": ASK, "2024年第二周": ASK, "6月上旬": ASK, "今年最后两个月": ASK, "12月月底": ASK,
    "本世纪10年代": ASK, "每年5月": ASK, "近10年": ASK, "20年以上": ASK, "去年本月八日": ASK, "3月6号，7号，8号": ASK,
    "最近2025年3月刚拿到": "2025-03", "2024年中标的": "2024", "2024年代理登记的": "2024",
    "星期五，11月20日": "2026-11-20", "今年的，5月6号": "2026-05-06", "以上年限": ASK,
}  # fmt: skip

REGIONS: dict[str, Any] = {
    "福建省 厦门市 东城街道18号": "outside_beijing", "合肥市瑶海区朝阳路26号": "outside_beijing",
    "武汉经济技术开发区沌口路9号": "outside_beijing",
    "成都市新都区国贸大厦3楼": "outside_beijing", "崂山区": "outside_beijing",
    "沙河口区中山路5号": "outside_beijing", "徐汇区昌平路77号": "outside_beijing", "大兴安岭": "outside_beijing",
    "某某县海淀路5号": ASK, "青口县西单商场": ASK, "地址：甲乙市望京街12号": ASK,
    "北京市西城区北大街8号": "西城区", "北京市丰台区苏州街甲2号": "丰台区", "北京朝阳东四环中路66号": "朝阳区",
    "昌平区科技园超前路5号": "昌平区", "朝阳区亮马桥办公大楼6层": "朝阳区", "海淀区天津大厦4层": "海淀区",
    "大兴区亦庄荣京东街6号": ASK, "大兴区亦庄镇": "大兴区", "通州区马驹桥": "通州区", "亦庄北区": "经开区",
    "海淀区搬到大兴区了": "大兴区", "上海，后来注册在海淀": "海淀区", "朝陽區": "朝阳区",
    "天津经济技术开发区卫星大厦1208": "outside_beijing",
    "朝阳区丰台区都有": ASK,
}  # fmt: skip


def outcome(name: str, text: str, lexicon: Lexicon) -> Any:
    """What becomes of the text as an answer: the value, the bounds of a range, or that it is asked again."""
    answer = read(text, general_question(name, "", lexicon.questions), lexicon, TODAY).answer
    assert answer is not None
    if answer.outcome is Outcome.INTERVAL:
        return (answer.value.low, answer.value.high)  # type: ignore[union-attr]
    value = answer.value
    return (value.isoformat() if isinstance(value, date) else value) if answer.outcome is Outcome.VALUE else ASK


@pytest.mark.parametrize(("text", "number"), NUMERALS.items(), ids=NUMERALS)
def test_numeral_has_the_value_that_its_zeros_and_units_give(text: str, number: str | None) -> None:
    assert parse_numeral(text) == (None if number is None else Decimal(number))


@given(number=st.integers(10_000, 99_999_999), zero=st.sampled_from("零〇"))
def test_tens_after_a_zero_are_tens(number: int, zero: str) -> None:
    high = number // 10_000
    tens, ones = divmod(number % 90 + 10, 10)
    written = f"{high}万{zero}{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"

    assert parse_numeral(written) == high * 10_000 + tens * 10 + ones


@pytest.mark.parametrize(("text", "expected"), SUMS.items(), ids=SUMS)
def test_sum_is_read_only_where_it_is_told(text: str, expected: Any, lexicon: Lexicon) -> None:
    got = outcome("amount", text, lexicon)

    assert got == expected or (expected is ASK and isinstance(got, tuple))


@pytest.mark.parametrize(("text", "expected"), DATES.items(), ids=DATES)
def test_date_is_read_only_as_precise_as_it_is_told(text: str, expected: Any, lexicon: Lexicon) -> None:
    assert outcome("date", text, lexicon) == expected


@pytest.mark.parametrize(("text", "expected"), REGIONS.items(), ids=REGIONS)
def test_beginning_of_an_address_tells_where_it_is(text: str, expected: Any, lexicon: Lexicon) -> None:
    assert outcome("region", text, lexicon) == expected


def test_names_in_an_address_state_nothing_else(lexicon: Lexicon) -> None:
    question = general_question("region", "", lexicon.questions)

    said = [read(text, question, lexicon, TODAY).facts for text in ("海淀区卫星路9号", "南京国际采购中心2306")]

    assert [[(fact.attribute, fact.value) for fact in facts] for facts in said] == [
        [("region", "海淀区")],
        [("region", "outside_beijing")],
    ]
