"""What was looked up, on which list one stands, and a clean record in other words."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
ANSWERS: dict[str, dict[str, object]] = {
    "dishonest_listed": {
        "信用中国上查过，没上榜": False, "查了一下，没上榜": False, "专门去查过了，查无此名": False,
        "法务翻过记录，没在名单里": False, "榜上无名": False, "名单里没有我们": False, "一向守法": False,
        "我刚查了，名单里有我们": True, "上榜了": True, "还在榜上": True, "信用中国上查过": None,
        "系统里核对过一遍": None,
    },
    "criminal_record": {
        "一向奉公守法": False, "一直守法经营": False, "律师核过，没有记录": False, "合规经营十几年": False,
    },
    "standard_pilot_unit": {
        "名单里没有我们": False, "名单上没我们": False, "名单里有我们": True, "榜上有名": True, "官网上查了一下": None,
    },
    "first_registration": {"系统里查过，没登过": True, "名单里没有我们": None, "后台核对过，之前登过": False},
    "high_tech": {"名录里查过，没有": False, "官网上查了，有我们": True},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        pytest.param(name, text, value, id=f"{name}-{text}")
        for name, rows in ANSWERS.items()
        for text, value in rows.items()
    ],
)
def test_what_was_found_out_answers(name: str, text: str, value: object, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions[name], lexicon, TODAY).answer

    assert answer is not None
    assert answer.value is value
    assert value is None or answer.outcome is Outcome.VALUE
