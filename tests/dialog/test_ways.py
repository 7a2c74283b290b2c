"""Never mind, not understood, silence: the ways to go on are put by number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.acts import HandOff, Notice, NotUnderstood, Tell, WelcomeBack
from bot.dialog.machine import Transition
from bot.dialog.repair_acts import OfferWays
from bot.dialog.result_acts import ShowResult
from tests.dialog.saying import read_out
from tests.dialog.talks import NOW, after, turn

NOISE = ("呼啦呼啦", "哒哒哒啦", "吱吱吱呀")
TALK = ("亦庄，小巨人，保费26万",)


def _ways(done: Transition) -> list[str]:
    return [way.value for act in done.acts if isinstance(act, OfferWays) for way in act.choices]


@pytest.mark.parametrize("text", ["算了", "取消", "算了吧", "不弄了", "太麻烦了", "那算了不填了"], ids=str)
def test_never_mind_asks_what_is_wanted_instead(text: str) -> None:
    before = after(*TALK)

    done = turn(before, text)

    assert _ways(done) == ["skip", "results", "go_on", "leave"]
    assert done.state.profile == before.profile
    assert done.state.pending == before.pending


def test_each_way_after_a_never_mind() -> None:
    offered = after(*TALK, "算了")

    assert "first_registration" in turn(offered, "1").state.declined
    assert any(isinstance(act, ShowResult) for act in turn(offered, "2").acts)
    assert turn(offered, "接着来").state.pending == after(*TALK).pending
    assert Tell(Notice.BYE) in turn(offered, "算了").acts


def test_an_answer_in_place_of_a_way_is_taken() -> None:
    done = turn(after(*TALK, "算了"), "没登记过").state

    assert done.profile.values["first_registration"] is True
    assert done.offer is None


@pytest.mark.parametrize("text", ["算了", "取消", "先不了"], ids=str)
@pytest.mark.parametrize("wish", ["删除我的资料", "重新开始"], ids=str)
def test_never_mind_drops_what_waits_for_a_yes(wish: str, text: str) -> None:
    done = turn(after(*TALK, wish), text)

    assert done.state.profile == after(*TALK).profile
    assert not _ways(done)


def test_after_two_misses_a_menu_then_a_person_then_the_question_is_left_open() -> None:
    first = turn(after(*TALK), NOISE[0])
    second = turn(first.state, NOISE[1])
    third = turn(second.state, NOISE[2])
    fourth = turn(third.state, NOISE[0])

    assert NotUnderstood(1) in first.acts
    assert _ways(second) == ["again", "skip", "results", "human"]
    assert any(isinstance(act, HandOff) for act in third.acts)
    assert "12345" in read_out(third)
    assert "first_registration" in fourth.state.declined


@pytest.mark.parametrize(("pick", "asked"), [("1", "first_registration"), ("第二个", "first_listing")], ids=str)
def test_the_menu_is_obeyed(pick: str, asked: str) -> None:
    done = turn(after(*TALK, *NOISE[:2]), pick).state

    assert done.pending is not None
    assert done.pending.attribute == asked
    assert done.misses == 0


def test_the_menu_does_not_stand_in_the_way_of_an_answer() -> None:
    assert turn(after(*TALK, *NOISE[:2]), "没登记过").state.profile.values["first_registration"] is True


@pytest.mark.parametrize(("hours", "said"), [(5, "5 小时"), (72, "3 天"), (26, "1 天")], ids=str)
def test_after_a_silence_it_is_said_where_it_stood(hours: int, said: str) -> None:
    done = turn(after(*TALK), "你好", NOW + timedelta(hours=hours))

    text = read_out(done)
    assert f"隔了 {said}" in text
    assert "3 项情况" in text
    assert "首次数据资产登记" in text
    assert "1 接着来" in text


@pytest.mark.parametrize(("pick", "kept"), [("1", True), ("接着来", True), ("3", False), ("从头来", False)], ids=str)
def test_after_a_silence_one_goes_on_or_starts_over(pick: str, kept: bool) -> None:  # noqa: FBT001
    later = NOW + timedelta(hours=80)
    back = turn(after(*TALK), "你好", later)

    done = turn(back.state, pick, later).state

    assert bool(done.profile.values) is kept
    assert done.pending is not None
    assert done.pending.attribute == ("first_registration" if kept else "region")


def test_what_is_told_after_a_silence_is_taken_at_once() -> None:
    done = turn(after(*TALK), "没登记过，保费改成30万", NOW + timedelta(days=3))

    assert isinstance(done.acts[0], WelcomeBack)
    assert done.state.profile.values["insurance_premium"] == 300000


def test_a_break_of_an_hour_is_no_silence() -> None:
    done = turn(after(*TALK), "你好", NOW + timedelta(hours=1))

    assert not any(isinstance(act, WelcomeBack) for act in done.acts)


def test_that_the_content_changed_meanwhile_is_said() -> None:
    state = replace(after(*TALK), content_version="before")

    assert "有更新" in read_out(turn(state, "你好", NOW + timedelta(days=3)))
    assert "有更新" not in read_out(turn(after(*TALK), "你好", NOW + timedelta(days=3)))


@pytest.mark.parametrize("text", ["谢谢", "再见", "傻", "你们什么破玩意", "滚"], ids=str)
def test_courtesy_and_abuse_leave_what_is_known_and_asked(text: str) -> None:
    before = after(*TALK)

    done = turn(before, text).state

    assert (done.profile, done.pending, done.declined) == (before.profile, before.pending, before.declined)


def test_abuse_is_answered_shortly_and_the_second_time_a_person_is_offered() -> None:
    first = turn(after(*TALK), "你真笨")
    second = turn(first.state, "什么破玩意")

    assert read_out(first) != read_out(second)
    assert "12345" in read_out(second)
    assert second.state.pending == after(*TALK).pending


def test_who_left_is_met_where_it_stood() -> None:
    left = turn(after(*TALK), "再见")

    assert turn(left.state, "没登记过").state.profile.values["first_registration"] is True


@pytest.mark.parametrize(
    "text",
    ["这个不方便透露", "恕不奉告", "保密", "财务才知道", "我得问问会计", "说不好", "签了保密协议不能讲", "🤷"],
    ids=str,
)
def test_not_knowing_and_not_saying_leave_it_open(text: str) -> None:
    done = turn(after("亦庄，小巨人，没登记过，没入过表，没卖过，没开放过", "1"), text).state

    assert "insurance_premium" not in done.profile.values
    assert "insurance_premium" in done.declined


@pytest.mark.parametrize("text", ["不改了", "算了", "还是原来的", "取消", "不用改了"], ids=str)
def test_never_mind_to_a_change_keeps_the_answer(text: str) -> None:
    done = turn(after(*TALK, "我要改注册地"), text)

    assert Tell(Notice.UNCHANGED) in done.acts
    assert done.state.profile.values["region"] == "经开区"
