import pytest

from bot.rendering.requirements import conditions_of, join_alternatives, shared_of
from tests.content_fixture import shipped_bundle


@pytest.mark.parametrize(
    ("says", "joined"),
    [
        pytest.param(["有认定"], "有认定", id="one"),
        pytest.param(["甲方案", "乙办法"], "甲方案，或者乙办法", id="nothing shared"),
        pytest.param(
            ["首登记已经完成认定", "首入表已经完成认定", "首交易已经完成认定"],
            "首登记、首入表或首交易已经完成认定",
            id="ending shared",
        ),
        pytest.param(
            ["已经完成认定", "首登记已经完成认定"], "已经完成认定，或者首登记已经完成认定", id="one is the ending"
        ),
    ],
)
def test_alternatives_in_one_sentence(says: list[str], joined: str) -> None:
    assert join_alternatives(says) == joined


def test_what_all_lists_have() -> None:
    assert shared_of([("甲", "乙"), ("乙", "丙")]) == ("乙",)


def test_a_single_list_shares_nothing() -> None:
    assert shared_of([("甲", "乙")]) == ()


def test_conditions_in_brief_leave_out_what_nearly_everyone_meets() -> None:
    clause = shipped_bundle().guide.knowledge.by_id["bda-data-industry/8/data-voucher"]

    assert "没有刑事犯罪记录" in conditions_of(clause)
    assert "没有刑事犯罪记录" not in conditions_of(clause, is_brief=True)
