import pytest

from bot.content.figure_reading import Measure, is_among, keys_of, read_figures


def said(text: str) -> list[tuple[str, str]]:
    return [(figure.key[0].value, f"{figure.key[1]}") for figure in read_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最高不超过50万元", [("number", "500000")]),
        ("单个项目最高不超过200万。", [("number", "2000000")]),
        ("规模 1.2 亿元", [("number", "120000000.0")]),
        ("500,000元", [("number", "500000")]),
        ("５０万元", [("number", "500000")]),
        ("5-10万元", [("number", "50000"), ("number", "100000")]),
        ("最高五十万元", [("number", "500000")]),
        ("补贴 30%", [("rate", "0.3")]),
        ("20%-30％", [("rate", "0.2"), ("rate", "0.3")]),
        ("20-30%", [("rate", "0.2"), ("rate", "0.3")]),
        ("百分之五十", [("rate", "0.5")]),
        ("2 个百分点", [("rate", "0.02")]),
        ("1：0.5的比例", [("rate", "0.5")]),
        ("按 1比1 配套", [("rate", "1")]),
        ("补贴一半，另给两成", [("rate", "0.5"), ("rate", "0.2")]),
        ("四分之三", [("rate", "0.75")]),
        ("累计不超过三年", [("months", "36")]),
        ("5 年租金", [("months", "60")]),
        ("6个月、三个月", [("months", "6"), ("months", "3")]),
        ("半年内", [("months", "6")]),
        ("30日内，10个工作日", [("days", "30"), ("days", "10")]),
        ("一年期贷款", [("months", "12")]),
        ("期限不超过一年", [("months", "12")]),
        ("至2027年12月31日", [("date", "2027-12-31")]),
        ("2027-12-31", [("date", "2027-12-31")]),
        ("2024 年 12 月", [("date", "2024-12")]),
        ("到2030年", [("date", "2030")]),
        ("2023-2025年", [("date", "2023"), ("date", "2025")]),
        ("代码64、65", [("number", "64"), ("number", "65")]),
        ("互联网 3.0", [("number", "3.0")]),
        ("不少于 2 万次", [("number", "20000")]),
        ("三倍", [("number", "3")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_is_read_however_it_is_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《北京市机器人行动方案（2023—2025年）》",
        "“6+3”现代化产业体系",
        "IPv6、4D、5G",
        "GB/T36073-2018 和 DB11/T1139",
        "见第 8 条，第3、4条，附则三",
        "第一年度，第三方",
        "（二）支持、（1）鼓励",
        "1. 支持",
        "每年、当年、一家企业一年最高",
        "一次性、一项、两级、三券联动",
        "万兆光网和千兆到户",
        "形成一批成果",
        "拨 12345，或 010-62564159",
    ],
)
def test_names_and_counting_words_are_no_figures(text: str) -> None:
    assert said(text) == []


def test_a_figure_knows_its_place_in_the_text() -> None:
    (figure,) = read_figures("最高 50 万元。")

    assert (figure.text, figure.start, figure.end) == ("50 万元", 3, 8)


def test_the_same_figure_written_otherwise_is_the_same() -> None:
    assert keys_of("三年，一半，0.5亿") == keys_of("36个月", "50%", "5000 万元")


def test_a_year_is_among_the_days_in_it_and_not_the_other_way_round() -> None:
    days = keys_of("2027年12月31日")

    assert is_among((Measure.DATE, "2027"), days)
    assert is_among((Measure.DATE, "2027-12"), days)
    assert not is_among((Measure.DATE, "2027-12-31"), keys_of("2027年"))
