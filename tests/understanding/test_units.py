"""A unit that is told apart from its number."""

import pytest

from bot.understanding.text import normalize


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("首年三百二，单位是万", "首年三百二十万元"),
        ("单位万，三百二", "三百二十万元"),
        ("单位：万元 320", "320万元"),
        ("320（万元）", "320万元"),
        ("保费32（单位：万元）", "保费32万元"),
        ("金额320，单位万元", "金额320万元"),
        ("1.5（亿元）", "1.5亿元"),
        ("一千五，单位：万元", "一千五百万元"),
    ],
)
def test_a_unit_told_apart_is_put_behind_its_number(text: str, read: str) -> None:
    assert normalize(text) == read


@pytest.mark.parametrize(
    "text",
    ["3200000,单位元", "320万(含税)", "单位是企业,320万", "我们单位一百多人", "以前单位交过30万", "公司单位在海淀"],
)
def test_what_is_no_unit_stays(text: str) -> None:
    assert normalize(text) == text
