"""Leafing back in the result."""

import pytest

from bot.dialog.acts import Notice, Tell
from bot.dialog.result_acts import ShowResult
from tests.dialog.talks import after, turn

ZONE = "公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过"


@pytest.mark.parametrize(
    ("texts", "page"),
    [
        (("看看前一页",), 2),
        (("往前翻", "上一页"), 1),
        (("首页",), 1),
        (("翻到第2页",), 2),
        (("首页", "前一页"), 1),
    ],
    ids=["before", "twice", "first", "by number", "none before the first"],
)
def test_a_page_before_is_shown_and_no_answer_is_lost(texts: tuple[str, ...], page: int) -> None:
    state = after(ZONE, "结果", "更多", "更多")

    *_, last = texts
    done = turn(after(ZONE, "结果", "更多", "更多", *texts[:-1]), last)

    (shown,) = (act for act in done.acts if isinstance(act, ShowResult))
    assert shown.page == page
    assert done.state.profile == state.profile


def test_a_page_that_there_is_not_is_said_to_be_none() -> None:
    assert Tell(Notice.NO_MORE_PAGES) in turn(after(ZONE, "结果"), "第八页").acts


def test_without_a_result_the_words_are_no_page() -> None:
    assert not any(isinstance(act, ShowResult) for act in turn(after("公司注册在亦庄"), "上一页").acts)


@pytest.mark.parametrize(
    "text",
    [
        "怎么才三项",
        "就这些啊？",
        "没别的了吗",
        "也太少了吧",
        "不止这几个吧",
        "是不是漏算了",
        "就两项吗",
        "没有其他的了？",
    ],
)
def test_who_doubts_that_this_is_all_sees_the_rest(text: str) -> None:
    (shown,) = (act for act in turn(after(ZONE, "结果"), text).acts if isinstance(act, ShowResult))

    assert shown.page == 2


def test_who_doubts_the_last_page_is_told_that_it_is_the_last() -> None:
    state = after(ZONE, "结果", *["更多"] * 8)

    assert Tell(Notice.NO_MORE_PAGES) in turn(state, "怎么就这么点").acts


@pytest.mark.parametrize("text", ["就两个", "没别的了", "没了", "只有一项", "少了两万"])
def test_what_may_be_an_answer_or_a_farewell_is_no_doubt(text: str) -> None:
    acts = turn(after(ZONE, "结果"), text).acts

    assert not any(isinstance(act, ShowResult) and act.page == 2 for act in acts)
