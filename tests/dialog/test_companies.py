"""Two companies in one conversation are never mixed."""

import pytest

from bot.dialog.acts import Record
from bot.dialog.repair_acts import OfferCompany, TurnToCompany
from bot.dialog.state import State
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn

FIRST = ("亦庄，小巨人", "保费30万")


def _is_offered(text: str) -> bool:
    return any(isinstance(act, OfferCompany) for act in turn(after(*FIRST), text).acts)


@pytest.mark.parametrize(
    "text",
    [
        "我还有一家公司在通州，帮我看看",
        "另一家公司呢",
        "帮我朋友的公司看看",
        "换一家公司",
        "再帮我看看另一家",
        "替客户公司查一下",
        "乙公司在怀柔",
        "另一家公司：通州的，保费50万",
        "我们还有个公司，也帮忙算算",
    ],
    ids=str,
)
def test_another_company_is_offered_and_nothing_is_taken_meanwhile(text: str) -> None:
    asked = turn(after(*FIRST), text)

    assert any(isinstance(act, OfferCompany) for act in asked.acts)
    assert asked.state.profile == after(*FIRST).profile
    assert "看第二家" in read_out(asked)


@pytest.mark.parametrize(
    "text",
    [
        "我们客户是通州的公司",
        "数据是向另一家公司买的",
        "我们的子公司在海淀",
        "我们是第二家入表的企业，算首次吗",
        "保费改成20万",
    ],
    ids=str,
)
def test_a_company_spoken_of_in_passing_is_none_to_look_at(text: str) -> None:
    assert not _is_offered(text)


def test_what_was_told_with_the_wish_is_of_the_other_company() -> None:
    done = turn(after(*FIRST, "我还有一家公司在通州，帮我看看"), "1").state

    assert dict(done.profile.values) == {"region": "通州区"}
    assert done.companies[0].profile == after(*FIRST).profile


@pytest.mark.parametrize("text", ["2", "不换", "先不了", "接着看第一家"], ids=str)
def test_staying_with_the_first_company(text: str) -> None:
    done = turn(after(*FIRST, "换一家公司"), text).state

    assert done.profile == after(*FIRST).profile
    assert not done.companies
    assert done.pending is not None


def test_facts_told_instead_of_an_answer_are_of_the_other_company() -> None:
    done = turn(after(*FIRST, "帮我朋友的公司看看"), "在通州，没有专精特新").state

    assert dict(done.profile.values) == {"region": "通州区", "specialized_tier": "none"}


def _second() -> State:
    return after(*FIRST, "帮我朋友的公司看看，他们在通州", "1")


@pytest.mark.parametrize("text", ["他们保费50万", "朋友公司的保费是50万", "那家公司保费50万", "保费50万"], ids=str)
def test_once_turned_to_the_other_company_is_the_own(text: str) -> None:
    done = turn(_second(), text)

    assert done.state.profile.values["insurance_premium"] == 500000
    assert done.state.companies[0].profile.values["insurance_premium"] == 300000


@pytest.mark.parametrize(
    "text", ["回到第一家", "换回我们自己的公司", "切回第一家公司", "继续看原来那家", "还是看前面那家"], ids=str
)
def test_back_to_the_first_company(text: str) -> None:
    done = turn(_second(), text)

    assert any(isinstance(act, TurnToCompany) and act.known == 3 for act in done.acts)
    assert done.state.profile == after(*FIRST).profile
    assert done.state.companies[0].profile.values["region"] == "通州区"


@pytest.mark.parametrize("text", ["换到第二家", "另一家呢", "回到朋友的公司"], ids=str)
def test_and_forth_again(text: str) -> None:
    done = turn(turn(_second(), "回到第一家").state, text).state

    assert dict(done.profile.values) == {"region": "通州区"}


def test_companies_called_by_letters_keep_what_is_told_of_each() -> None:
    state = after("甲公司在经开区，小巨人", "乙公司在通州，没有专精特新", "1", "甲公司保费30万", "乙公司保费20万")

    kept = {company.name: company.profile.values for company in state.companies}
    assert state.company == "第二家（乙公司）"
    assert state.profile.values["insurance_premium"] == 200000
    assert kept["第一家（甲公司）"]["insurance_premium"] == 300000
    assert kept["第一家（甲公司）"]["region"] == "经开区"


def test_with_nothing_known_there_is_nothing_to_keep_apart() -> None:
    done = turn(after("你好"), "换一家公司")

    assert not any(isinstance(act, OfferCompany) for act in done.acts)


def test_deleting_removes_all_companies() -> None:
    done = turn(turn(_second(), "删除我的资料").state, "确定")

    assert done.forget
    assert done.state == State()


def test_what_is_turned_to_is_told_with_what_is_known() -> None:
    done = turn(_second(), "回到第一家")

    assert "第一家" in read_out(done)
    assert "3 项情况" in read_out(done)
    assert not any(isinstance(act, Record) for act in done.acts)


def test_companies_that_are_named_are_turned_to_by_their_names() -> None:
    state = after(*FIRST, "我们公司叫北京云启科技有限公司", "换一家公司", "1", "它叫海河数据有限公司", "在通州")

    assert state.company == "第二家（海河数据有限公司）"
    for text in ("回到北京云启科技有限公司", "回到云启", "换回第一家"):
        done = turn(state, text).state
        assert done.company == "第一家（北京云启科技有限公司）"
        assert done.profile == after(*FIRST).profile
        assert turn(done, "换到海河数据").state.profile.values["region"] == "通州区"


def test_many_companies_are_all_called_differently() -> None:
    state = after(*FIRST)
    for place in ("通州", "海淀", "朝阳", "丰台", "大兴", "昌平", "顺义", "怀柔", "平谷", "密云"):
        state = turn(turn(state, "换一家公司").state, f"在{place}").state

    names = [state.company, *(company.name for company in state.companies)]
    assert len(names) == len(set(names))
    assert state.company == "第11家"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("通州有家子公司，不过要问的是注册在朝阳的总公司", "总公司有北京市专精特新"), ("朝阳区", "specialized")),
        (("申报主体是子公司，子公司在亦庄，母公司在上海", "子公司没有专精特新，母公司是小巨人"), ("经开区", "none")),
        (("以母公司名义申报，母公司注册在海淀", "母公司没有专精特新"), ("海淀区", "none")),
        (("问的不是总公司，是子公司。子公司在丰台", "子公司是国家级小巨人"), ("丰台区", "little_giant")),
        (("问的是总公司，在朝阳", "子公司是国家级小巨人"), ("朝阳区", None)),
        (("我们在海淀，申报主体是总公司吗", "总公司是国家级小巨人"), ("海淀区", None)),
        (("我问的是总公司还是子公司有区别吗", "总公司在海淀"), (None, None)),
    ],
)  # fmt: skip
def test_the_company_asked_about_is_the_one_that_counts(
    texts: tuple[str, ...], expected: tuple[str | None, str | None]
) -> None:
    values = after(*texts).profile.values

    assert (values.get("region"), values.get("specialized_tier")) == expected
