"""What is not understood, again and again; and statements that ask nothing."""

import pytest

from bot.dialog.acts import ExplainQuestion, NotUnderstood
from bot.dialog.answer_acts import AnswerFromClauses
from tests.dialog.talks import after, turn

NOISE = ("呼啦呼啦", "哒哒哒啦", "吱吱吱呀")


def test_a_question_is_left_open_after_the_ways_out_were_shown_twice() -> None:
    state = after("公司注册在亦庄", *NOISE)
    assert state.pending is not None
    assert state.pending.attribute == "specialized_tier"

    done = turn(state, NOISE[0])

    assert "specialized_tier" in done.state.declined
    assert done.state.pending is not None
    assert done.state.pending.attribute != "specialized_tier"
    assert done.state.misses == 0


def test_misses_of_one_question_do_not_count_for_the_next() -> None:
    state = after("公司注册在亦庄", *NOISE, "小巨人")

    assert NotUnderstood(1) in turn(state, NOISE[1]).acts


@pytest.mark.parametrize("text", ["不是通州", "那算不上吧", "没那种证书"], ids=str)
def test_a_statement_that_asks_nothing_is_not_looked_up(text: str) -> None:
    done = turn(after("你好"), text)

    assert not any(isinstance(act, AnswerFromClauses) for act in done.acts)


@pytest.mark.parametrize("text", ["什么意思", "啥？", "啥子哦"], ids=str)
def test_words_of_the_open_question_that_nobody_knows_are_explained_with_it(text: str) -> None:
    done = turn(after("公司注册在亦庄", "小巨人"), text)

    assert any(isinstance(act, ExplainQuestion) for act in done.acts)
