"""Who asks why something is not theirs hears what stands against it, not what the policy is."""

import pytest

from bot.dialog.acts import Act
from bot.dialog.answer_acts import AnswerFromClauses
from bot.dialog.why_not import asks_why_not
from bot.search.words import Shape
from tests.dialog.answers import talk
from tests.dialog.talks import after, turn

KNOWN = ("亦庄", "没有", "不是高新")


def _told(acts: tuple[Act, ...]) -> AnswerFromClauses:
    (told,) = (act for act in acts if isinstance(act, AnswerFromClauses))
    return told


@pytest.mark.parametrize(
    "text",
    [
        "凭什么不给我保险补贴",
        "怎么没有科技保险补贴",
        "为啥没得科技险补贴",
        "为什么保险补贴没我们的份",
        "科技保险补贴怎么没有我们",
        "为何科技保险补贴我们拿不到",
        "凭啥科技险补贴不给我们",
        "结果里怎么没看到科技保险补贴",
    ],
)
def test_why_not_is_answered_by_what_stands_against_it(text: str) -> None:
    told = _told(turn(after(*KNOWN), text).acts)

    assert told.shapes == (Shape.WHO,)
    assert told.asks_for_itself
    assert "保险" in told.verdicts[0].clause.title
    assert "贵单位：不符合，因为" in talk(*KNOWN, text)


def test_of_what_nobody_can_claim_it_is_said_that_there_is_nothing_to_claim() -> None:
    assert _told(turn(after(*KNOWN), "为啥没得算力券").acts).shapes == (Shape.AMOUNT,)
    assert "没有写能领的钱" in talk(*KNOWN, "为啥没得算力券")


@pytest.mark.parametrize(
    "text",
    [
        "为啥没得算力券",
        "怎么没有首登记",
        "为啥我们领不了数据券",
        "数据券为什么没有我们",
        "怎么没看到沙盒奖励",
        "凭什么不给我钱",
    ],
)
def test_it_is_asked_why_not(text: str) -> None:
    assert asks_why_not(text)


@pytest.mark.parametrize(
    "text",
    [
        "算力券为什么叫券",
        "为什么数据券只补10%",
        "没有算力券能申请数据券吗",
        "怎么申请算力券",
        "为什么没有写门槛",
        "怎么没有电话",
        "为什么有的企业没有数据券",
        "没有专精特新能领什么",
    ],
)
def test_other_questions_are_no_why_not(text: str) -> None:
    assert not asks_why_not(text)
