"""Questions as users put them, and what the first line of the answer says."""

import pytest

from tests.dialog.answers import first_line, talk

LONGEST_IN_A_CHAT = 620
LONGEST_OF_TWO = 700


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        pytest.param("数据券一年封顶给多少", ("数据券", "10%", "100 万元"), id="how much: rate, base, cap"),
        pytest.param("小巨人投科技保险补几成", ("小巨人", "60%", "50 万元"), id="how much of one tier"),
        pytest.param("副中心采购数据产品返几个点", ("副中心", "没有生效", "10%"), id="how much in a draft"),
        pytest.param("算力券能给多少钱", ("没有写能领的钱",), id="how much of a mere direction"),
        pytest.param("什么样的单位能申请标杆场景补贴", ("给企业、科研机构、高校",), id="who"),
        pytest.param(
            "数据券归哪个部门管", ("找经开区营商环境局", "没有公布电话", "12345"), id="contact without a number"
        ),
        pytest.param("开源平台奖励的联系电话", ("010-62564159",), id="contact with a number"),
        pytest.param("科技产业局电话是多少", ("经开区科技产业局", "没有公布电话", "12345"), id="a department"),
        pytest.param("数字经济促进中心电话", ("010-62564159",), id="a published number"),
        pytest.param("雁阵计划能拿几年", ("连续支持不超过五年",), id="how long"),
        pytest.param("科技保险补贴到什么时候截止", ("2027-12-31", "执行期内"), id="until when"),
        pytest.param("2028年还能领数据券吗", ("2028-01-01", "已经截止"), id="on another day"),
        pytest.param("首登记的补贴什么时候截止", ("2023 年的批次", "截止"), id="a batch that is past"),
        pytest.param("实施意见哪年发布的", ("2023-06-20",), id="of when a document is"),
        pytest.param("升规稳规措施还有效吗", ("2023 年至 2025 年", "截止"), id="a plan that is past"),
        pytest.param("首入表的补贴怎么申请", ("先要",), id="how"),
        pytest.param("什么是出盒证明", ("出盒证明", "评估"), id="a term"),
        pytest.param("贴习是啥意思", ("贴息",), id="a term mistyped"),
        pytest.param("市里和亦庄的首交易奖励哪个多", ("市级高", "200 万元", "截止"), id="which is more"),
        pytest.param("通州和经开区的数据券能不能都领", ("条文都没有写",), id="both together"),
    ],
)
def test_the_first_line_answers_what_was_asked(question: str, phrases: tuple[str, ...]) -> None:
    line = first_line(question)

    assert [phrase for phrase in phrases if phrase not in line] == []


@pytest.mark.parametrize(
    "question",
    [
        "科技保险哪些企业能享受",
        "经开区跟副中心的首登记支持对比一下",
        "副中心和亦庄的数据设施投资支持差在哪",
        "数据中心改造 25% 和 30% 差别在哪",
        "亦庄有哪些补贴",
        "通州有什么补贴",
        "机器人企业有什么扶持",
        "数据出境一共补几种，各多少",
        "制造业升规奖多少",
        "软件企业升规要什么条件",
    ],
    ids=str,
)
def test_an_answer_fits_into_a_chat(question: str) -> None:
    assert len(talk(question)) <= LONGEST_IN_A_CHAT


def test_documents_are_compared_line_by_line_without_a_table() -> None:
    said = talk("亦庄和通州的数据券有什么不一样")

    for label in ("【金额】", "【条件】", "【时间】", "【找谁】"):
        assert label in said
    assert "· 经开区另外要：" in said
    assert "合规的数据流通交易平台" in said
    assert "|" not in said


def test_the_conditions_that_all_tiers_share_are_said_once() -> None:
    said = talk("谁可以申请科技保险补贴")

    assert said.count("在经开区注册或开展工作") == 1
    assert "国家高新技术企业" in said
    assert "小巨人" in said


