"""A sum told before is put right in words that do not name it."""

from decimal import Decimal

import pytest

from tests.dialog.talks import after, turn

FACTS = "通州的，今年买数据花了三百一十五万，质押贷款付息八十七万六"

CORRECTIONS = {
    "说快了，是三百五十一万，不是三百一十五": ("purchase_amount", 3_510_000),
    "等下，315万把咨询费也算进去了，光数据是三百万": ("purchase_amount", 3_000_000),
    "利息报错了，是七十八万六": ("loan_interest", 786_000),
    "87.6不对，应该78.6": ("loan_interest", 786_000),
    "采购那个数更正成320万": ("purchase_amount", 3_200_000),
    "买数据的钱写多了，实际三百零五万": ("purchase_amount", 3_050_000),
}


@pytest.mark.parametrize("text", CORRECTIONS)
def test_the_sum_that_is_meant_is_changed_and_no_other(text: str) -> None:
    name, yuan = CORRECTIONS[text]
    before = after("你好", FACTS)
    changed = turn(before, text).state.profile.values
    assert changed[name] == Decimal(yuan)
    assert {n: v for n, v in changed.items() if n != name} == {
        n: v for n, v in before.profile.values.items() if n != name
    }


@pytest.mark.parametrize("text", ["数报错了", "刚才那个不对", "金额是不是以发票为准", "不是首次"])
def test_nothing_is_changed_where_no_new_sum_is_told(text: str) -> None:
    before = after("你好", FACTS)
    values = turn(before, text).state.profile.values
    assert values["purchase_amount"] == Decimal(3_150_000)
    assert values["loan_interest"] == Decimal(876_000)


def test_a_correction_is_no_answer_to_the_question_that_is_open() -> None:
    open_now = after("你好", FACTS, "没有专精特新")
    assert open_now.pending is not None
    assert open_now.pending.attribute == "first_registration"
    corrected = turn(open_now, "说岔了，是三百一十一万，不是三百一十五万").state
    assert "first_registration" not in corrected.profile.values
    assert corrected.pending is not None
    assert corrected.pending.attribute == "first_registration"


@pytest.mark.parametrize("text", ["好，按这个口径出结论", "领一次还是年年领", "是发一次还是年年发"])
def test_words_beside_the_matter_do_not_answer_a_first_time(text: str) -> None:
    open_now = after("你好", FACTS, "没有专精特新")
    assert "first_registration" not in turn(open_now, text).state.profile.values


@pytest.mark.parametrize(("text", "is_high_tech"), [("你要是问高新的话，我们不是", False), ("高新，有的", True)])
def test_a_title_named_first_takes_the_yes_or_no_that_follows(text: str, is_high_tech: bool) -> None:  # noqa: FBT001
    assert turn(after("你好", "海淀"), text).state.profile.values["high_tech"] is is_high_tech


@pytest.mark.parametrize(
    "text",
    [
        "数据集是在合规平台上采的，今年一共九十五万",
        "模型从合规平台买的，合计九十五万",
        "在合规平台采买的数据，总共九十五万",
    ],
)
def test_a_sum_beside_another_matter_is_not_of_the_one_before(text: str) -> None:
    told = turn(after("你好", "亦庄，市级专精特新", "科技保险今年实付十七万八"), text).state
    assert told.profile.values["insurance_premium"] == Decimal(178_000)
    assert told.profile.values["purchase_amount"] == Decimal(950_000)
    assert "first_registration" not in told.profile.values


def test_one_more_of_what_was_told_is_no_earlier_registration() -> None:
    told = turn(after("你好", "亦庄，市级专精特新", "科技保险今年实付十七万八"), "又加了一笔，一共二十万").state
    assert told.profile.values["insurance_premium"] == Decimal(200_000)
    assert "first_registration" not in told.profile.values


@pytest.mark.parametrize(
    "text", ["我们买的是模型。利息报错了，应该是七十八万六", "哦，我们是买的那头。利息报多了，七十八万六才对"]
)
def test_a_sentence_of_something_else_before_it_does_not_hide_a_correction(text: str) -> None:
    changed = turn(after("你好", FACTS), text).state.profile.values
    assert changed["loan_interest"] == Decimal(786_000)
    assert changed["purchase_amount"] == Decimal(3_150_000)


def test_the_only_sum_is_put_right_behind_a_remark_on_the_own_side() -> None:
    before = after("你好", "丰台的", "第一份数据产品合同，10月在北数所成交的，头年四百一十万")
    changed = turn(before, "哦，我们是卖的那头。刚才金额报少了，四百七十五万才对").state.profile.values
    assert changed["trade_amount"] == Decimal(4_750_000)
