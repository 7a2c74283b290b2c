"""While the municipal awards are asked about, 首登记 and the like are the awards."""

from decimal import Decimal

import pytest

from tests.dialog.talks import after

TOLD = ("经开区", "国家级小巨人", "登记过", "入过表了", "交易过", "开放过", "3")
FIRSTS = dict.fromkeys(("first_registration", "first_listing", "first_trade", "first_open"), False)
REGISTRATION, LISTING, TRADE = (f"municipal_award_{what}" for what in ("registration", "listing", "trade"))


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("首登记批了15万，首入表没有", {REGISTRATION: 150_000, LISTING: 0}),
        ("首登记3万 首入表6万 首交易7万", {REGISTRATION: 30_000, LISTING: 60_000, TRADE: 70_000}),
        ("首次入表没领到", {LISTING: 0}),
        ("登记的拿了5万，入表的没有", {REGISTRATION: 50_000, LISTING: 0}),
    ],
)
def test_the_sums_are_those_of_the_awards(text: str, sums: dict[str, int]) -> None:
    values = after(*TOLD, text).profile.values

    assert {name: values[name] for name in sums} == {name: Decimal(value) for name, value in sums.items()}
    assert {name: values[name] for name in FIRSTS} == FIRSTS
