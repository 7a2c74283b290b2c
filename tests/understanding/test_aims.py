"""What a text is for: questions without the form of one are told from what is told."""

from datetime import date

import pytest

from bot.understanding.aims import chance_of_asking, sounds_asked
from bot.understanding.lexicon import Lexicon
from bot.understanding.reading import read
from bot.understanding.told_beside import answer_beside, tells_place, told_beside

TODAY = date(2026, 7, 15)


@pytest.mark.parametrize("text", ["孵化器补贴 通州", "亦庄 语料库 支持", "帮我写封感谢信", "数据出境 奖励 五十万那条"])
def test_what_is_looked_up_is_asked(text: str, lexicon: Lexicon) -> None:
    assert chance_of_asking(text, lexicon) > 0.5


@pytest.mark.parametrize("text", ["注册在通州", "亦庄，小巨人", "去年登过了", "保费二十万", "没有失信", "做减速器的"])
def test_what_is_told_is_not_asked(text: str, lexicon: Lexicon) -> None:
    assert chance_of_asking(text, lexicon) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "朝阳区，建了个体验馆，投资两千万，进了市级重点库",
        "经开区注册，国家专项资金六百万，区里认定了",
        "科技保险保费付了二十六万",
        "首登记的奖励到手六万",
    ],
)
def test_a_statement_full_of_policy_words_is_not_asked(text: str, lexicon: Lexicon) -> None:
    assert not sounds_asked(read(text, None, lexicon, TODAY), None, lexicon)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("通州的，小巨人，能领多少", "通州的，小巨人"),
        ("通州的券能领多少", ""),
        ("我们小巨人能领多少", "我们小巨人"),
        ("把数据放出来，亦庄给多少", ""),
        ("做机器人的，头回贷款，给补吗", "做机器人的，头回贷款"),
        ("设施那笔钱谁审 亦庄的", ""),
        ("不是高新，能报吗", "不是高新"),
    ],
)
def test_only_what_is_told_of_us_is_left_of_a_question(text: str, told: str, lexicon: Lexicon) -> None:
    assert "，".join(told_beside(text, lexicon)) == told


@pytest.mark.parametrize(
    ("said", "is_ours"),
    [("我们在通州", True), ("通州的", True), ("注册在亦庄", True), ("通州给多少", False), ("在亦庄建了个平台", False)],
)
def test_a_place_is_ours_by_what_is_said_around_it(said: str, is_ours: bool, lexicon: Lexicon) -> None:  # noqa: FBT001
    assert tells_place(said, lexicon) is is_ours


def test_a_bare_answer_stands_before_a_question(lexicon: Lexicon) -> None:
    assert answer_beside("没有，能领多少", lexicon.questions["high_tech"], lexicon) == "没有"
    assert answer_beside("数据券能领多少", lexicon.questions["high_tech"], lexicon) == ""


def test_what_is_left_out_has_no_sum(lexicon: Lexicon) -> None:
    assert {f.attribute for f in read("总共投了1800万不含土建", None, lexicon, TODAY).facts} <= {"facility_investment"}
