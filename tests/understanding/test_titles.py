"""Answers to the question of the ladder that name no step of it: other titles, papers, what lapsed, a plate."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Lack, Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 22)


def _answer(text: str, lexicon: Lexicon) -> Answer:
    answer = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).answer
    assert answer is not None
    return answer


def _told(text: str, lexicon: Lexicon) -> object:
    answer = _answer(text, lexicon)
    return answer.value if answer.outcome is Outcome.VALUE else answer.outcome


@pytest.mark.parametrize(
    "text",
    [
        "高新在复审", "科小", "科技型中小企业", "瞪羚", "我们是瞪羚企业", "独角兽", "单项冠军", "雏鹰", "金种子",
        "AAA信用企业", "首都文明单位", "科委认定的", "科技局给的", "区级的", "区里给的", "iso27001", "守合同重信用",
        "技术中心是市级的", "我们有市级工程研究中心", "国家级实验室", "老板是市级劳模", "国家级单项冠军",
        "市级文明单位", "课题是国家级的", "产品是国家级新品", "市级非遗", "园区是国家级的", "国家级博士后工作站",
    ],
)  # fmt: skip
def test_what_is_no_step_of_the_ladder_is_said_to_be_none(text: str, lexicon: Lexicon) -> None:
    answer = _answer(text, lexicon)

    assert answer.outcome is Outcome.ASK
    assert answer.lack is Lack.OTHER_TITLE


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("工程中心是国家级，专精特新是市级", "specialized"),
        ("企业是市级的，技术中心也是市级的", "specialized"),
        ("隐形冠军，市级专精特新", "specialized"),
        ("牌子是市级的", "specialized"),
        ("称号是国家级的", "little_giant"),
        ("国家级重点小巨人", "little_giant"),
        ("我们是绿色环保行业的市级专精特新", "specialized"),
        ("创新平台是市级的，专精特新没有", "none"),
        ("普通企业", "none"),
    ],
)
def test_a_step_is_read_whatever_else_is_named(text: str, step: str, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) == step


@pytest.mark.parametrize(
    "text", ["只有科小", "没有，只有科小", "没有，就一个高新", "除了高新啥都没有", "没有，不过高新是"]
)
def test_who_has_other_titles_only_has_no_step(text: str, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) == "none"


@pytest.mark.parametrize("text", ["数据登记证没拿到", "高新没拿到", "科技险没买", "算力券没拿到", "场景没评上"])
def test_what_is_lacked_of_another_thing_is_no_missing_title(text: str, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) is Outcome.ASK


@pytest.mark.parametrize("text", ["除了高新啥都没有", "没有，不过高新是", "只有高新"])
def test_the_title_that_is_had_instead_is_recorded(text: str, lexicon: Lexicon) -> None:
    facts = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).facts

    assert {fact.attribute: fact.value for fact in facts} == {"high_tech": True, "specialized_tier": "none"}


@pytest.mark.parametrize("text", ["经信局给的牌子", "有牌子", "政府给的牌子", "挂了块牌子"])
def test_a_plate_may_be_that_of_any_step(text: str, lexicon: Lexicon) -> None:
    assert "specialized" in _answer(text, lexicon).candidates


@pytest.mark.parametrize(
    "text",
    [
        "没有认定通知书", "通知书没有", "没有证书", "证书还没拿到", "通知书找不到了", "没有认定文件", "没收到批文",
        "手上没有红头文件", "专精特新认定通知书没有",
    ],
)  # fmt: skip
def test_a_missing_paper_is_no_missing_title(text: str, lexicon: Lexicon) -> None:
    meaning = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY)

    assert _answer(text, lexicon).lack is Lack.NO_PAPER
    assert not meaning.facts


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("没有认定", "none"),
        ("没有认定过", "none"),
        ("没有任何认定", "none"),
        ("没评，没通知书", "none"),
        ("牌匾一块没有", "none"),
        ("小巨人，没有认定通知书", "little_giant"),
        ("文件没有，但是小巨人", "little_giant"),
    ],
)
def test_a_missing_title_or_a_named_step_is_read_beside_papers(text: str, step: str, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) == step


@pytest.mark.parametrize(
    "text",
    [
        "以前是创新型 过期没续", "以前是创新型，过期没续", "创新型到期没续", "原来有创新型，去年取消了", "创新型过期了",
        "曾经是创新型中小企业，没复核", "创新型失效了", "之前评的创新型，到期了没续", "创新型到期没续，现在啥都没有",
    ],
)  # fmt: skip
def test_who_lost_the_lowest_step_has_none(text: str, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) == "none"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("市级的过期了", ("none", "innovative")),
        ("原来是市级，到期没复核", ("none", "innovative")),
        ("曾经是小巨人，后来取消了", ("none", "innovative", "specialized")),
    ],
)
def test_who_lost_a_higher_step_may_have_those_below(text: str, left: tuple[str, ...], lexicon: Lexicon) -> None:
    assert _answer(text, lexicon).candidates == left


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("创新型快过期了", "innovative"),
        ("以前是小巨人，过期没续，现在是市级", "specialized"),
        ("以前是创新型", Outcome.ASK),
        ("以前是创新型，过期了，正在重新申请", Outcome.ASK),
        ("子公司的创新型过期了", Outcome.ASK),
    ],
)
def test_what_is_not_lost_for_sure_is_no_none(text: str, step: object, lexicon: Lexicon) -> None:
    assert _told(text, lexicon) == step
