"""Hints on misspelt names."""

import pytest

from bot.content.names import did_you_mean

KNOWN = ("region", "not", "insurance_premium", "国家级专精特新“小巨人”")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("regoin", "是不是想写 region"),
        ("insurance_premum", "是不是想写 insurance_premium"),
        ("小巨人", "是不是想写 国家级专精特新“小巨人”"),
        ("employee_count", ""),
        ("registered_count", ""),
    ],
)
def test_the_nearest_name_is_proposed_and_none_that_only_stands_in_it_by_chance(written: str, hint: str) -> None:
    assert did_you_mean(written, KNOWN) == hint
