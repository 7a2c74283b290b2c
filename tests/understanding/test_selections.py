"""What an answer to a list of things says of each."""

import pytest

from bot.understanding.questions import Choice
from bot.understanding.selections import Selection, read_selection
from bot.understanding.text import normalize

OPTIONS = (
    Choice("platform", "建设公共平台"),
    Choice("factory", "建设“机器人生产机器人”标杆工厂", ("无人工厂",)),
    Choice("trial", "创新产品首次试用"),
    Choice("loan", "企业的首次贷款"),
    Choice("none", "都没有"),
    Choice("unknown", "不清楚"),
)
NAMES = tuple(option.value for option in OPTIONS[:4])


def read(text: str) -> Selection | None:
    """The selection of a text as it is written."""
    return read_selection(normalize(text), OPTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "只有2",
        "就第二个",
        "只选2吧",
        "标杆工厂有，其他没有",
        "都没有，就建了标杆工厂",
        "只有无人工厂",
        "除了2其他都没有",
        "除了2都没有",
    ],
)
def test_the_only_one_leaves_nothing_else(text: str) -> None:
    assert read(text) == Selection(("factory",), is_closed=True)


@pytest.mark.parametrize("text", ["都有", "全都有", "全部都做了", "个个都有"])
def test_all_of_them(text: str) -> None:
    assert read(text) == Selection(NAMES)


@pytest.mark.parametrize("text", ["除了2都有", "除了第2个，其他都有", "第二个没有，其他的都有", "除标杆工厂以外都有"])
def test_all_but_one(text: str) -> None:
    assert read(text) == Selection(("platform", "trial", "loan"), ("factory",))


@pytest.mark.parametrize("text", ["1有，3没有", "有1，没有3", "公共平台有，首次试用没有"])
def test_one_held_and_one_denied_leave_the_rest_open(text: str) -> None:
    assert read(text) == Selection(("platform",), ("trial",))


@pytest.mark.parametrize("text", ["1和3，还有2000万投资", "第1、3个都有", "1到1和3"])
def test_numbers_beside_a_sum_or_a_verb(text: str) -> None:
    assert read(text) == Selection(("platform", "trial"))


def test_the_first_few() -> None:
    assert read("前三个") == Selection(("platform", "factory", "trial"))


def test_a_correction_drops_what_was_said_before() -> None:
    assert read("1，不对，是2") == Selection(("factory",))


@pytest.mark.parametrize("text", ["2，还没落地", "2000万", "首次", "99", "1、6", "最后一个", "我们再看看", "除了9都有"])
def test_what_may_mean_something_else_is_no_selection(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["标杆工厂没弄，公共平台建好了", "公共平台早就办完了 标杆工厂尚未申报", "公共平台有，标杆工厂还在谈"]
)
def test_a_thing_not_yet_done_is_denied(text: str) -> None:
    assert read(text) == Selection(("platform",), ("factory",))
