"""What is asked of a policy in the result that was shown."""

import pytest

from bot.dialog.acts import Act, Notice, Tell
from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.result_acts import ShowProof
from bot.search.words import Shape
from tests.dialog.talks import after, turn

ONE_CLAIMED = (
    "公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过",
    "买了科技保险",
    "26万",
    "都没有",
    "没有",
)


def _told(acts: tuple[Act, ...]) -> list[tuple[str, tuple[Shape, ...]]]:
    return [(act.verdicts[0].clause.id, act.shapes) for act in acts if isinstance(act, AnswerFromClauses)]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("哪天截止啊", Shape.TIME),
        ("在哪办", Shape.HOW),
        ("第1项怎么办理", Shape.HOW),
        ("保险那个找谁办", Shape.CONTACT),
    ],
    ids=str,
)
def test_the_only_policy_that_can_be_claimed_is_meant(text: str, shape: Shape) -> None:
    state = after(*ONE_CLAIMED)

    ((clause, shapes),) = _told(turn(state, text).acts)

    assert clause == state.shown[0]
    assert shape in shapes


def test_a_number_without_a_question_continues_the_one_before() -> None:
    state = after(*ONE_CLAIMED, "第一项怎么办理")

    told = _told(turn(state, "那第2项呢").acts)

    assert told == [(state.shown[1], (Shape.HOW,))]


def test_what_is_asked_next_is_asked_of_the_policy_told_of_last() -> None:
    state = after(*ONE_CLAIMED, "讲讲第三项")

    ((clause, _),) = _told(turn(state, "去哪里申请").acts)

    assert clause == state.shown[2]


@pytest.mark.parametrize("text", ["展开讲讲", "再具体说说"], ids=str)
def test_details_are_those_of_the_only_policy_that_can_be_claimed(text: str) -> None:
    (act,) = (act for act in turn(after(*ONE_CLAIMED), text).acts if isinstance(act, ShowProof))

    assert act.number == 1


def test_of_several_policies_the_bot_asks_which_is_meant() -> None:
    state = after("公司注册在亦庄，小巨人，没卖过数据，没登记过，没入过表，没开放过", "看结果")

    assert Tell(Notice.WHICH_POLICY) in turn(state, "要什么条件").acts


def test_a_question_about_two_of_them_is_not_one_about_the_first() -> None:
    acts = turn(after(*ONE_CLAIMED), "第1项和第2项可以都拿吗").acts

    assert not any(isinstance(act, ShowProof) for act in acts)
    assert not _told(acts)