@pytest.mark.parametrize(
    ("texts", "phrase"),
    [
        pytest.param(("数据券补多少", "找谁"), "找经开区营商环境局", id="whom to ask"),
        pytest.param(("数据券补多少", "电话多少"), "12345", id="the number"),
        pytest.param(("数据券补多少", "那通州呢"), "数据券（副中心）", id="the other place"),
        pytest.param(("雁阵计划是什么", "要什么条件"), "航母型", id="after a term"),
        pytest.param(("科技保险谁能申请", "能拿多少"), "50%", id="how much"),
        pytest.param(("机器人首试首用奖多少", "还有效吗"), "核实", id="still in force"),
    ],
)
def test_a_question_without_a_subject_goes_on_with_the_one_before(texts: tuple[str, ...], phrase: str) -> None:
    assert phrase in first_line(*texts)


@pytest.mark.parametrize("question", ["要什么条件", "怎么申请"], ids=str)
def test_with_nothing_asked_before_the_bot_asks_which_policy_is_meant(question: str) -> None:
    assert "哪一项" in first_line(question)


def test_whom_to_turn_to_without_a_subject_names_all_departments() -> None:
    assert "010-62564159" in talk("找谁")


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        pytest.param("数据券补多少，要找谁？", ("10%", "找谁：经开区营商环境局"), id="two things of one"),
        pytest.param("科技保险补多少？首登记呢？", ("实际保费的 50%", "市级首登记"), id="the same of two"),
        pytest.param(
            "通州的数据券和亦庄的首登记分别多少钱", ("数据券（副中心）", "1:0.5 配套"), id="two in one sentence"
        ),
        pytest.param("什么是监管沙盒，出盒给多少钱", ("封闭环境", "最高 20 万元"), id="a term, then a sum"),
        pytest.param("揭榜挂帅是什么意思，通州给多少", ("张榜", "最高 200 万元"), id="a sum of the term"),
        pytest.param("亦庄有数据券吗？到什么时候？电话多少", ("10%", "2027-12-31", "12345"), id="three things"),
    ],
)
def test_every_question_of_a_message_is_answered(question: str, phrases: tuple[str, ...]) -> None:
    said = talk(question)

    assert [phrase for phrase in phrases if phrase not in said] == []
    assert len(said) <= LONGEST_OF_TWO


@pytest.mark.parametrize(
    ("texts", "phrases"),
    [
        pytest.param(
            ("我们在亦庄，买了80万数据，能补多少？",),
            ("还不能定，要看：在合规", "8 万元（80 万元 × 10%）"),
            id="one thing open",
        ),
        pytest.param(
            ("经开区，市级专精特新", "保费交了26万", "科技保险补多少"), ("只等确认", "13 万元"), id="premises open"
        ),
        pytest.param(("通州区", "科技保险我们能不能申请"), ("不符合", "经开区"), id="another place"),
        pytest.param(
            ("亦庄，没有专精特新，国高新没评", "科技保险能补吗"), ("不符合", "国家高新技术企业"), id="a condition fails"
        ),
        pytest.param(
            ("公司在朝阳，首次入表，付了40万服务费，入表120万，能补多少",),
            ("条件都符合", "12 万元", "已经截止"),
            id="past",
        ),
        pytest.param(("通州区", "数据券能领吗"), ("数据券（副中心）", "没有生效"), id="its own place first"),
    ],
)
def test_the_answer_says_how_the_enterprise_stands(texts: tuple[str, ...], phrases: tuple[str, ...]) -> None:
    said = talk(*texts)

    assert [phrase for phrase in phrases if phrase not in said] == []


def test_of_two_tiers_that_fit_the_better_one_is_told() -> None:
    said = talk("亦庄，小巨人，保费30万", "科技保险补多少")

    assert "18 万元（30 万元 × 60%）" in said
    assert "15 万元" not in said


def test_a_sum_asked_without_a_subject_is_that_of_all_when_something_is_known() -> None:
    assert talk("通州区，入选了国家级可信数据空间试点", "能奖多少钱").startswith("按您说的情况")


def test_a_tier_that_the_enterprise_cannot_have_is_left_out() -> None:
    said = talk("亦庄，市级专精特新，保费30万", "科技保险补多少")

    assert "60%" not in said


@pytest.mark.parametrize(
    ("question", "place"),
    [("副中心有科技保险补贴吗", "通州区"), ("市里有没有数据券", "市里")],
    ids=str,
)
def test_a_place_without_such_a_policy_is_told_so(question: str, place: str) -> None:
    assert first_line(question).startswith(f"{place}的政策里没有找到")
