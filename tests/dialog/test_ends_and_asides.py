"""What happens at the end of a conversation and beside it: premises, proofs, going back, confirmations."""

from dataclasses import replace

import pytest

from bot.dialog.acts import Ask
from bot.dialog.result_acts import ShowProof, ShowResult
from bot.dialog.state import Pending, PendingKind, State
from tests.dialog.talks import after, turn


def until_premises(*first: str) -> State:
    """A conversation that has come to the question about the premises."""
    state = after("经开区，小巨人，科技保险交了53万", *first)
    for _ in range(20):
        if state.pending is not None and state.pending.kind is PendingKind.PREMISES:
            return state
        state = turn(state, "都没有" if state.pending and state.pending.kind is PendingKind.TOPICS else "跳过").state
    raise AssertionError(state.pending)


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ("没有刑事犯罪记录，没有列入严重违法失信名单", "last_major_penalty"),
        ("没有重大行政处罚，没有列入严重违法失信名单", "criminal_record"),
        ("没有重大行政处罚，没有刑事犯罪记录", "dishonest_listed"),
    ],
)
def test_a_yes_to_the_last_premise_is_never_taken_for_a_no(known: str, left: str) -> None:
    state = until_premises(known)

    after_yes = turn(state, "2").state

    asked = after_yes.pending is not None and after_yes.pending.attribute == left
    assert asked or after_yes.profile.values[left] is True


def test_a_declined_premise_is_not_asked_again() -> None:
    state = turn(until_premises(), "2").state
    state = turn(state, "不清楚").state

    transition = turn(state, "2")

    assert transition.state.pending is not None
    assert transition.state.pending.attribute != "last_major_penalty"


@pytest.mark.parametrize("aside", ["依据1", "转人工", "谢谢", "我的资料", "帮助"])
def test_the_pending_question_comes_back_after_an_aside(aside: str) -> None:
    state = after("经开区", "看结果")

    transition = turn(state, aside)

    assert isinstance(transition.acts[-1], Ask)


def test_a_no_to_restarting_keeps_everything_and_takes_the_fact_beside_it() -> None:
    state = after("亦庄，小巨人", "重新开始")

    kept = turn(state, "先不重来，我们是高新技术企业").state

    assert kept.profile.values["specialized_tier"] == "little_giant"


def test_a_blank_message_after_the_end_shows_the_result_again() -> None:
    state = turn(until_premises(), "都没有").state

    assert isinstance(turn(state, "").acts[-1], ShowResult)


def test_the_proof_is_that_of_the_day_of_the_result() -> None:
    state = turn(until_premises(), "都没有").state
    state = turn(state, "按2028-06-01算").state

    proof = next(act for act in turn(state, "1").acts if isinstance(act, ShowProof))

    assert proof.on.isoformat() == "2028-06-01"


def test_going_back_from_the_end_comes_to_the_last_question_and_then_to_the_result_again() -> None:
    state = turn(until_premises(), "都没有").state

    back = turn(state, "返回")
    again = turn(back.state, "都没有")

    assert back.state.pending is not None
    assert back.state.pending.kind is PendingKind.PREMISES
    assert isinstance(again.acts[-1], ShowResult)


def test_a_fact_told_at_the_end_is_taken_back_alone() -> None:
    state = turn(until_premises(), "都没有").state
    told = turn(state, "保费改成30万").state

    back = turn(told, "返回").state

    assert back.profile == state.profile


def test_a_question_that_the_content_lost_does_not_hold_a_conversation_up() -> None:
    lost = replace(after("亦庄"), pending=Pending(PendingKind.QUESTION, "gone"))

    transition = turn(lost, "看结果")

    assert transition.state.pending is not None
    assert transition.state.pending.attribute != "gone"


def test_a_question_interrupted_by_a_confirmation_comes_back() -> None:
    state = after("亦庄，小巨人", "修改注册地", "删除我的资料", "先不了")

    assert state.pending is not None
    assert state.pending.attribute == "region"
