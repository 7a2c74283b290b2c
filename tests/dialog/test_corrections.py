"""Corrections that follow an answer: they change that answer, and leave the open question open."""

from typing import Any

import pytest

from bot.dialog.state import PendingKind
from tests.dialog.talks import after

TOLD = ("经开区", "国家级小巨人", "是首次")
KNOWN: dict[str, Any] = {"region": "经开区", "specialized_tier": "little_giant", "first_registration": True}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("刚才说错了，不是第一次", {"first_registration": False}),
        ("改为不是", {"first_registration": False}),
        ("改成2", {"first_registration": False}),
        ("不是第一次，我选错了", {"first_registration": False}),
        ("不对，以前登记过", {"first_registration": False}),
        ("不对不对，是市级专精特新", {"specialized_tier": "specialized"}),
        ("写错了，是朝阳", {"region": "朝阳区"}),
        ("不对", {}),
        ("说错了", {}),
    ],
)
def test_a_correction_changes_the_answer_given_last(text: str, changed: dict[str, Any]) -> None:
    state = after(*TOLD, text)

    assert dict(state.profile.values) == KNOWN | changed
    assert state.pending is not None
    assert state.pending.attribute == "first_listing"


def test_a_correction_that_leaves_it_open_asks_that_question_again() -> None:
    state = after(*TOLD, "改成没有")

    assert dict(state.profile.values) == KNOWN
    assert state.pending is not None
    assert (state.pending.kind, state.pending.attribute) == (PendingKind.QUESTION, "first_registration")


def test_a_step_answered_last_is_taken_back() -> None:
    state = after("经开区", "国家级小巨人", "更正，没有")

    assert state.profile.values["specialized_tier"] == "none"


def test_what_speaks_of_the_open_question_answers_it() -> None:
    assert after(*TOLD, "不对，没入过表").profile.values == KNOWN | {"first_listing": True}


def test_a_place_that_is_denied_is_asked_again() -> None:
    state = after("亦庄", "不对，不在亦庄")

    assert state.pending is not None
    assert state.pending.attribute == "region"
    assert "specialized_tier" not in state.profile.values


def test_a_sum_corrected_at_once_is_that_of_the_question_before() -> None:
    values = after("经开区", "小巨人", "登记过", "入过表", "交易过", "开放过", "3", "4万", "不对，6万").profile.values

    assert values["municipal_award_registration"] == 60_000
    assert "municipal_award_listing" not in values


@pytest.mark.parametrize("text", ["不对外公开", "改天再说吧", "改造车间花了30万"])
def test_words_that_only_look_like_a_correction_change_nothing(text: str) -> None:
    values = after(*TOLD, text).profile.values

    assert {name: values[name] for name in KNOWN} == KNOWN
