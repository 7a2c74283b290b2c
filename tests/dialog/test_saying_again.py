"""Saying once more what was said last: the question, an answer, a page of the result, the options."""

import pytest

from bot.dialog.acts import Ask, AskSeveral
from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.result_acts import ShowProof, ShowResult
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn

AGAIN = ("再说一遍", "没看清", "你再发一遍", "能再说一遍吗", "重新发一下", "没看清，再发一遍", "看不清")
QUESTION_AGAIN = ("刚才问的什么", "重复一下问题", "问题是啥来着", "前面的问题我漏看了", "上次那题是什么来着")


@pytest.mark.parametrize("text", [*AGAIN, *QUESTION_AGAIN], ids=str)
def test_the_open_question_is_put_again_in_full(text: str) -> None:
    before = after("亦庄，小巨人")

    done = turn(before, text)

    assert [act.is_repeated for act in done.acts if isinstance(act, Ask)] == [False]
    assert done.state.profile == before.profile
    assert done.state.misses == 0


@pytest.mark.parametrize("text", AGAIN, ids=str)
def test_the_answer_to_a_side_question_is_given_again(text: str) -> None:
    first = turn(after("亦庄，小巨人"), "数据券怎么补")

    again = turn(first.state, text)

    assert [act for act in again.acts if isinstance(act, AnswerFromClauses)]
    assert read_out(again) == read_out(first)


def test_the_page_last_shown_is_shown_again() -> None:
    state = after("亦庄，小巨人，保费26万", "看结果", "更多")

    done = turn(state, "没看清")

    assert [act.page for act in done.acts if isinstance(act, ShowResult)] == [2]


def test_a_proof_is_shown_again() -> None:
    done = turn(after("亦庄，小巨人，保费26万", "看结果", "依据1"), "再发一遍")

    assert [act.number for act in done.acts if isinstance(act, ShowProof)] == [1]


@pytest.mark.parametrize("text", ["选项", "看看选项", "选项再发一下", "有哪些选项"], ids=str)
def test_long_lists_are_shown_again_on_request_only(text: str) -> None:
    state = after("亦庄，小巨人，没登记过，没入过表，没卖过，没开放过")
    aside = turn(state, "数据券怎么补")

    done = turn(aside.state, text)

    assert "数据出境" not in read_out(aside)
    assert "回复“选项”" in read_out(aside)
    assert any(isinstance(act, AskSeveral) and not act.is_repeated for act in done.acts)
    assert "数据出境" in read_out(done)


def test_a_number_still_picks_from_the_list_that_is_not_shown() -> None:
    aside = turn(after("亦庄，小巨人，没登记过，没入过表，没卖过，没开放过"), "数据券怎么补")

    done = turn(aside.state, "1").state

    assert done.pending is not None
    assert done.pending.attribute == "insurance_premium"


def test_the_districts_are_not_repeated_after_a_side_question_either() -> None:
    done = turn(after("你好"), "数据券怎么补")

    assert "怀柔区" not in read_out(done)
    assert "回复“选项”" in read_out(done)
    assert "怀柔区" in read_out(turn(done.state, "选项"))


def test_where_there_are_buttons_nothing_is_said_of_options() -> None:
    done = turn(after("你好"), "数据券怎么补")

    assert "回复“选项”" not in read_out(done, "web")


@pytest.mark.parametrize("text", QUESTION_AGAIN, ids=str)
def test_who_asks_for_the_question_gets_the_question(text: str) -> None:
    done = turn(turn(after("亦庄，小巨人"), "数据券怎么补").state, text)

    assert [type(act) for act in done.acts] == [Ask]
