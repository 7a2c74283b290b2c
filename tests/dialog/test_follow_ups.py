"""What is told beside the open question: after a side question, late, as a sign, or as a sum without a name."""

import pytest

from bot.dialog.repair_acts import AskWhatNothing, AskWhatSum
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn

ASIDE = ("亦庄，小巨人", "那科技保险呢")


@pytest.mark.parametrize(
    ("texts", "value"), [(("买了", "12万3"), 123000), (("买了 12万3",), 123000), (("12.3万",), 123000)]
)
def test_what_is_told_of_the_thing_just_asked_about_is_taken_for_it(texts: tuple[str, ...], value: int) -> None:
    state = after(*ASIDE, *texts)

    assert state.profile.values["insurance_premium"] == value
    assert "first_registration" not in state.profile.values
    assert state.pending is not None
    assert state.pending.attribute == "first_registration"


def test_that_it_was_bought_asks_for_how_much() -> None:
    done = turn(after(*ASIDE), "买了").state

    assert done.pending is not None
    assert done.pending.attribute == "insurance_premium"


def test_an_answer_to_the_open_question_is_not_taken_for_the_side_question() -> None:
    assert turn(after(*ASIDE), "没登记过").state.profile.values["first_registration"] is True


def test_an_answer_that_comes_a_turn_late_is_taken() -> None:
    state = after("亦庄", "有", "有", "有")
    assert "specialized_tier" in state.declined

    done = turn(state, "市里的").state

    assert done.profile.values["specialized_tier"] == "specialized"
    assert done.pending == state.pending


@pytest.mark.parametrize(("text", "value"), [("👍", True), ("✅", True), ("👌👌", True), ("❌", False), ("1️⃣", True)])
def test_a_sign_is_an_answer(text: str, value: bool) -> None:  # noqa: FBT001
    assert turn(after("亦庄，小巨人"), text).state.profile.values["first_registration"] is value


@pytest.mark.parametrize("text", ["看看", "你看看", "看看呗", "那看看吧"], ids=str)
def test_a_mere_look_shows_the_result(text: str) -> None:
    assert "截至" in read_out(turn(after("亦庄，小巨人，保费26万"), text))


def test_a_sum_without_a_name_is_asked_about() -> None:
    asked = turn(after("你好"), "亦庄，第一次登记，花了7.4万")

    assert any(isinstance(act, AskWhatSum) for act in asked.acts)
    assert "7.4万" in read_out(asked)
    assert turn(asked.state, "1").state.profile.values["registration_fee"] == 74000
    assert "registration_fee" not in turn(asked.state, "2").state.profile.values


@pytest.mark.parametrize(
    "text", ["亦庄，小巨人，保费26万", "亦庄，小巨人，注册资本500万", "1", "去年登记了3次"], ids=str
)
def test_figures_that_are_placed_or_no_sums_are_not_asked_about(text: str) -> None:
    assert not any(isinstance(act, AskWhatSum) for act in turn(after("亦庄，小巨人"), text).acts)


@pytest.mark.parametrize(
    "text", ["亦庄，小巨人，保费20万，三年前罚过一次", "亦庄，小巨人，2021年被罚过5000块"], ids=str
)
def test_a_penalty_told_in_passing_is_asked_about_at_once(text: str) -> None:
    done = turn(after("你好"), text).state

    assert done.profile.values["specialized_tier"] == "little_giant"
    assert done.pending is not None
    assert done.pending.attribute == "last_major_penalty"


@pytest.mark.parametrize(
    "text", ["注册地经开，小巨人，四个都是首次", "亦庄，小巨人，都是首次", "亦庄，四样都是第一次"], ids=str
)
def test_all_firsts_told_beside_other_things_are_taken(text: str) -> None:
    values = turn(after("你好"), text).state.profile.values

    assert values["region"] == "经开区"
    assert all(values[f"first_{name}"] is True for name in ("registration", "listing", "trade", "open"))


def test_a_bare_nothing_is_asked_about_once_for_all_firsts() -> None:
    asked = turn(after("亦庄，小巨人"), "没有")

    assert any(isinstance(act, AskWhatNothing) for act in asked.acts)
    assert "这四样都还没做过" in read_out(asked)
    values = turn(asked.state, "3").state.profile.values
    assert all(values[f"first_{name}"] is True for name in ("registration", "listing", "trade", "open"))


def test_once_it_is_clear_what_nothing_means_it_is_not_asked_again() -> None:
    state = after("亦庄，小巨人", "没有", "1", "没有", "没有", "没有")

    assert all(state.profile.values[f"first_{name}"] is True for name in ("registration", "listing", "trade", "open"))


def test_nothing_may_mean_that_it_is_no_first_time() -> None:
    assert turn(after("亦庄，小巨人", "没有"), "2").state.profile.values["first_registration"] is False


@pytest.mark.parametrize("text", ["要准备什么材料", "申报材料有哪些", "需要什么资料"], ids=str)
def test_papers_are_told_about_without_a_name(text: str) -> None:
    assert "申报材料" in read_out(turn(after("亦庄，小巨人"), text))
