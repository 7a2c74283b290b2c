"""Messages taken apart into what they ask."""

import pytest

from bot.dialog.asked import asks_of_policy, read_asked
from bot.dialog.bare_names import is_bare_name, is_name_of_policy
from bot.search.words import Shape
from tests.content_fixture import shipped_bundle

AMOUNT, CONTACT, TIME, WHO, TERM, LOOKUP = (
    Shape.AMOUNT,
    Shape.CONTACT,
    Shape.TIME,
    Shape.WHO,
    Shape.TERM,
    Shape.LOOKUP,
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("数据券补多少", [("数据券补多少", (AMOUNT,))], id="one"),
        pytest.param("数据券补多少，找谁？", [("数据券补多少", (AMOUNT, CONTACT))], id="two things of one"),
        pytest.param(
            "亦庄数据券多少？首登记呢？",
            [("亦庄数据券多少", (AMOUNT,)), ("亦庄首登记呢", (AMOUNT,))],
            id="the same of another, at the same place",
        ),
        pytest.param("买数据和买保险都能补吗", [("买数据", (WHO,)), ("买保险都能补吗", (WHO,))], id="two subjects"),
        pytest.param("语料库和数据集给多少", [("语料库和数据集给多少", (AMOUNT,))], id="two words for one article"),
        pytest.param("亦庄有数据券吗，到期没", [("亦庄有数据券吗", (LOOKUP, TIME))], id="whether, and until when"),
        pytest.param("揭榜挂帅是什么，通州给多少", [("通州揭榜挂帅是什么", (TERM, AMOUNT))], id="a place that follows"),
    ],
)
def test_what_a_message_asks(text: str, asked: list[tuple[str, tuple[Shape, ...]]]) -> None:
    assert [(each.text, each.shapes) for each in read_asked(text, shipped_bundle().guide)] == asked


@pytest.mark.parametrize("text", ["要什么条件", "那通州呢", "找谁问"], ids=str)
def test_a_question_without_a_subject(text: str) -> None:
    (asked,) = read_asked(text, shipped_bundle().guide)

    assert not asked.has_subject


@pytest.mark.parametrize(
    ("text", "is_about_one"),
    [
        ("贴息能拿多少", True),
        ("机器人标杆工厂我们能拿多少", True),
        ("我们一共能拿多少", False),
        ("能拿多少", False),
        ("数据券加科技保险一共能拿多少", False),
        ("帮我转人工问数据券", False),
    ],
    ids=str,
)
def test_a_question_about_one_policy_is_not_one_about_the_result(text: str, *, is_about_one: bool) -> None:
    assert asks_of_policy(text, shipped_bundle().guide) is is_about_one


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("亦庄数据券", True),
        ("通州的科技保险", True),
        ("广州的数据入表奖励", True),
        ("亦庄", False),
        ("亦庄，小巨人", False),
        ("我们在亦庄做数据标注", False),
    ],
    ids=str,
)
def test_a_place_with_the_name_of_a_policy_is_no_place_of_registration(text: str, *, is_name: bool) -> None:
    assert is_name_of_policy(text, shipped_bundle().guide) is is_name


@pytest.mark.parametrize(("text", "is_name"), [("沙盒", True), ("台湖", False), ("沙河", False)], ids=str)
def test_a_name_to_look_up_is_told_from_a_place(text: str, *, is_name: bool) -> None:
    assert is_bare_name(text, shipped_bundle().guide) is is_name
