"""One answer is left open again when the user wants it gone; nothing else goes, and all of it only when confirmed."""

import pytest

from bot.dialog.state import PendingKind
from tests.dialog.talks import after, turn

TOLD = ("", "注册在亦庄", "国家级小巨人", "科技保险保费26万", "入表金额420万")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("帮我把专精特新那一条划掉", "specialized_tier"),
        ("小巨人这个给我删掉吧", "specialized_tier"),
        ("刚才填的注册地不要了", "region"),
        ("删除科技保险保费", "insurance_premium"),
        ("入表金额先别记了", "listing_amount"),
    ],
)
def test_the_one_answer_that_is_named_is_left_open(text: str, name: str) -> None:
    before = after(*TOLD)

    state = turn(before, text).state

    assert before.profile.values.keys() - state.profile.values.keys() == {name}
    assert name in state.declined


def test_to_go_back_brings_it_again() -> None:
    assert after(*TOLD, "保费删了", "返回").profile == after(*TOLD).profile


def test_several_that_are_named_together_go_together() -> None:
    state = after(*TOLD, "保费和入表金额都删了")

    assert state.profile.values.keys() == {"region", "specialized_tier"}


@pytest.mark.parametrize("text", ["小巨人能不能删了", "客户的数据删了吗", "我们把历史数据删了"], ids=str)
def test_what_names_no_one_answer_leaves_all_as_it_is(text: str) -> None:
    assert turn(after(*TOLD), text).state.profile == after(*TOLD).profile


def test_all_of_it_goes_only_when_confirmed() -> None:
    state = turn(after(*TOLD), "我说的都删了").state

    assert state.pending is not None
    assert state.pending.kind is PendingKind.CONFIRM_DELETE
    assert state.profile == after(*TOLD).profile
