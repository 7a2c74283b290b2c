"""A sum that turns out to be of another kind is taken back; a month belongs to the year that was told before it."""

from datetime import date
from decimal import Decimal

import pytest

from bot.policy.attributes import DateSpan
from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    ("told", "text", "name"),
    [
        ("质押贷款利息31万", "哎那笔贷款不是质押贷款，是信用贷", "loan_interest"),
        ("科技险保费17万", "弄混了，那个保费不是科技险的", "insurance_premium"),
        ("买数据花了50万", "那50万不是数据，是买服务器", "purchase_amount"),
    ],
)
def test_a_sum_that_is_denied_to_be_of_the_kind_is_taken_back_and_asked_for(told: str, text: str, name: str) -> None:
    done = turn(after("", "注册在通州", "小巨人", told), text)

    assert name not in done.state.profile.values
    assert done.state.pending is not None
    assert done.state.pending.attribute == name


def test_a_sum_stays_where_its_kind_is_only_asked_about() -> None:
    state = after("", "注册在通州", "小巨人", "质押贷款利息31万")

    done = turn(state, "是不是数据质押的才给贴息？")

    assert done.state.profile.values["loan_interest"] == Decimal(310_000)


def test_a_month_is_of_the_year_told_before() -> None:
    state = after("", "注册在亦庄", "小巨人", "被行政处罚过", "2024年", "大概是3月份")

    assert state.profile.values["last_major_penalty"] == DateSpan(date(2024, 3, 1), date(2024, 3, 31))


def test_a_month_that_is_told_when_a_day_is_asked_for_is_read_by_itself() -> None:
    state = after("", "注册在亦庄", "小巨人", "被行政处罚过", "3月")

    assert state.profile.values["last_major_penalty"] == DateSpan(date(2026, 3, 1), date(2026, 3, 31))


def test_a_date_that_comes_late_is_of_the_question_that_asked_for_one() -> None:
    state = after("", "注册在亦庄", "小巨人", "被行政处罚过", "不清楚", "哦，是前年11月")

    assert state.profile.values["last_major_penalty"] == DateSpan(date(2024, 11, 1), date(2024, 11, 30))
    assert "first_registration" not in state.profile.values


@pytest.mark.parametrize("text", ["就是普通的车险", "雇主责任险哦"], ids=str)
def test_another_kind_that_is_named_right_after_takes_the_sum_back(text: str) -> None:
    state = after("", "注册在亦庄", "小巨人", "科技保险19万", text)

    assert "insurance_premium" not in state.profile.values


def test_another_kind_with_a_sum_of_its_own_takes_nothing_back() -> None:
    state = after("", "注册在亦庄", "小巨人", "科技保险19万", "车险4万")

    assert state.profile.values["insurance_premium"] == Decimal(190_000)
