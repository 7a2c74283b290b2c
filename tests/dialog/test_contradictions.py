"""Two statements that can't both hold are asked about; a correction is taken."""

from decimal import Decimal

import pytest

from bot.dialog.machine import Transition
from bot.dialog.repair_acts import AskWhich
from bot.dialog.state import State
from bot.policy.attributes import Value
from tests.dialog.saying import read_out
from tests.dialog.talks import after, turn


def _asks(done: Transition) -> bool:
    return any(isinstance(act, AskWhich) for act in done.acts)


@pytest.mark.parametrize(
    ("before", "text", "name"),
    [
        (("亦庄，小巨人", "科技保险没买"), "保费30万", "insurance_premium"),
        (("亦庄，小巨人，没有买科技保险",), "今年科技保险交了30万", "insurance_premium"),
        (("亦庄，小巨人",), "我们注册在海淀", "region"),
        (("亦庄，小巨人",), "我们没有专精特新", "specialized_tier"),
        (("亦庄，从来没登记过",), "我们去年登记过数据资产了", "first_registration"),
        (("亦庄，小巨人，没有行政处罚",), "2024年11月6日公示过重大行政处罚", "last_major_penalty"),
    ],
    ids=str,
)
def test_a_contradiction_is_asked_about_with_both_readings(before: tuple[str, ...], text: str, name: str) -> None:
    done = turn(after(*before), text)

    asked = next(act for act in done.acts if isinstance(act, AskWhich))
    assert asked.attribute.name == name
    assert asked.now != asked.before
    assert "（这次说的）" in read_out(done)
    assert "（之前说的）" in read_out(done)


@pytest.mark.parametrize(
    ("before", "text", "name", "value"),
    [
        (("亦庄，小巨人，没有买科技保险",), "不对，保费是30万", "insurance_premium", 300000),
        (("亦庄，小巨人，没有买科技保险",), "刚才说错了，科技保险保费30万", "insurance_premium", 300000),
        (("亦庄，小巨人",), "注册地其实是海淀", "region", "海淀区"),
        (("亦庄，小巨人",), "注册地改成通州", "region", "通州区"),
        (("亦庄，小巨人",), "看了下执照，注册在海淀", "region", "海淀区"),
        (("亦庄，小巨人", "注册地改成海淀"), "不对不对，还是亦庄", "region", "经开区"),
        (("亦庄，小巨人", "保费26万"), "保费30万", "insurance_premium", 300000),
        (("亦庄，小巨人", "科技保险没买"), "后来买了科技保险，保费30万", "insurance_premium", 300000),
    ],
    ids=str,
)
def test_a_correction_or_a_restatement_is_taken(before: tuple[str, ...], text: str, name: str, value: Value) -> None:
    done = turn(after(*before), text)

    assert not _asks(done)
    assert done.state.profile.values[name] == value


@pytest.mark.parametrize(
    ("pick", "value"),
    [
        ("1", 300000),
        ("第一个", 300000),
        ("这次说的", 300000),
        ("30万", 300000),
        ("2", 0),
        ("前面那个", 0),
        ("按之前说的", 0),
        ("0 元（之前说的）", 0),
        ("30 万元（这次说的）", 300000),
    ],
    ids=str,
)
def test_the_statement_that_is_chosen_holds_and_the_open_question_comes_back(pick: str, value: int) -> None:
    state = after("亦庄，小巨人", "科技保险没买", "保费30万")

    done = turn(state, pick).state

    assert done.profile.values["insurance_premium"] == Decimal(value)
    assert done.pending is not None
    assert done.pending.attribute == "first_registration"


def test_who_does_not_know_leaves_it_open() -> None:
    done = turn(after("亦庄，小巨人", "注册地在朝阳"), "不清楚").state

    assert "region" not in done.profile.values
    assert "region" in done.declined


def test_a_side_question_brings_the_choice_back() -> None:
    done = turn(after("亦庄，小巨人", "科技保险没买", "保费30万"), "数据券怎么补")

    assert _asks(done)
    assert turn(done.state, "2").state.profile.values["insurance_premium"] == 0


def test_who_goes_on_instead_has_the_last_statement_counted() -> None:
    done = turn(after("亦庄，小巨人", "注册地在朝阳"), "没登记过").state

    assert done.profile.values["region"] == "朝阳区"
    assert done.profile.values["first_registration"] is True


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们注册在亦庄，注册地是海淀", "region"),
        ("我们是小巨人，不过专精特新还没评上", "specialized_tier"),
        ("没买科技保险，保费30万", "insurance_premium"),
    ],
    ids=str,
)
def test_one_message_that_contradicts_itself_is_asked_about(text: str, name: str) -> None:
    done = turn(State(), text)

    asked = next(act for act in done.acts if isinstance(act, AskWhich))
    assert asked.attribute.name == name
    assert turn(done.state, "2").state.profile.values[name] == asked.before
    assert turn(done.state, "1").state.profile.values[name] == asked.now


@pytest.mark.parametrize(
    "text",
    [
        "我们在通州，注册在海淀的",
        "评的是创新型，不对，是北京市专精特新",
        "拿的是市级专精特新，小巨人还没评上",
        "注册在亦庄，分公司在海淀",
        "去年在海淀，今年迁到亦庄了",
        "执照在经开区，办公在朝阳",
        "我们没有买科技保险，只买了财产险，保费30万",
    ],
    ids=str,
)
def test_one_message_that_sets_things_apart_is_not(text: str) -> None:
    assert not _asks(turn(after("你好"), text))


def test_an_answer_to_the_very_question_is_no_contradiction() -> None:
    assert not _asks(turn(after("亦庄，小巨人", "我要改注册地"), "海淀"))


def test_after_a_result_the_chosen_statement_says_what_it_changed() -> None:
    state = after("海淀，小巨人，保费30万", "看结果", "我们注册在亦庄")

    said = read_out(turn(state, "1"))

    assert "海淀区 → 经开区" in said
    assert "0 元 → 18 万元" in said
    assert "这样一来" not in read_out(turn(state, "2"))
