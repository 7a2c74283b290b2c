"""Levels of the 专精特新 ladder, and those of other things; words of it that are misspelt."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read

TODAY = date(2026, 11, 21)
OF_OTHER_THINGS = (
    "四月份在亦庄主办过一场省部级的国内论坛",
    "办过国家级峰会",
    "拿过国家级奖项",
    "国家级典型案例入选了",
    "工信部的单项冠军",
    "工信部认定的制造业单项冠军",
    "国家级绿色工厂",
    "工信部智能制造示范工厂",
    "市级的示范项目",
    "市里的活动办过一回",
    "国家级展会参加过",
    "市级瞪羚",
    "国家级知识产权优势企业",
)
STEPS = {
    "国家级的": "little_giant", "工信部那个": "little_giant", "国家级，复核刚过": "little_giant",
    "国家级称号": "little_giant", "工信部颁的证书": "little_giant", "国家那种": "little_giant",
    "市里发的牌子": "specialized", "市级的去年刚批": "specialized", "市级拿到了": "specialized",
    "北京市级，23年拿的": "specialized", "北京市评的那种": "specialized", "北京市那张证": "specialized",
    "没有国家那种，有市里那种": "specialized", "市里发的砖精特新": "specialized", "北京市砖经特新": "specialized",
    "没有砖精特新": "none", "有北京市专精特新，国高新去年到期没续上": "specialized",
}  # fmt: skip


@pytest.mark.parametrize("text", OF_OTHER_THINGS)
def test_a_level_of_another_thing_is_no_step(text: str, lexicon: Lexicon) -> None:
    assert _outcome(text, lexicon) is Outcome.ASK


@pytest.mark.parametrize("text", ["不是国家那种", "想评国家那种", "我们是转精特新", "有转精特新"])
def test_a_step_that_is_not_told_is_asked(text: str, lexicon: Lexicon) -> None:
    assert _outcome(text, lexicon) is Outcome.ASK


@pytest.mark.parametrize(("text", "step"), STEPS.items())
def test_a_level_alone_is_a_step(text: str, step: str, lexicon: Lexicon) -> None:
    answer = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).answer
    assert answer is not None
    assert answer.value == step


def _outcome(text: str, lexicon: Lexicon) -> Outcome | None:
    answer = read(text, lexicon.questions["specialized_tier"], lexicon, TODAY).answer
    return None if answer is None else answer.outcome
