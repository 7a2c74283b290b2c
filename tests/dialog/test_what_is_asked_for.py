"""What a question is of, whatever else its words may look like: a price, a fee, a rule, a term, nobody's place."""

import pytest

from bot.dialog.acts import Chat
from bot.dialog.answer_acts import AnswerFromClauses, ExplainTerm
from bot.dialog.state import State
from tests.dialog.talks import after, turn

STATES = pytest.mark.parametrize("before", [after("你好"), after("亦庄的小巨人")], ids=["nothing", "known"])


@STATES
@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("我们这批数据值多少钱，谁来评估", "7"),
        ("数据产品卖多少钱合适，定价有几种办法", "12"),
        ("项目要投多少钱才能进市里的新基建库", "3.3-1"),
        ("新基建项目是不是得先进库才能享受支持", "3.3-1"),
        ("副中心的沙盒头回进去收不收费", "6"),
        ("新基建项目进了库，固定资产贷款的利息能贴多少", "3.3-4"),
        ("公司是做跨境电商的，银行借了美元，利息咋补", "2.2.3-2"),
    ],
)
def test_the_article_that_answers_is_told(before: State, text: str, article: str) -> None:
    acts = [act for act in turn(before, text).acts if isinstance(act, AnswerFromClauses)]

    assert acts[0].verdicts[0].clause.article == article


@STATES
@pytest.mark.parametrize("text", ["你们收费吗", "用这个要不要钱", "你们是中介吗 靠谱吗"])
def test_what_the_bot_costs_is_small_talk(before: State, text: str) -> None:
    assert any(isinstance(act, Chat) for act in turn(before, text).acts)


def test_a_term_of_words_for_rules_is_explained_whatever_is_open() -> None:
    assert any(isinstance(act, ExplainTerm) for act in turn(after("亦庄的小巨人"), "从高从优不重复是什么意思").acts)


@STATES
@pytest.mark.parametrize(
    "text",
    [
        "亦庄说的航母型企业，营收两百亿能不能进",
        "通州讲的龙头企业，是看营收还是看人数",
        "海淀那种大平台企业，贴息能给多少",
        "外地来的数据公司，在副中心落户有补助吗",
        "副中心哪条提到的孵化企业",
        "经开区规定的先行企业，补贴多少",
    ],
)
def test_what_a_document_says_tells_of_no_company(before: State, text: str) -> None:
    assert turn(before, text).state.profile == before.profile


@pytest.mark.parametrize(
    "text",
    [
        "我们就七八个人，搞数据合规咨询的，亦庄瞧得上吗",
        "我们做软件，通州奖多少",
        "二十几个人的小厂，副中心管不管",
        "没有专精特新，通州能拿吗",
    ],
)
def test_a_place_that_only_what_is_asked_names_is_not_the_companys(text: str) -> None:
    assert "region" not in turn(after("你好"), text).state.profile.values


@pytest.mark.parametrize("text", ["我们在海淀，亦庄给补吗", "注册在海淀，行吗"])
def test_a_place_that_is_told_beside_a_question_is(text: str) -> None:
    assert turn(after("你好"), text).state.profile.values["region"] == "海淀区"


@pytest.mark.parametrize("text", ["咱在北数所头回卖数据接口，签了三千万", "我们在北数所上架了数据接口"])
def test_what_is_sold_is_no_purchase(text: str) -> None:
    assert "purchase_venue" not in turn(after("你好"), text).state.profile.values
