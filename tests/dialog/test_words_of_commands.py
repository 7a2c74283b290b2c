"""A question that says much of a policy is one though words of a command stand in it; a wish for the result is none."""

import pytest

from bot.dialog.answer_acts import AnswerFromClauses, CompareClauses, ListClauses
from bot.dialog.repair_acts import OfferCompany
from bot.dialog.result_acts import ShowResult
from bot.dialog.state import State
from tests.dialog.talks import after, turn

STATES = pytest.mark.parametrize("before", [after("你好"), after("亦庄的小巨人")], ids=["nothing", "known"])


@STATES
@pytest.mark.parametrize(
    "text",
    [
        "揭了副中心张的榜，项目验收完最多能到手多少",
        "愿意投我们数据公司的政府基金有哪几只",
        "语料库免费给大家用 能申请多少扶持",
        "手上这批数据到底值多少钱，有没有人给评估一下",
        "园区旧楼改成数据加速器 运营的能拿多少",
        "央企来副中心开数科公司，走哪些工程能拿到支持",
        "数据登记发的那张证上头写些什么，核验怎么弄",
        "要不要去考一个数据安全的认证，考了图啥",
        "国产软件第一次用进银行，头一家最多能拿多少",
        "开发区说过给园区换万兆光纤没有",
        "标准合同备案办完，亦庄最多能领多少",
    ],
)
def test_a_question_that_says_much_of_a_policy_is_no_command(before: State, text: str) -> None:
    acts = turn(before, text).acts

    assert any(isinstance(act, AnswerFromClauses | ListClauses | CompareClauses) for act in acts)


@STATES
@pytest.mark.parametrize(
    "text",
    [
        "我们公司能享受什么扶持", "算算我能拿多少奖励", "到底能补多少啊", "数据这块我们能拿到什么",
        "我这种情况能申请哪些政策",
        "给我个总数，能补几百万", "最多能到手多少", "我够格领哪几样", "按我说的这些，能申请几项",
        "可以给我看看最终的政策清单吗",
    ],
)  # fmt: skip
def test_a_wish_for_the_result_stays_one(before: State, text: str) -> None:
    assert any(isinstance(act, ShowResult) for act in turn(before, text).acts)


@pytest.mark.parametrize("text", ["给客户看产品的展厅有补贴吗", "想给客户看元宇宙的东西，建个体验厅补多少"])
def test_what_is_shown_to_a_client_is_of_no_other_company(text: str) -> None:
    assert not [act for act in turn(after("亦庄的小巨人"), text).acts if isinstance(act, OfferCompany)]


@pytest.mark.parametrize(
    "text", ["给朋友看一下能领多少", "帮客户看看", "帮朋友看他们公司的补贴", "替客户看一家公司的补贴"]
)
def test_who_asks_for_somebody_else_is_asked_of_which_company(text: str) -> None:
    assert [act for act in turn(after("亦庄的小巨人"), text).acts if isinstance(act, OfferCompany)]
