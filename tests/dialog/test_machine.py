"""The dialog as a pure function, driven by users who say anything in any order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.acts import Ask, HandOff, Notice, Tell, Welcome, WelcomeBack
from bot.dialog.result_acts import NoResult, ShowResult
from bot.dialog.state import PendingKind, State
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

SAYINGS = (
    "",
    "1",
    "2",
    "３",
    "99",
    "亦庄",
    "我们在海淀，小巨人",
    "还没登记过",
    "科技保险交了26万",
    "不清楚",
    "跳过",
    "返回",
    "看结果",
    "更多",
    "依据1",
    "重新开始",
    "恢复",
    "删除我的资料",
    "确定",
    "先不了",
    "我的资料",
    "为什么问",
    "转人工",
    "帮助",
    "修改注册地",
    "数据券怎么补",
    "什么是专精特新",
    "今天天气怎么样",
    "谢谢",
    "再见",
    "都没有",
    "1、3",
    "按2028-01-15算",
    "保费改成30万",
    "没有处罚、失信和刑事记录",
    "😀",
    "\u0000\u202e",
)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(SAYINGS), st.text(max_size=20)), max_size=25))
def test_no_conversation_breaks_or_leaves_the_user_without_a_word(texts: list[str]) -> None:
    state = State()
    for text in texts:
        transition = turn(state, text)
        assert transition.acts
        state = transition.state
        waits = state.pending is not None or state.offer is not None
        assert (
            waits
            or transition.forget
            or state.result_seen is not None
            or any(isinstance(act, Tell | NoResult | ShowResult | HandOff) for act in transition.acts)
        )


@settings(max_examples=60)
@given(st.text(alphabet="，。！？、…~@#￥%&*（）—+·ぁぃぅ☆★ⅩⅪ", max_size=30))
def test_nothing_is_recorded_that_was_not_said(text: str) -> None:
    before = after("亦庄", "小巨人")

    assert turn(before, text).state.profile == before.profile


@settings(max_examples=30)
@given(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=12))
def test_the_same_words_lead_to_the_same_state(texts: list[str]) -> None:
    assert after(*texts) == after(*texts)


def test_the_first_words_are_the_welcome_and_the_first_question() -> None:
    transition = turn(State(), "")

    assert isinstance(transition.acts[0], Welcome)
    assert isinstance(transition.acts[-1], Ask)
    assert transition.state.pending is not None
    assert transition.state.pending.attribute == "region"


def test_core_questions_come_in_their_order() -> None:
    state = State()
    asked: list[str | None] = []
    for _ in range(6):
        state = turn(state, "不清楚" if asked else "").state
        asked.append(state.pending.attribute if state.pending else None)

    assert tuple(asked) == shipped_bundle().guide.flow.core


def test_a_declined_question_does_not_come_again() -> None:
    state = after("", *["跳过"] * 6)

    for _ in range(20):
        assert (
            state.pending is None
            or state.pending.kind is not PendingKind.QUESTION
            or (state.pending.attribute not in state.declined)
        )
        state = turn(state, "跳过").state


def test_declining_everything_still_ends_in_a_result() -> None:
    state, transition = State(), turn(State(), "")
    for _ in range(30):
        transition = turn(transition.state, "跳过")
        state = transition.state
        if state.pending is None:
            break

    assert state.pending is None
    assert isinstance(transition.acts[-1], ShowResult | NoResult)


def test_back_restores_what_was_known_step_by_step() -> None:
    state = after("", "1", "4", "1")

    once = turn(state, "返回").state
    twice = turn(once, "返回").state

    assert set(once.profile.values) == {"region", "specialized_tier"}
    assert set(twice.profile.values) == {"region"}


def test_a_number_means_the_option_as_it_was_shown() -> None:
    state = after("", "1")
    assert state.pending is not None
    shown_otherwise = replace(state, pending=replace(state.pending, options=("little_giant", "none", "unknown")))

    chosen = turn(shown_otherwise, "1").state

    assert chosen.profile.values["specialized_tier"] == "little_giant"


@pytest.mark.parametrize("text", ["99", "0", "-1", "1.5.2"])
def test_a_number_that_is_no_option_is_not_taken(text: str) -> None:
    state = after("", "1")

    assert "specialized_tier" not in turn(state, text).state.profile.values


def test_deleting_forgets_everything() -> None:
    transition = turn(after("", "1", "4", "删除我的资料"), "确定")

    assert transition.forget
    assert transition.state == State()


def test_deleting_is_only_done_after_a_yes() -> None:
    state = after("", "1", "删除我的资料")

    transition = turn(state, "数据券怎么补")

    assert not transition.forget
    assert "region" in transition.state.profile.values


def test_a_restart_can_be_undone() -> None:
    state = after("", "1", "4", "重新开始", "确定")
    assert not state.profile.values

    restored = turn(state, "恢复").state

    assert restored.profile.values["specialized_tier"] == "little_giant"


def test_after_a_day_of_silence_the_user_is_told_where_it_stood() -> None:
    state = after("", "1")

    transition = turn(state, "继续", NOW + timedelta(days=2))

    assert isinstance(transition.acts[0], WelcomeBack)


def test_without_silence_there_is_no_second_welcome() -> None:
    transition = turn(after("", "1"), "4")

    assert not any(isinstance(act, Welcome | WelcomeBack) for act in transition.acts)


def test_the_result_of_another_day_leaves_the_answers_alone() -> None:
    state = after("亦庄，小巨人，科技保险交了53万，没有处罚、失信和刑事记录")

    later = turn(state, "按2028-01-15算")

    assert later.state.profile == state.profile
    result = next(act for act in later.acts if isinstance(act, ShowResult | NoResult))
    assert result.on.isoformat() == "2028-01-15"


def test_more_after_the_last_page_says_so() -> None:
    state = after("亦庄，小巨人", "看结果")

    for _ in range(8):
        transition = turn(state, "更多")
        state = transition.state

    assert Tell(Notice.NO_MORE_PAGES) in transition.acts
