"""What somebody asks and answers at once is told; a question to the bot stays one."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.reading import read
from tests.content_fixture import shipped_bundle

TODAY = date(2026, 7, 15)


def _facts(text: str) -> dict[str, object]:
    lexicon = shipped_bundle().guide.lexicon
    return {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("是小巨人吗？是的", {"specialized_tier": "little_giant"}),
        ("高企？有的", {"high_tech": True}),
        ("专精特新有没有？没有", {"specialized_tier": "none"}),
        ("语料买过没有？买过一些，今年花了35万", {"purchase_amount": Decimal(350_000)}),
        ("数据卖过吗？没卖过", {"first_trade": True}),
        ("失信有没有？没有", {"dishonest_listed": False}),
        ("DCMM评过没？通过了", {"dcmm_certified": True}),
        ("沙盒进过吗？没进过", {"sandbox_first_entry": True}),
    ],
    ids=str,
)
def test_what_is_asked_and_answered_at_once_is_told(text: str, facts: dict[str, object]) -> None:
    assert _facts(text) == facts


@pytest.mark.parametrize(
    "text", ["小巨人？是什么", "高新能拿多少？有人知道吗", "入表？有", "处罚？有", "小巨人？是不是要申请"], ids=str
)
def test_what_is_not_answered_tells_nothing(text: str) -> None:
    assert not _facts(text)


@pytest.mark.parametrize("text", ["母公司在亦庄", "客户都在通州", "甲方在海淀办公"], ids=str)
def test_where_others_are_is_not_where_the_work_is_done(text: str) -> None:
    lexicon = shipped_bundle().guide.lexicon

    meaning = read(text, lexicon.questions["operating_regions"], lexicon, TODAY)

    assert not meaning.facts
