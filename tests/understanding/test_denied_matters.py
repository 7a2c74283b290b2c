"""What a text denies by name is denied of that, and answers no other question."""

from datetime import date

import pytest

from bot.understanding.reading import read
from tests.content_fixture import shipped_bundle

TODAY = date(2026, 7, 15)
FIRSTS = ("first_registration", "first_listing", "first_trade", "first_open")


def _facts(text: str, asked: str) -> dict[str, object]:
    lexicon = shipped_bundle().guide.lexicon
    meaning = read(text, lexicon.questions[asked], lexicon, TODAY)
    return {fact.attribute: fact.value for fact in meaning.facts}


@pytest.mark.parametrize("text", ["没出海", "没做质押", "没参评审", "没去参展", "没改造过机房", "没挂牌"], ids=str)
@pytest.mark.parametrize("asked", FIRSTS)
def test_the_denial_of_another_matter_is_no_first_time(text: str, asked: str) -> None:
    assert asked not in _facts(text, asked)


@pytest.mark.parametrize("asked", [name for name in FIRSTS if name != "first_open"])
def test_nothing_opened_says_nothing_of_the_other_firsts(asked: str) -> None:
    assert asked not in _facts("没开呢", asked)


@pytest.mark.parametrize("asked", [name for name in FIRSTS if name != "first_trade"])
def test_nothing_bought_says_nothing_of_what_is_not_traded(asked: str) -> None:
    assert asked not in _facts("没买", asked)


@pytest.mark.parametrize("text", ["没折腾过", "没整", "一直没动", "没这业务", "还没顾上"], ids=str)
@pytest.mark.parametrize("asked", FIRSTS)
def test_a_denial_without_a_name_still_answers(text: str, asked: str) -> None:
    assert _facts(text, asked) == {asked: True}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们公司没有数据出境", "first_cross_border"),
        ("数据出境的业务咱们目前没有", "first_cross_border"),
        ("数据出境？不沾", "first_cross_border"),
        ("压根不出境", "first_cross_border"),
        ("沙盒这块没搞", "sandbox_first_entry"),
    ],
)
def test_what_there_is_nothing_of_is_still_to_come_for_the_first_time(text: str, name: str) -> None:
    assert _facts(text, "specialized_tier") == {name: True}


@pytest.mark.parametrize("text", ["数据出境有的", "数据出境没有评估", "通过沙盒没有", "没有数据出境的补贴吗"], ids=str)
def test_what_is_not_denied_as_a_whole_is_left_open(text: str) -> None:
    assert not _facts(text, "specialized_tier")


@pytest.mark.parametrize(
    ("text", "asked"),
    [("莫得登过", "first_registration"), ("木卖过", "first_trade"), ("冒得入过表", "first_listing")],
)
def test_have_not_in_dialect_is_a_denial(text: str, asked: str) -> None:
    assert _facts(text, asked)[asked] is True


@pytest.mark.parametrize("text", ["质押没有", "没去参展", "论坛没有", "没出海", "沙盒试验没有"], ids=str)
@pytest.mark.parametrize("asked", ["specialized_tier", "high_tech"])
def test_the_denial_of_another_matter_denies_no_title(text: str, asked: str) -> None:
    assert asked not in _facts(text, asked)


def test_several_firsts_are_denied_by_their_bare_verbs() -> None:
    facts = _facts("没登 没入 没卖 没开放", "first_registration")

    assert facts == dict.fromkeys(FIRSTS, True)


def test_verbs_alone_deny_nothing() -> None:
    assert not _facts("卖", "first_trade").keys() - {"first_trade"}
    assert "first_open" not in _facts("开", "first_registration")
