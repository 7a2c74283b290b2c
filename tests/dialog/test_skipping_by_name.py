"""A question skipped by its name is left open, and nothing is recorded."""

import pytest

from tests.dialog.talks import after

TOLD = ("经开区", "国家级小巨人")


@pytest.mark.parametrize(
    ("before", "text", "skipped", "pending"),
    [
        ((), "登记这题跳过吧", "first_registration", "first_listing"),
        ((), "先跳过登记", "first_registration", "first_listing"),
        (("是首次",), "跳过入表", "first_listing", "first_trade"),
        (("是首次",), "入表先不填", "first_listing", "first_trade"),
        ((), "交易那个问题略过", "first_trade", "first_registration"),
        ((), "高新跳过", "high_tech", "first_registration"),
    ],
)
def test_the_named_question_is_skipped(before: tuple[str, ...], text: str, skipped: str, pending: str) -> None:
    state = after(*TOLD, *before, text)

    assert skipped not in state.profile.values
    assert state.declined == {skipped}
    assert state.pending is not None
    assert state.pending.attribute == pending
