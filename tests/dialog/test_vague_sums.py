"""A sum of which the words leave open what it is of is asked about before it is recorded."""

from decimal import Decimal

import pytest

from bot.dialog.repair_acts import AskWhatSum
from bot.dialog.state import State
from tests.dialog.talks import after, turn

BEGUN = ("", "注册在亦庄", "小巨人")


def _asked(state: State, text: str) -> tuple[str, ...]:
    """The choices of the question what the sum is of; none where it is not asked."""
    acts = turn(state, text).acts
    return next((tuple(c.value for c in act.choices) for act in acts if isinstance(act, AskWhatSum)), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("今年买保险掏了23万", "insurance_premium"),
        ("保单一共18万", "insurance_premium"),
        ("给银行付息41万", "loan_interest"),
        ("固投5200万", "facility_investment"),
        ("采购金额66万", "purchase_amount"),
        ("审计费7万", "listing_service_fee"),
        ("我们也买保险了 前前后后花了三十来万", "insurance_premium"),
    ],
)
def test_a_sum_of_an_unsaid_kind_is_asked_about(text: str, name: str) -> None:
    state = after(*BEGUN)

    assert _asked(state, text) == (name, "other", "unknown")
    assert name not in turn(state, text).state.profile.values


@pytest.mark.parametrize(
    "text", ["科技险的保费23万", "保费23万", "质押贷款的利息41万", "可信数据空间固投5200万", "买数据花了66万"], ids=str
)
def test_a_sum_whose_kind_is_said_is_recorded(text: str) -> None:
    assert not _asked(after(*BEGUN), text)
    assert turn(after(*BEGUN), text).state.profile.values.keys() - after(*BEGUN).profile.values.keys()


@pytest.mark.parametrize("answer", ["是的", "就是科技类的", "1"], ids=str)
def test_it_is_recorded_once_it_is_said_to_be_of_this_kind(answer: str) -> None:
    state = after(*BEGUN, "保险花了13万", answer)

    assert state.profile.values["insurance_premium"] == Decimal(130_000)


@pytest.mark.parametrize("answer", ["不是", "雇主责任险", "不是科技的", "2", "不清楚"], ids=str)
def test_it_is_not_recorded_otherwise(answer: str) -> None:
    state = after(*BEGUN, "保险花了13万", answer)

    assert "insurance_premium" not in state.profile.values
    assert state.offer is None


def test_what_was_asked_about_just_before_says_the_kind() -> None:
    assert not _asked(after(*BEGUN, "科技保险怎么补"), "保险花了13万")


def test_a_correction_of_what_is_known_is_not_asked_about() -> None:
    assert not _asked(after(*BEGUN, "科技保险13万"), "不对，保险是14万")


def test_what_was_told_of_the_same_thing_says_the_kind() -> None:
    assert not _asked(after(*BEGUN, "首次入表，入表金额300万"), "审计费7万")


@pytest.mark.parametrize("text", ["上个月搞了场论坛，花掉90万", "我们办了个数据峰会，成本150万"], ids=str)
def test_of_a_topic_with_several_sums_it_is_asked_which(text: str) -> None:
    state = after(*BEGUN)

    assert _asked(state, text)[:2] == ("international_event_cost", "domestic_event_cost")


@pytest.mark.parametrize("text", ["办论坛打算花90万", "办论坛花90万能补多少", "协办论坛花了9万", "没办论坛"], ids=str)
def test_what_was_not_spent_on_ones_own_is_not_asked_about(text: str) -> None:
    assert not _asked(after(*BEGUN), text)


def test_the_whole_of_a_part_is_offered() -> None:
    assert _asked(after(*BEGUN), "一共投了6500万，土建占1200万")[0] == "facility_investment"


def test_the_sum_that_is_denied_is_not_asked_about() -> None:
    told = turn(after("亦庄，小巨人", "科技保险保费12万"), "保费不是12万，是15万")

    assert told.state.profile.values["insurance_premium"] == Decimal(150_000)
    assert not any(isinstance(act, AskWhatSum) for act in told.acts)
