"""Who stops early gets the result so far, and the few answers that would firm it up most."""

import pytest

from bot.dialog.acts import Act, Ask
from bot.dialog.result_acts import ShowResult
from bot.dialog.stakes import FirmUp
from tests.content_fixture import shipped_bundle
from tests.dialog.answers import talk
from tests.dialog.talks import after, turn

SAID = ("亦庄", "市级专精特新", "科技保险保费26万")


def wanted(*texts: str) -> tuple[str, ...]:
    """What the last of the texts is told would firm the result up."""
    acts = turn(after(*texts[:-1]), texts[-1]).acts
    return tuple(each.label for act in acts if isinstance(act, FirmUp) for each in act.wanted)


def kinds(acts: tuple[Act, ...]) -> list[type]:
    return [type(act) for act in acts]


def test_the_result_is_followed_by_what_would_firm_it_up_and_the_question_comes_back() -> None:
    assert kinds(turn(after(*SAID), "看结果").acts) == [ShowResult, FirmUp, Ask]


def test_what_holds_up_a_claim_comes_first() -> None:
    first, *rest = wanted(*SAID, "看结果")

    assert first.startswith("有没有沾上：")
    assert len(rest) <= 2


def test_what_a_policy_that_is_shown_waits_for_is_named_whether_its_topic_was_picked_or_not() -> None:
    assert wanted("亦庄", "市级专精特新", "看结果")[0] == "当年科技保险实际保费"


@pytest.mark.parametrize("text", ["先到这里", "够了", "够了。", "别问了", "先到这吧", "就到这里", "不想再答了"])
def test_who_has_had_enough_gets_the_result_and_no_question(text: str) -> None:
    done = turn(after(*SAID), text)

    assert kinds(done.acts) == [ShowResult, FirmUp]
    assert done.state.pending is not None


def test_a_sum_that_is_enough_is_an_answer() -> None:
    state = after("亦庄，小巨人", "1", "1", "1", "1", "1", "保费8到12万")
    assert state.pending is not None
    assert state.pending.options

    done = turn(state, "够了")

    assert not any(isinstance(act, ShowResult) for act in done.acts)
    assert done.state.profile.values["insurance_premium"] != state.profile.values["insurance_premium"]


def test_the_question_waits_for_who_goes_on() -> None:
    stopped = after(*SAID, "够了")

    assert stopped.pending == after(*SAID).pending
    assert kinds(turn(stopped, "继续").acts) == [Ask]


def test_enough_of_nothing_is_no_result() -> None:
    assert not any(isinstance(act, ShowResult) for act in turn(after(""), "够了").acts)


def test_what_was_declined_is_not_asked_for_again() -> None:
    asked = after("亦庄，小巨人", "1", "1", "1", "1", "1、2")

    assert asked.pending is not None
    label = shipped_bundle().guide.knowledge.attributes[asked.pending.attribute].label
    assert label not in wanted("亦庄，小巨人", "1", "1", "1", "1", "1、2", "不清楚", "看结果")


def test_nothing_is_wanted_where_nothing_is_left() -> None:
    state = after(*SAID, "不是高新", "没登记过", "1", "1", "1", "都没有", "都没有", "都没有")

    assert state.pending is None
    assert kinds(turn(state, "看结果").acts) == [ShowResult]


def test_it_reads_as_a_short_list_with_what_each_moves() -> None:
    said = talk(*SAID, "够了")

    assert "再告诉我这" in said
    assert "· 有没有沾上：近三年公示过重大行政处罚" in said
    assert "（关系到 1 项政策、最高 13 万元）" in said
