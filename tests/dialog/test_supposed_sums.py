"""Sums that end in 呢, and a place, are supposed rather than told; what was paid is told however it ends."""

from decimal import Decimal

import pytest

from bot.dialog.what_if_acts import WhatIf
from tests.dialog.talks import after, turn

BEGUN = ("", "注册在亦庄", "小巨人")


@pytest.mark.parametrize(
    "text",
    [
        "科技保险45万呢",
        "交易额300万 保费40万呢",
        "入表金额500万，审计费6万呢",
        "要是在天津呢",
        "那如果换到昌平呢",
        "迁到顺义划不划算",
    ],
    ids=str,
)
def test_what_is_supposed_is_shown_and_not_recorded(text: str) -> None:
    state = after(*BEGUN)

    done = turn(state, text)

    assert any(isinstance(act, WhatIf) for act in done.acts)
    assert done.state.profile == state.profile


@pytest.mark.parametrize("text", ["我们保费45万呢", "科技保险实际交了45万呢"], ids=str)
def test_what_was_paid_is_told(text: str) -> None:
    assert turn(after(*BEGUN), text).state.profile.values["insurance_premium"] == Decimal(450_000)


def test_a_step_that_runs_out_is_asked_again_with_its_steps() -> None:
    state = after("", "注册在亦庄")

    done = turn(state, "小巨人到期了，正在复核")

    assert "specialized_tier" not in done.state.profile.values
    assert done.state.pending is not None
    assert "little_giant" in done.state.pending.options


def test_a_sum_is_supposed_only_of_what_it_may_be_paid_for() -> None:
    state = after(*BEGUN, "首次交易，第一年度交易额120万")

    assert not any(isinstance(act, WhatIf) for act in turn(state, "要是投了3000万呢").acts)
    assert any(isinstance(act, WhatIf) for act in turn(state, "要是卖了3000万呢").acts)
