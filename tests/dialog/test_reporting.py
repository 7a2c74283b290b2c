"""The result in one message to forward, and all that is printed."""

from datetime import date, timedelta

import pytest

from bot.dialog.acts import Ask, AskSeveral
from bot.dialog.reporting import report_of
from bot.dialog.result_acts import ShowProof, ShowResult, ShowSummary
from bot.dialog.state import State
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

ZONE = "公司注册在亦庄，小巨人，科技保险交了86.2万，没卖过数据，没登记过，没入过表，没开放过"


def summary_of(state: State, text: str) -> ShowSummary | None:
    return next((act for act in turn(state, text).acts if isinstance(act, ShowSummary)), None)


@pytest.mark.parametrize(
    "text",
    [
        "总结一下",
        "发我一份汇总",
        "转发给老板",
        "导出结果",
        "给老板看的",
        "把刚才的结果转发给同事",
        "能不能给我个汇总？",
        "打印结果",
        "生成一份报告发给领导",
        "总结一下我们能领的",
    ],
)
def test_a_summary_is_given_however_it_is_asked_for(text: str) -> None:
    assert summary_of(after(ZONE), text) is not None


@pytest.mark.parametrize(
    "text", ["导出我的资料", "看结果", "给我结果", "总结一下经开区的政策", "打印机补贴", "我们发了数据集", "老板"]
)
def test_other_wishes_are_no_wish_for_a_summary(text: str) -> None:
    assert summary_of(after(ZONE), text) is None


def test_a_summary_has_every_item_under_the_number_by_which_its_proof_is_asked_for() -> None:
    done = turn(after(ZONE), "总结一下")

    (act,) = (act for act in done.acts if isinstance(act, ShowSummary))
    proof = next(act for act in turn(done.state, "依据2").acts if isinstance(act, ShowProof))
    assert proof.verdict.clause == act.whole.items[1].verdict.clause
    assert act.whole.shown == done.state.shown


def test_the_open_question_comes_back_and_nothing_is_recorded() -> None:
    state = after(ZONE)

    done = turn(state, "总结一下")

    assert isinstance(done.acts[-1], Ask | AskSeveral)
    assert done.state.profile == state.profile
    assert done.state.pending == state.pending


def test_after_a_summary_more_begins_with_the_first_page() -> None:
    (page,) = (act for act in turn(after(ZONE, "总结一下"), "更多").acts if isinstance(act, ShowResult))

    assert page.page == 1


def test_between_pages_a_summary_does_not_lose_the_place() -> None:
    (page,) = (act for act in turn(after(ZONE, "结果", "总结一下"), "更多").acts if isinstance(act, ShowResult))

    assert page.page == 2


def test_a_summary_is_of_the_day_that_was_asked_for() -> None:
    act = summary_of(after(ZONE, "按2027-12-31算"), "总结一下")

    assert act is not None
    assert act.whole.on == date(2027, 12, 31)


def test_a_summary_a_week_later_is_of_the_day_that_it_is() -> None:
    done = turn(after(ZONE, "结果"), "总结一下", NOW + timedelta(days=7))

    (act,) = (act for act in done.acts if isinstance(act, ShowSummary))
    assert act.whole.on == date(2026, 7, 22)


def test_a_report_has_all_items_all_proofs_and_what_it_rests_on() -> None:
    state = after(ZONE, "结果")

    report = report_of(state, shipped_bundle().guide, NOW.date())

    assert report is not None
    assert report.whole.shown == state.shown
    assert [proof.verdict.clause.id for proof in report.proofs] == list(state.shown)
    assert {attribute.name for attribute, _ in report.known} == state.profile.values.keys()
