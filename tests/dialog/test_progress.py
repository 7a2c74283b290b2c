"""Who asks how many questions are left is told so, whatever the words; who has questions of their own is not."""

import pytest

from bot.dialog.progress import asks_how_many_left
from bot.dialog.repair_acts import TellHowManyLeft
from tests.dialog.answers import first_line
from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    "text",
    ["到底还得答好多题嘛", "一共要问多少个问题？", "还剩几道", "问到哪个了，还有多少没答", "啥时候才问得完"],
    ids=str,
)
def test_the_basic_questions_that_are_left_are_counted(text: str) -> None:
    state = after("", "注册在海淀", "没有专精特新")

    done = turn(state, text)

    assert done.acts[0] == TellHowManyLeft(4, is_done=False)
    assert done.state.pending == state.pending
    assert done.state.profile == state.profile


@pytest.mark.parametrize(
    "text", ["我还有几个问题", "有几个问题想请教你", "还有几个政策没说", "还有多少钱没领"], ids=str
)
def test_other_questions_with_the_same_words_are_left_to_others(text: str) -> None:
    assert not asks_how_many_left(text)


def test_once_the_basic_questions_are_answered_no_number_is_made_up() -> None:
    told = ("注册在海淀", "没有专精特新", "登记过好几次", "早就入过表", "卖过很多单", "一直在开放")

    assert first_line(*told, "还有多少题要答").startswith("基本问题都答过了")
