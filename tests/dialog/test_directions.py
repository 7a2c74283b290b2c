"""Directions worth knowing, and where they stand."""

from bot.dialog.result_acts import NoResult, ShowResult
from bot.policy.clauses import Clause, Kind
from tests.dialog.talks import after, turn

ZONE = "公司注册在亦庄，小巨人，科技保险交了86.2万，没卖过数据，没登记过，没入过表，没开放过"


def _told(*texts: str) -> list[tuple[int, Clause]]:
    """The directions on each page of the result, with its number."""
    state, told = after(*texts), []
    for text in ("结果", *["更多"] * 6):
        done = turn(state, text)
        state = done.state
        shown = [act for act in done.acts if isinstance(act, ShowResult | NoResult)]
        told += [(state.page, clause) for act in shown for clause in act.directions]
    return told


def test_directions_stand_on_the_last_page_only() -> None:
    told = _told(ZONE)

    assert {page for page, _ in told} == {4}
    assert any("保险" in clause.title for _, clause in told)


def test_what_is_intended_for_something_done_is_told() -> None:
    told = _told("海淀，没有专精特新", "是首次登记", "没入表", "没有交易", "没有开放")

    assert any("首登记" in clause.title for _, clause in told)


def test_what_is_told_is_a_direction_and_not_of_another_place() -> None:
    told = _told("海淀，没有专精特新", "是首次登记")

    assert told
    assert all(clause.kind is Kind.DIRECTION and not clause.document.places for _, clause in told)


def test_who_has_nothing_to_do_with_a_subject_is_told_of_none() -> None:
    assert _told("朝阳，没有专精特新", "没有", "没有", "没有", "没有") == []
