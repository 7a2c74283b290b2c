from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.money import Interval, format_yuan, is_above, is_at_least, parse_yuan
from bot.policy.truth import Truth, truth_of
from tests.policy.samples import intervals, small_yuan, yuan

HALF = Decimal("0.5")
POINTS = tuple(Decimal(n) / 4 for n in range(-40, 80))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50万", 500_000),
        ("50 万元", 500_000),
        ("1.2亿", 120_000_000),
        ("1.2 亿元", 120_000_000),
        ("8000", 8000),
        ("8000元", 8000),
        ("8,250 元", 8250),
        ("1,234,567.5", Decimal("1234567.5")),
        (" 0 ", 0),
        ("0.5", HALF),
    ],
)
def test_sums_are_read_as_staff_write_them(text: str, expected: Decimal | int) -> None:
    assert parse_yuan(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "五十万",
        "-5万",
        "1,5万",
        "1,2345",
        "5千",
        "50万左右",
        "50~100万",
        "1.2.3",
        "1e5",
        "nan",
        "５万",
        "50w",
    ],
)
def test_what_is_not_plainly_a_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("sum_", "expected"),
    [
        ("0", "0 元"),
        ("0.5", "0.5 元"),
        ("8250", "8,250 元"),
        ("9999.99", "9,999.99 元"),
        ("10000", "1 万元"),
        ("50000.5", "50,000.5 元"),
        ("123456", "12.3456 万元"),
        ("500000", "50 万元"),
        ("30000000", "3,000 万元"),
        ("99999999", "9,999.9999 万元"),
        ("100000000", "1 亿元"),
        ("123450000", "1.2345 亿元"),
        ("123456789", "12,345.6789 万元"),
        ("0.005", "0 元"),
        ("1E+8", "1 亿元"),
    ],
)
def test_sums_are_written_as_a_clerk_does(sum_: str, expected: str) -> None:
    assert format_yuan(Decimal(sum_)) == expected


@given(yuan)
def test_a_sum_in_fen_survives_writing_and_reading(sum_: Decimal) -> None:
    assert parse_yuan(format_yuan(sum_)) == sum_


@given(st.decimals(min_value=0, max_value=10**14, places=6))
def test_writing_never_changes_a_sum_by_more_than_a_fen(sum_: Decimal) -> None:
    assert abs(parse_yuan(format_yuan(sum_)) - sum_) <= Decimal("0.01")


def holds(interval: Interval, point: Decimal) -> bool:
    above = interval.low is None or point > interval.low or (point == interval.low and not interval.low_open)
    below = interval.high is None or point < interval.high or (point == interval.high and not interval.high_open)
    return above and below


@given(intervals(), small_yuan)
def test_a_range_decides_a_threshold_just_when_all_its_points_agree(interval: Interval, threshold: Decimal) -> None:
    points = [point for point in POINTS if holds(interval, point)]
    above, at_least = {point > threshold for point in points}, {point >= threshold for point in points}

    assert is_above(interval, threshold) is (truth_of(above.pop()) if len(above) == 1 else Truth.UNKNOWN)
    assert is_at_least(interval, threshold) is (truth_of(at_least.pop()) if len(at_least) == 1 else Truth.UNKNOWN)


@given(small_yuan, small_yuan)
def test_a_number_and_the_range_of_just_that_number_say_the_same(number: Decimal, threshold: Decimal) -> None:
    point = Interval(number, number)

    assert is_above(point, threshold) is is_above(number, threshold)
    assert is_at_least(point, threshold) is is_at_least(number, threshold)


@pytest.mark.parametrize(
    ("interval", "above", "at_least"),
    [
        (Interval(low=Decimal(10)), Truth.UNKNOWN, Truth.TRUE),
        (Interval(low=Decimal(10), low_open=True), Truth.TRUE, Truth.TRUE),
        (Interval(high=Decimal(10)), Truth.FALSE, Truth.UNKNOWN),
        (Interval(high=Decimal(10), high_open=True), Truth.FALSE, Truth.FALSE),
        (Interval(), Truth.UNKNOWN, Truth.UNKNOWN),
    ],
    ids=["10 or more", "more than 10", "up to 10", "less than 10", "nothing known"],
)
def test_the_end_of_a_range_counts_only_where_it_is_included(interval: Interval, above: Truth, at_least: Truth) -> None:
    assert interval.is_above(Decimal(10)) is above
    assert interval.is_at_least(Decimal(10)) is at_least
