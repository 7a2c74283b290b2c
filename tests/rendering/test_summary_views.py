"""The summary to forward: brief enough for one message, and complete in what matters."""

from dataclasses import replace

import pytest

from bot.dialog.reporting import report_of
from bot.dialog.result_acts import ShowSummary
from bot.rendering.renderer import Renderer
from bot.rendering.splitting import split_text
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

MOST = 2048
ZONE = "公司注册在亦庄，小巨人，科技保险交了86.2万，没卖过数据，没登记过，没入过表，没开放过"
MUCH = (
    "公司注册在亦庄，小巨人，做机器人和人工智能，科技保险交了86.2万，在合规平台买了300万数据产品，首次登记，首次入表",
    "通过数据出境安全评估，标准合同备案过，个人信息保护认证通过，贷款利息20万，办了国际论坛花了80万",
)
COMPANIES = [
    pytest.param((ZONE,), id="one thing to claim"),
    pytest.param(MUCH, id="a lot"),
    pytest.param(("通州，小巨人，首次登记",), id="a draft"),
    pytest.param(("海淀，专精特新，做软件，首次入表",), id="nothing now"),
    pytest.param(("朝阳，做机器人",), id="to be confirmed"),
]


def renderer() -> Renderer:
    bundle = shipped_bundle()
    return Renderer(bundle.templates["text"], bundle.notices, bundle.guide.knowledge.hotline)


def messages(*texts: str) -> list[str]:
    *before, last = texts
    done = turn(after(*before), last)
    return [message.text for message in renderer().render(done.acts, done.state.profile)]


@pytest.mark.parametrize("said", COMPANIES)
def test_a_summary_is_one_message(said: tuple[str, ...]) -> None:
    state = after(*said)
    (act,) = (act for act in turn(state, "总结一下").acts if isinstance(act, ShowSummary))

    texts = renderer().render((act,), state.profile)

    assert len(texts) == 1
    assert len(texts[0].text.encode()) <= MOST
    assert split_text(texts[0].text, MOST) == (texts[0].text,)


@pytest.mark.parametrize("times", [1, 3, 6, 12, 40])
@pytest.mark.parametrize("said", COMPANIES)
def test_a_summary_of_ever_so_many_policies_is_one_message(said: tuple[str, ...], times: int) -> None:
    state = after(*said)
    (act,) = (act for act in turn(state, "总结一下").acts if isinstance(act, ShowSummary))
    items = tuple(replace(item, number=100 + n) for n, item in enumerate(act.whole.items * times))

    (message,) = renderer().render((ShowSummary(replace(act.whole, items=items)),), state.profile)

    assert len(message.text.encode()) <= MOST


@pytest.mark.parametrize("said", COMPANIES)
def test_a_summary_stands_alone_and_can_be_pasted(said: tuple[str, ...]) -> None:
    text = messages(*said, "总结一下")[0]

    assert text.startswith("【政策申领小结】截至 2026-07-15")
    assert text.endswith("以主管部门答复为准。")
    assert "12345" in text
    assert "依据1" not in text
    assert "修改" not in text


def test_a_summary_has_the_sum_its_conditions_its_article_and_the_premises() -> None:
    text = messages(ZONE, "总结一下")[0]

    assert "1. 科技保险保费补贴（“小巨人” 60% 一档）：50 万元" in text
    assert "当年科技保险实际保费超过 10 万元" in text
    assert "经开区数据产业措施第 1 条" in text
    assert "前提：近三年没有公示过重大行政处罚" in text


def test_a_draft_is_told_of_with_its_day() -> None:
    text = messages("通州，小巨人，首次登记，首次入表，没有交易，没有开放", "总结一下")[0]

    assert "截至 2026-07-15 还是征求意见稿" in text


def test_a_report_has_a_proof_for_each_item_and_no_hints_for_the_chat() -> None:
    state = after(*MUCH)
    bundle = shipped_bundle()

    report = report_of(state, bundle.guide, NOW.date())
    assert report is not None
    printed = renderer().render_report(report, state.profile)

    assert printed.day == "2026-07-15"
    assert len(printed.proofs) == len(report.whole.items)
    assert all(f"{item.number}. {item.verdict.clause.title}" in printed.text for item in report.whole.items)
    assert "更多" not in printed.text
    assert "贵单位的情况" in printed.text
    assert "联系方式" in printed.text
