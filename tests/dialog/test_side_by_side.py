"""Whether two policies of the result may be had together."""

import pytest

from bot.dialog.repair_acts import TellTogether
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn

SHOWN = ("亦庄，小巨人，保费26万，采购数据187万，合规平台，没有处罚失信犯罪", "看结果")


@pytest.mark.parametrize("text", ["第一项和第二项能一起拿吗", "1和2能同时拿吗", "1、2可以叠加吗"], ids=str)
def test_two_things_that_no_rule_joins(text: str) -> None:
    done = turn(after(*SHOWN), text)

    assert "没有条文说不能一起拿" in read_out(done)
    assert done.state.pending == after(*SHOWN).pending


@pytest.mark.parametrize("text", ["第二项和第三项能一起拿吗", "2跟3都能领吗"], ids=str)
def test_two_tiers_of_one_premium(text: str) -> None:
    said = read_out(turn(after(*SHOWN), text))

    assert "不能一起拿" in said
    assert "第 1 条" in said


@pytest.mark.parametrize("text", ["第一项和第九十项能一起拿吗", "1和1能一起拿吗"], ids=str)
def test_numbers_that_are_none_are_not_answered_so(text: str) -> None:
    assert not any(isinstance(act, TellTogether) for act in turn(after(*SHOWN), text).acts)
