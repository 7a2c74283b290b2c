"""Questions that go on from the answer just given."""

import pytest

from bot.dialog.acts import Notice, Tell
from bot.dialog.answer_acts import AnswerFromClauses
from tests.dialog.talks import after, turn

FIRST = "经开区采购数据产品补多少"


@pytest.mark.parametrize(("text", "district"), [("丰台的呢", "丰台区"), ("那顺义有没有", "顺义区")], ids=str)
def test_a_district_without_documents_is_said_to_have_none(text: str, district: str) -> None:
    (act,) = (act for act in turn(after(FIRST), text).acts if isinstance(act, AnswerFromClauses))

    assert act.missed_place == district
    assert act.verdicts[0].clause.document.id == "bda-data-industry"


@pytest.mark.parametrize("text", ["名额有限吗", "要不要排队"], ids=str)
def test_what_no_text_says_is_answered_with_the_same_policy_as_the_nearest(text: str) -> None:
    (before,) = (act for act in turn(after(), FIRST).acts if isinstance(act, AnswerFromClauses))
    (act,) = (act for act in turn(after(FIRST), text).acts if isinstance(act, AnswerFromClauses))

    assert act.verdicts[0].clause == before.verdicts[0].clause
    assert not act.is_sure


@pytest.mark.parametrize("text", ["今天刮风吗", "那广州呢"], ids=str)
def test_what_is_foreign_stays_foreign_after_an_answer(text: str) -> None:
    assert Tell(Notice.OUT_OF_SCOPE) in turn(after(FIRST), text).acts


def test_details_are_those_of_the_answer_just_given() -> None:
    (before,) = (act for act in turn(after(), FIRST).acts if isinstance(act, AnswerFromClauses))
    (act,) = (act for act in turn(after(FIRST), "再仔细讲讲").acts if isinstance(act, AnswerFromClauses))

    assert act.verdicts[0].clause == before.verdicts[0].clause
    assert act.shapes != before.shapes


@pytest.mark.parametrize("text", ["标杆场景", "场景", "论坛"], ids=str)
def test_a_bare_word_of_a_label_is_looked_up(text: str) -> None:
    assert any(isinstance(act, AnswerFromClauses) for act in turn(after("你好"), text).acts)
