"""Going back over several questions, to the first, or to one by its name."""

import pytest

from bot.dialog.acts import Notice, Tell
from tests.dialog.talks import after, turn

TALK = ("亦庄", "小巨人", "是首次")


@pytest.mark.parametrize(
    ("text", "asked", "known"),
    [
        ("退回三步", "region", set()),
        ("往前退三题", "region", set()),
        ("返回 3 步", "region", set()),
        ("上上题", "specialized_tier", {"region"}),
        ("退两步吧", "specialized_tier", {"region"}),
        ("上上个问题", "specialized_tier", {"region"}),
        ("回到第一题", "region", set()),
        ("退回到第2题", "specialized_tier", {"region"}),
        ("最开始那题", "region", set()),
    ],
    ids=str,
)
def test_several_questions_back(text: str, asked: str, known: set[str]) -> None:
    done = turn(after(*TALK), text).state

    assert done.pending is not None
    assert done.pending.attribute == asked
    assert set(done.profile.values) == known


@pytest.mark.parametrize(
    "text", ["回到注册地那题", "注册地那题重新答", "重新答一下注册地", "退回到注册地那一问"], ids=str
)
def test_a_question_is_put_anew_by_its_name_and_the_other_answers_stay(text: str) -> None:
    asked = turn(after(*TALK), text)

    assert Tell(Notice.BACK_TO_ONE) in asked.acts
    assert asked.state.pending is not None
    assert asked.state.pending.attribute == "region"
    values = turn(asked.state, "海淀").state.profile.values
    assert (values["region"], values["specialized_tier"]) == ("海淀区", "little_giant")


def test_more_steps_than_there_were_lead_to_the_first_question() -> None:
    done = turn(after(*TALK), "退回九步")

    assert Tell(Notice.BACK_TO_FIRST) in done.acts
    assert done.state.pending is not None
    assert done.state.pending.attribute == "region"


def test_before_the_first_question_there_is_nothing() -> None:
    assert Tell(Notice.NOTHING_BEFORE) in turn(after("你好"), "退回两步").acts


@pytest.mark.parametrize("text", ["首登记是上上个月的", "申报被退回两次了", "我们是上上批认定的"], ids=str)
def test_what_only_sounds_like_it_does_not_go_back(text: str) -> None:
    done = turn(after(*TALK), text)

    assert {"region", "specialized_tier", "first_registration"} <= set(done.state.profile.values)
