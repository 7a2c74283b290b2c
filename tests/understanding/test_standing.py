"""A title that is only applied for is not held; what was done once is no first time, however it is told."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read, read_answer
from bot.understanding.standing import is_under_review

TODAY = date(2026, 11, 21)


def _answered(name: str, text: str, lexicon: Lexicon) -> object:
    answer = read_answer(text, lexicon.questions[name], lexicon, TODAY)
    return answer.value if answer.outcome is Outcome.VALUE else answer.outcome


@pytest.mark.parametrize(
    "text",
    ["市级的表刚寄出去，等着公示", "小巨人今年才申，专家没评完", "市级的件交了俩月没动静", "创新型自评刚填好"],
)
def test_a_step_that_is_only_applied_for_is_not_recorded(text: str, lexicon: Lexicon) -> None:
    facts = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).facts

    assert _answered("specialized_tier", text, lexicon) is Outcome.ASK
    assert not [fact for fact in facts if fact.attribute == "specialized_tier"]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("创新型到手，市级的材料刚交", "innovative"),
        ("小巨人去年报了没中，市级的牌子还挂着", "specialized"),
        ("一个名号都没混上", "none"),
        ("我们连创新型都不是", "none"),
        ("牌匾一块没有", "none"),
    ],
)
def test_the_step_that_is_held_is_told_from_those_that_are_not(text: str, step: str, lexicon: Lexicon) -> None:
    assert _answered("specialized_tier", text, lexicon) == step


@pytest.mark.parametrize("text", ["今年头回申，评委还在打分", "申报书八月递的，公示没走完", "复审的件报上去了"])
def test_high_tech_that_is_under_review_is_neither_yes_nor_no(text: str, lexicon: Lexicon) -> None:
    assert _answered("high_tech", text, lexicon) is Outcome.ASK


@pytest.mark.parametrize(
    ("name", "text", "is_first"),
    [
        ("first_registration", "21年在南方某所办下的证", False),
        ("first_trade", "卖给过三家银行", False),
        ("first_open", "前年往门户上放过两套", False),
        ("first_trade", "头单，今早刚盖的章", True),
        ("first_open", "同行找我们要过，一份都没给", True),
        ("first_trade", "谁家没卖过呀，我们月月卖", False),
        ("first_trade", "正在谈，快签了", True),
        ("first_open", "等审核完了再放", True),
        ("first_open", "集团放过我们没放", True),
        ("first_registration", "见都没见过，更别提办了", True),
    ],
)
def test_first_times_are_told_in_many_ways(name: str, text: str, is_first: bool, lexicon: Lexicon) -> None:  # noqa: FBT001
    assert _answered(name, text, lexicon) is is_first


@pytest.mark.parametrize("text", ["卖过设备", "卖过两套软件"])
def test_a_sale_of_something_else_is_no_trade_of_data(text: str, lexicon: Lexicon) -> None:
    assert _answered("first_trade", text, lexicon) is Outcome.ASK


def test_only_what_is_under_review_sounds_like_it(lexicon: Lexicon) -> None:
    assert is_under_review("材料递上去了", lexicon)
    assert not is_under_review("市级的证拿到了", lexicon)
    assert not is_under_review("没有", lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "想成为小巨人", "要成为小巨人企业", "想评上小巨人", "希望明年能评上小巨人", "力争早日成为国家级小巨人",
        "争取当上小巨人", "准备冲小巨人", "打算以后升级成小巨人", "梦想评上专精特新小巨人", "计划明年评上小巨人",
    ],
)  # fmt: skip
def test_a_step_that_is_wished_for_is_not_recorded(text: str, lexicon: Lexicon) -> None:
    facts = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).facts

    assert not [fact for fact in facts if fact.attribute == "specialized_tier"]


@pytest.mark.parametrize(
    "text", ["我们评上小巨人了", "我们要说的是小巨人", "想问下我们是小巨人能拿多少", "不想当小巨人也当上了"]
)
def test_a_step_beside_a_wish_for_something_else_is_held(text: str, lexicon: Lexicon) -> None:
    facts = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).facts

    assert {fact.value for fact in facts if fact.attribute == "specialized_tier"} == {"little_giant"}


@pytest.mark.parametrize(
    "text",
    [
        "证在，但还没变更证书",
        "是高新，改了名，证书上还是老名字",
        "有，就是公司改名了证没变更",
        "有证，名称变更还在办",
        "证在的，更名手续没走完",
        "是，证上还是原来的公司名",
        "有，证书名字没来得及改",
        "证书有效，只是还没变更",
        "拿了，公司更名了证书没换",
    ],
)
def test_a_title_is_held_though_the_certificate_has_the_former_name(text: str, lexicon: Lexicon) -> None:
    assert _answered("high_tech", text, lexicon) is True


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("high_tech", "还没变更", Outcome.ASK),
        ("high_tech", "证书还没换名字", Outcome.ASK),
        ("high_tech", "证在办", Outcome.ASK),
        ("high_tech", "更名没报备，被取消了", False),
        ("high_tech", "变更名称的时候资格取消了", False),
        ("high_tech", "没换证，过期了", False),
        ("high_tech", "没有证，刚改的名", False),
        ("data_equity_registered", "工商还没变更", False),
    ],
)
def test_a_name_that_is_not_changed_yet_tells_nothing_by_itself(
    name: str, text: str, expected: object, lexicon: Lexicon
) -> None:
    assert _answered(name, text, lexicon) is expected
