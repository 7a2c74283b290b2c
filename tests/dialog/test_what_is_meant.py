"""What is said to somebody who does not understand the question, and what is kept of the rest of the text."""

import pytest

from bot.dialog.acts import ExplainQuestion
from bot.dialog.answer_acts import ExplainTerm
from tests.dialog.answers import talk
from tests.dialog.talks import after, turn

KNOWN = ("亦庄", "小巨人", "不是高新")


@pytest.mark.parametrize("text", ["这是啥", "看不懂", "不知道是啥", "不明白什么意思", "啥东西啊这是", "什么意思，没有"])
def test_the_term_that_is_meant_is_explained_and_the_question_stays_open(text: str) -> None:
    done = turn(after(*KNOWN), text)

    (act,) = (act for act in done.acts if isinstance(act, ExplainQuestion))
    assert act.term is not None
    assert act.term.name == "首登记"
    assert "first_registration" not in done.state.profile.values


@pytest.mark.parametrize("text", ["这是啥，没弄过", "啥意思，没弄过", "不知道是啥，没弄过"])
def test_what_is_told_besides_is_recorded_and_the_term_explained(text: str) -> None:
    done = turn(after(*KNOWN), text)

    assert done.state.profile.values["first_registration"] is True
    assert [act.term.name for act in done.acts if isinstance(act, ExplainQuestion) and act.term] == ["首登记"]


@pytest.mark.parametrize("text", ["入表是啥 没弄", "入表是什么意思，没弄过", "啥叫入表 我们没有", "数据券是啥 没买过"])
def test_a_denial_after_asking_what_another_thing_is_answers_no_question(text: str) -> None:
    done = turn(after(*KNOWN), text)

    assert "first_registration" not in done.state.profile.values
    assert any(isinstance(act, ExplainTerm) for act in done.acts)


def test_a_denial_after_asking_what_another_title_is_takes_no_title_away() -> None:
    assert "specialized_tier" not in turn(after("亦庄"), "单项冠军是什么，没有").state.profile.values


def test_a_question_without_a_term_of_its_own_says_why_it_is_asked() -> None:
    assert "先看单位注册在哪个区" in talk("看不懂")


@pytest.mark.parametrize("text", ["是高新吗？是的", "数据券能领吗？没有", "小巨人是什么条件？有"])
def test_yes_or_no_after_asking_of_another_thing_answers_no_question(text: str) -> None:
    assert "first_registration" not in turn(after("亦庄", "小巨人"), text).state.profile.values
