"""Policies of the result side by side, by their numbers."""

import pytest

from bot.dialog.acts import Act, Ask, AskSeveral, Notice, Tell
from bot.dialog.item_acts import AskForItems, CompareItems
from bot.policy.together import Together
from tests.dialog.talks import after, turn

SHOWN = ("公司注册在亦庄，小巨人，科技保险交了86.2万，没卖过数据，没登记过，没入过表，没开放过", "结果")


def compared(acts: tuple[Act, ...]) -> list[tuple[tuple[int, ...], bool]]:
    return [(act.numbers, act.asks_for_both) for act in acts if isinstance(act, CompareItems)]


@pytest.mark.parametrize(
    "text",
    [
        "对比1和3",
        "1和3有什么区别",
        "第一项跟第三项比比",
        "帮我比较一下第1项和第3项",
        "１和３哪个更划算？",
        "1 vs 3",
        "第一个和第三个有什么不同",
        "1跟3哪个钱多",
    ],
)
def test_two_numbers_are_compared_however_it_is_put(text: str) -> None:
    state = after(*SHOWN)

    acts = turn(state, text).acts

    assert compared(acts) == [((1, 3), False)]
    (act,) = (act for act in acts if isinstance(act, CompareItems))
    assert [side.clause.id for side in act.sides] == [state.shown[0], state.shown[2]]


@pytest.mark.parametrize(
    "text", ["第一项和第二项能一起拿吗", "1和2能不能叠加", "第1项和第2项冲突吗", "1和2可以同时申请吗"]
)
def test_whether_two_may_be_had_together_is_told_by_the_rule(text: str) -> None:
    acts = turn(after(*SHOWN), text).acts

    (act,) = (act for act in acts if isinstance(act, CompareItems))
    assert act.asks_for_both
    assert act.pairs[0].relation.kind is Together.ONLY_ONE
    assert "第 1 条" in act.pairs[0].relation.source


def test_three_are_compared_and_more_are_said_to_be_too_many() -> None:
    (act,) = (act for act in turn(after(*SHOWN), "1、2、3、5比一下").acts if isinstance(act, CompareItems))

    assert act.numbers == (1, 2, 3)
    assert act.left_out == (5,)
    assert [pair.numbers for pair in act.pairs] == [(1, 2), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("text", "given", "missing"),
    [("对比1和40", (1,), (40,)), ("对比一下", (), ()), ("对比1", (1,), ()), ("1和1有什么区别", (1,), ())],
)
def test_what_cannot_be_compared_is_asked_for_kindly(
    text: str, given: tuple[int, ...], missing: tuple[int, ...]
) -> None:
    state = after(*SHOWN)

    (act,) = (act for act in turn(state, text).acts if isinstance(act, AskForItems))

    assert act == AskForItems(given, missing, len(state.shown))


def test_before_a_result_there_are_no_numbers_to_compare() -> None:
    assert Tell(Notice.NO_SUCH_ITEM) in turn(after("公司注册在亦庄"), "对比1和3").acts


@pytest.mark.parametrize("text", ["1、3", "1和3都有", "1和3都领了", "2和3月有什么不同", "对比经开区和通州的数据券"])
def test_other_words_with_numbers_compare_nothing(text: str) -> None:
    assert compared(turn(after(*SHOWN), text).acts) == []


def test_the_open_question_comes_back_and_nothing_is_recorded() -> None:
    state = after(*SHOWN)

    done = turn(state, "对比1和3")

    assert isinstance(done.acts[-1], Ask | AskSeveral)
    assert done.state.pending == state.pending
    assert done.state.profile == state.profile
