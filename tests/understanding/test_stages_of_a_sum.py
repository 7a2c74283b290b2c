"""A sum that was quoted, planned or left out, and what was settled in the end."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
ANSWERS: dict[str, dict[str, int | None]] = {
    "insurance_premium": {
        "报价四十万，砍到三十六万，实付三十六万": 360_000, "报价四十万，砍到三十六万": 360_000,
        "报价四十万，实付三十六万": 360_000, "原先报三十六万，审减完是31万5": 315_000,
        "原价四十万，折后三十六万": 360_000,
        "按报价交了四十万": 400_000, "报价四十万，最后没买": 0, "报价四十万": None, "交了二十万，最后又补了三万": None,
    },
    "registration_fee": {
        "代理费一万二不算，登记费本身三千": 3_000, "登记费三千，代理费一万二另算": 3_000, "三千不算多": 3_000,
        "登记费三千，不含代理费一万二": 3_000,
    },
    "scenario_hardware_cost": {"服务器摄像头加一块45万": 450_000, "软件80万": None},
}  # fmt: skip
TOLD: dict[str, dict[str, int]] = {
    "保费报价四十万，砍到三十六万，实付三十六万": {"insurance_premium": 360_000},
    "保费报价四十万，数据采购实付三十万": {"purchase_amount": 300_000},
    "买数据预算一百万，最后花了八十六万": {"purchase_amount": 860_000},
    "入表金额审计调成了280万": {"listing_amount": 2_800_000},
    "入表金额280万审计8万": {"listing_amount": 2_800_000, "listing_service_fee": 80_000},
    "保费三十万，最后买数据花了五十万": {"insurance_premium": 300_000, "purchase_amount": 500_000},
    "保费报价四十万": {},
    "保费按报价交了四十万": {"insurance_premium": 400_000},
}


@pytest.mark.parametrize(
    ("name", "text", "yuan"),
    [
        pytest.param(name, text, yuan, id=f"{name}-{text}")
        for name, rows in ANSWERS.items()
        for text, yuan in rows.items()
    ],
)
def test_what_was_paid_in_the_end_answers(name: str, text: str, yuan: int | None, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(("text", "sums"), TOLD.items())
def test_what_was_paid_in_the_end_is_told(text: str, sums: dict[str, int], lexicon: Lexicon) -> None:
    told = {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}

    assert {name: value for name, value in told.items() if isinstance(value, Decimal)} == sums
