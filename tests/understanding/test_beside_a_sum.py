"""What stands beside a sum: what was booked, a review in the same breath, years of which not one was granted."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Intent, Outcome
from bot.understanding.reading import read

TODAY = date(2026, 10, 12)


def _told(text: str, lexicon: Lexicon) -> dict[str, object]:
    return {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("今年数据资源头一回入表，确认了三百一十二万", 3_120_000),
        ("数据资源首次入表，账面二百零八万", 2_080_000),
        ("数据入表了，计入无形资产一百七十万", 1_700_000),
        ("首次入表，记了一百四十万，服务费二十万", 1_400_000),
        ("首次入表，资本化了二百四十万", 2_400_000),
        ("首次入表，花了三十万", None),
        ("首次入表，跟财务确认了，三十万", None),
        ("首次入表，三百一十二万", None),
        ("跟老板确认了，三十万", None),
    ],
)
def test_what_was_booked_is_the_sum_of_the_listing(text: str, yuan: int | None, lexicon: Lexicon) -> None:
    assert _told(text, lexicon).get("listing_amount") == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(
    ("text", "has_passed"),
    [
        ("固定资产总共投了一千九百万其中土建三百万评审也过了", True),
        ("可信数据空间投了两千万评审通过了", True),
        ("可信数据空间投了两千万专家评审没过", False),
        ("可信数据空间建好了评审还没过", None),
        ("可信数据空间建好了，今年没领", None),
        ("可信数据空间投用了，奖金没拿到", None),
    ],
)
def test_a_review_is_heard_behind_a_sum_and_not_in_the_money(
    text: str,
    has_passed: bool | None,  # noqa: FBT001
    lexicon: Lexicon,
) -> None:
    assert _told(text, lexicon).get("facility_review_passed") is has_passed


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("这种设施支持以前一年都没领过", 0),
        ("设施支持一年也没拿过", 0),
        ("设施支持领过两年", 2),
        ("设施支持领了一年，今年没领", 1),
        ("设施支持去年领过一回", 1),
    ],
)
def test_years_are_told_and_denied(text: str, years: int, lexicon: Lexicon) -> None:
    assert _told(text, lexicon).get("facility_years_supported") == Decimal(years)


@pytest.mark.parametrize(
    ("text", "years"),
    [("一年都没领过", 0), ("没有一年领过", 0), ("就一年", 1), ("连续两年", 2), ("两年没领了", None)],
)
def test_a_count_is_answered(text: str, years: int | None, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["facility_years_supported"], lexicon, TODAY).answer
    assert answer is not None
    assert answer.value == (None if years is None else Decimal(years))
    assert years is not None or answer.outcome is Outcome.ASK


@pytest.mark.parametrize("text", ["我回来了。数据券能补多少", "接着问，数据券补多少", "好，接着问你，入表奖多少钱"])
def test_a_question_behind_a_return_is_asked(text: str, lexicon: Lexicon) -> None:
    meant = read(text, None, lexicon, TODAY)
    assert meant.command.intent is Intent.NONE
    assert meant.asks


@pytest.mark.parametrize("text", ["回来了，继续", "我回来了，问到哪了", "咱继续吧"])
def test_a_return_alone_goes_on(text: str, lexicon: Lexicon) -> None:
    assert read(text, None, lexicon, TODAY).command.intent is Intent.CONTINUE
