"""A company that is turned to by a word for it: it counts as the own one, and nothing of the one before stays."""

import pytest

from tests.dialog.talks import after


def _known(*texts: str) -> dict[str, object]:
    return dict(after(*texts).profile.values)


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("先看总公司，在西城，是高新", {"region": "西城区", "high_tech": True}),
        ("替子公司咨询，子公司注册在怀柔", {"region": "怀柔区"}),
        ("两个都要查，先算集团，集团注册在丰台", {"region": "丰台区"}),
        ("给旗下的分公司问一下，分公司在顺义，不是高新", {"region": "顺义区", "high_tech": False}),
        ("第一家在亦庄，不是高新", {"region": "经开区", "high_tech": False}),
    ],
)
def test_the_company_that_is_asked_for_counts_as_the_own_one(who: str, told: dict[str, object]) -> None:
    assert _known(who) == told


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ("总公司不看了，改看分公司，前面说的作废", "分公司在房山"),
        ("这家不查了，换子公司，数据别沿用", "子公司在房山"),
        ("一号作罢，改核二号，重新来", "二号注册在房山"),
        ("第一家查完了，从头查第二家", "第二家在房山"),
        ("集团到此为止，接下来算关联公司", "关联公司注册地房山"),
    ],
)
def test_nothing_of_the_company_before_stays_with_the_one_turned_to(turns: str, told: str) -> None:
    assert _known("我们在亦庄，高新", "科技保险36万", turns) == {}
    assert _known("我们在亦庄，高新", "科技保险36万", turns, told) == {"region": "房山区"}


def test_the_company_before_is_kept_unless_it_is_not_to_count() -> None:
    kept = after("先查母公司，在亦庄，高新", "母公司查完了，换子公司")
    dropped = after("先查母公司，在亦庄，高新", "母公司查完了，换子公司，前面的作废")

    assert [company.name for company in kept.companies] == ["第一家（母公司）"]
    assert dropped.companies == ()
    assert dropped.set_aside is not None
    assert dropped.company == kept.company == "第二家（子公司）"


def test_one_turns_back_to_a_company_by_the_word_for_it() -> None:
    talk = ("先查母公司，在亦庄", "母公司查完了，换子公司", "子公司在昌平", "回到母公司")

    assert _known(*talk) == {"region": "经开区"}


def test_what_is_told_of_a_company_kept_aside_is_recorded_there() -> None:
    talk = ("第一家在亦庄", "第一家查完了，接着查第二家", "第二家在大兴", "第一家是高新")

    state = after(*talk)

    assert dict(state.profile.values) == {"region": "经开区", "high_tech": True}
    assert [dict(company.profile.values) for company in state.companies] == [{"region": "大兴区"}]


@pytest.mark.parametrize(
    "text",
    ["如果换子公司来申报，能多拿吗", "我们的子公司在通州", "能不能先看第二条", "母公司查完了", "子公司去年没入表"],
)
def test_a_company_named_in_passing_is_not_turned_to(text: str) -> None:
    before = after("我们在亦庄，高新")

    assert after("我们在亦庄，高新", text).profile == before.profile


def test_the_parent_is_another_company_while_the_subsidiary_is_spoken_of() -> None:
    assert _known("先看子公司，在亦庄", "母公司在朝阳，是高新") == {"region": "经开区"}
    assert _known("先看集团，集团在亦庄，集团旗下子公司在海淀") == {"region": "经开区"}
    assert _known("我们在亦庄，我们公司旗下子公司在海淀") == {"region": "经开区"}
    assert _known("我们在亦庄", "母公司是高新") == {"region": "经开区"}


def test_a_company_without_a_word_for_it_stays_unnamed() -> None:
    assert after("我们在亦庄").company == ""


def test_a_call_that_came_to_nothing_asks_for_no_number() -> None:
    told = _known("人工客服有吗", "热线一直占线。接着来，密云的公司，首次数据资产登记，登记费3万")

    assert told == {"region": "密云区", "first_registration": True, "registration_fee": 30_000}
