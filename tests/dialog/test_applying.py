"""Questions of applying (papers, ways, times, payment, checks), of which the texts say little or nothing."""

import pytest

from bot.dialog.acts import Chat, Notice, Tell
from bot.dialog.answer_acts import AnswerFromClauses, DescribeDocuments
from bot.dialog.state import State
from bot.search.words import Shape
from tests.dialog.talks import after, turn

POLICY = "经开区采购数据产品补多少"
REGION = "公司注册在荣华南路"


def said(state: State, text: str) -> str:
    (act,) = (act for act in turn(state, text).acts if isinstance(act, Chat))
    return act.say


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("多长时间钱能到账", "什么时候到账"),
        ("公示期有几天", "什么时候到账"),
        ("被打回来了能申诉么", "能不能再报"),
        ("拿完迁出去要退吗", "要不要退"),
        ("前年买的还行不行", "哪一年"),
        ("原文哪里查", "没有原文的链接"),
        ("补贴到手交不交所得税", "交税"),
    ],
)
@pytest.mark.parametrize("before", [(REGION,), (REGION, POLICY)], ids=["nothing spoken of", "a policy spoken of"])
def test_what_no_text_says_is_told_to_be_so(before: tuple[str, ...], text: str, part: str) -> None:
    assert part in said(after(*before), text)


@pytest.mark.parametrize("text", ["得盖公章吗", "普票也行吗", "要啥发票", "哪个系统里交", "网上能申不"])
def test_ways_and_papers_are_told_by_the_policy_spoken_of(text: str) -> None:
    (act,) = (act for act in turn(after(POLICY), text).acts if isinstance(act, AnswerFromClauses))

    assert act.verdicts[0].clause.id == "bda-data-industry/8/data-voucher"
    assert Shape.HOW in act.shapes


@pytest.mark.parametrize("text", ["最晚几号前报", "眼下还能报不", "申报启动了吗", "今年赶得上吗"])
def test_times_are_told_by_the_policy_spoken_of(text: str) -> None:
    (act,) = (act for act in turn(after(POLICY), text).acts if isinstance(act, AnswerFromClauses))

    assert act.verdicts[0].clause.id == "bda-data-industry/8/data-voucher"
    assert act.shapes[:1] == (Shape.TIME,)


@pytest.mark.parametrize(
    "text",
    [
        "盖章找哪个领导盖",
        "得抽空跑一趟大厅不",
        "审的时候会打电话核实不",
        "交上去以后还能撤不",
        "银行账号换了要不要去报备",
        "钱能不能早点拨下来",
    ],
)
@pytest.mark.parametrize("before", [(REGION,), (REGION, POLICY)], ids=["nothing spoken of", "a policy spoken of"])
def test_applying_in_other_words_is_known_for_what_it_is(before: tuple[str, ...], text: str) -> None:
    acts = turn(after(*before), text).acts

    is_told = Tell(Notice.APPLYING) in acts or any(isinstance(act, Chat) for act in acts)
    assert is_told or any(isinstance(act, AnswerFromClauses) and Shape.HOW in act.shapes for act in acts)


@pytest.mark.parametrize(
    "text", ["公积金几天到账", "摇号什么时候出结果", "护照要带复印件吗", "房贷被拒了怎么办", "今天下雨吗"]
)
def test_what_is_foreign_is_refused_though_it_sounds_alike(text: str) -> None:
    assert Tell(Notice.OUT_OF_SCOPE) in turn(after(REGION, POLICY), text).acts


@pytest.mark.parametrize("text", ["发票在财务那，得等她回来", "合同还没给我，回头再填", "这个要问会计"])
def test_who_puts_the_question_off_asks_nothing(text: str) -> None:
    transition = turn(after(REGION, "小巨人"), text)

    assert transition.state.declined
    assert Tell(Notice.APPLYING) not in transition.acts


@pytest.mark.parametrize("text", ["怎么申请", "要什么条件"])
def test_what_policies_do_say_is_asked_of_which(text: str) -> None:
    assert Tell(Notice.WHICH_POLICY) in turn(after(REGION), text).acts


@pytest.mark.parametrize("text", ["和市里的能叠加吗", "能跟市里的一起拿吗", "市级的领了还能领这个不", "跟市里的冲突吗"])
@pytest.mark.parametrize("before", [(REGION,), (REGION, POLICY)], ids=["nothing spoken of", "a policy spoken of"])
def test_what_goes_together_with_another_level_is_told_by_the_document(before: tuple[str, ...], text: str) -> None:
    (act,) = (act for act in turn(after(*before), text).acts if isinstance(act, DescribeDocuments))

    assert [document.id for document in act.documents] == ["bda-data-industry"]
    assert act.asks_for_both
