"""Questions about what becomes of what was told are answered as such, and questions about policies are not."""

import pytest

from bot.dialog.kept_acts import TellKept
from bot.dialog.kept_questions import asks_of_kept
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import after, turn


@pytest.mark.parametrize(
    "text",
    [
        "你们会保存我的数据吗",
        "我的数据存多久",
        "谁能看到我的资料",
        "你会记录我说的话吗",
        "我的回答你们会保留几个月，到期自动删吗",
        "怎么导出我的资料",
    ],
)
def test_what_is_kept_is_told(text: str) -> None:
    assert asks_of_kept(text, shipped_bundle().guide)


@pytest.mark.parametrize(
    "text",
    [
        "我们的数据存在哪家平台能补贴",
        "我们公司的数据登记找谁",
        "你们记了我哪些信息",
        "我的资料",
        "删除我的资料",
        "数据出境要保存多久的记录",
        "科技保险保单要留存多久",
    ],
)
def test_what_asks_something_else_is_left_to_others(text: str) -> None:
    assert not asks_of_kept(text, shipped_bundle().guide)


def test_the_open_question_comes_back_and_nothing_is_recorded() -> None:
    state = after("亦庄")

    done = turn(state, "你们会保存我的数据吗")

    assert isinstance(done.acts[0], TellKept)
    assert done.state.pending == state.pending
    assert done.state.profile == state.profile
