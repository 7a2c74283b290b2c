"""After a result was shown, a correction says what it changed."""

from decimal import Decimal

import pytest

from bot.dialog.machine import Transition
from bot.dialog.repair_acts import TellChange
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn

SHOWN = ("亦庄，小巨人，保费26万，没有处罚、失信和刑事记录", "看结果")


def _change(done: Transition) -> TellChange:
    return next(act for act in done.acts if isinstance(act, TellChange))


@pytest.mark.parametrize(
    "text", ["保费改成90万", "保费其实是90万", "不对，保费是90万", "说错了，科技保险交了90万"], ids=str
)
def test_another_sum_moves_the_policy_and_the_total(text: str) -> None:
    done = turn(after(*SHOWN), text)

    change = _change(done)
    assert [now.prospect.exact for _, now in change.moved] == [500000]
    assert change.totals == (Decimal(156000), Decimal(500000))
    assert "15.6 万元 → 50 万元" in read_out(done)


def test_what_is_lost_is_said() -> None:
    done = turn(after(*SHOWN), "注册地改成海淀")

    assert [verdict.clause.article for verdict in _change(done).lost] == ["1"]
    assert "少了" in read_out(done)
    assert "→ 0 元" in read_out(done)


def test_what_takes_the_place_of_another_is_said_with_both() -> None:
    change = _change(turn(after(*SHOWN), "刚才说错了，不是小巨人，是市级专精特新"))

    assert (len(change.gained), len(change.lost)) == (1, 1)
    assert change.totals == (Decimal(156000), Decimal(130000))


def test_when_nothing_changed_that_is_said() -> None:
    done = turn(after(*SHOWN, "注册地改成海淀"), "注册地改成朝阳")

    assert "结果没有变" in read_out(done)


def test_before_a_result_was_shown_nothing_is_said_of_it() -> None:
    done = turn(after(SHOWN[0]), "保费改成90万")

    assert not any(isinstance(act, TellChange) for act in done.acts)


def test_a_new_answer_is_no_correction() -> None:
    done = turn(after(*SHOWN), "是首次")

    assert not any(isinstance(act, TellChange) for act in done.acts)


def test_the_change_is_told_in_a_few_lines() -> None:
    done = turn(after(*SHOWN), "保费改成90万")
    told = type(done)(done.state, tuple(act for act in done.acts if isinstance(act, TellChange)))

    assert len(read_out(told).splitlines()) <= 4
