"""Answers that are the one just given once more."""

import pytest

from bot.dialog.acts import Notice, Tell
from tests.dialog.talks import after, turn


@pytest.mark.parametrize("text", ["也一样", "跟上面一样", "也没有过", "同样没有"], ids=str)
def test_what_was_never_done_either_is_a_first_time_as_well(text: str) -> None:
    state = after("公司注册在亦庄", "小巨人", "从没登记过")
    assert state.pending is not None

    done = turn(state, text)

    assert done.state.profile.values[state.pending.attribute] is True


@pytest.mark.parametrize("text", ["也没有", "照样没有", "同上"], ids=str)
def test_a_denial_is_repeated_to_a_question_of_another_type(text: str) -> None:
    state = after("公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过", "办数据类论坛、展会", "没有")
    assert state.pending is not None
    before = state.profile.values

    done = turn(state, text).state

    assert done.pending != state.pending
    assert set(before) <= set(done.profile.values)


@pytest.mark.parametrize("text", ["啥意思", "这什么意思"], ids=str)
def test_the_question_about_topics_is_explained(text: str) -> None:
    state = after("公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过")

    assert Tell(Notice.TOPICS_WHY) in turn(state, text).acts


@pytest.mark.parametrize(
    ("text", "topic"),
    [("我们搞的标杆场景", "scenario"), ("想跑一下沙盒", "sandbox"), ("在忙的论坛", "events")],
    ids=str,
)
def test_words_of_a_listed_topic_pick_it(text: str, topic: str) -> None:
    state = after("公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过")

    assert topic in (turn(state, text).state.topics or ())
