"""What people say beside the matter answers no question: it is never recorded."""

from dataclasses import replace

import pytest

from bot.dialog.state import Pending, PendingKind
from tests.dialog.talks import after, turn

QUESTIONS = ("specialized_tier", "high_tech", "first_registration", "first_open", "region", "dishonest_listed")
REMARKS = (
    "没太懂你说的", "看不明白这题", "那先不管它", "烦死了", "别催我", "稍等我接个电话", "你是真人吗", "哈哈哈",
    "没意见", "不着急", "我再琢磨琢磨", "问题怎么这么多", "刚才网断了", "打扰了", "666",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_not_recorded(question: str, text: str) -> None:
    asked = replace(after("你好"), pending=Pending(PendingKind.QUESTION, question))
    done = turn(asked, text)
    assert question not in done.state.profile.values
    assert done.acts
