"""Choices by the year of an event, in free text and as an answer."""

from datetime import date

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read, read_answer

TODAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今年刚升规", "this_year"),
        ("我们去年首次纳入规上", "last_year"),
        ("2025年升规的", "last_year"),
        ("三年前就升规了", "earlier"),
        ("去年没升规，今年升规了", "this_year"),
        ("还没升规", "never"),
    ],
)
def test_the_year_said_with_the_event_is_a_fact(text: str, value: str, lexicon: Lexicon) -> None:
    facts = {fact.attribute: fact.value for fact in read(text, None, lexicon, TODAY).facts}

    assert facts == {"above_scale_since": value}


def test_the_year_between_the_output_and_the_hundred_million_counts(lexicon: Lexicon) -> None:
    facts = {fact.attribute: fact.value for fact in read("产值去年首次过亿", None, lexicon, TODAY).facts}

    assert facts == {"output_first_100m": "last_year"}


def test_a_retort_before_another_matter_is_no_answer(lexicon: Lexicon) -> None:
    answer = read_answer("不对，首贷也没有", lexicon.questions["first_open"], lexicon, TODAY)

    assert answer.outcome is Outcome.ASK


@pytest.mark.parametrize("text", ["今年打算升规", "今年升规奖励多少", "升规了", "去年没升规", "升规不清楚是哪年"])
def test_a_plan_a_question_or_no_year_is_none(text: str, lexicon: Lexicon) -> None:
    assert not read(text, None, lexicon, TODAY).facts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年", "last_year"),
        ("2026年3月", "this_year"),
        ("三年前", "earlier"),
        ("好几年了", "earlier"),
        ("还没呢", "never"),
    ],
)
def test_a_year_alone_answers_when(text: str, value: str, lexicon: Lexicon) -> None:
    answer = read_answer(text, lexicon.questions["above_scale_since"], lexicon, TODAY)

    assert (answer.outcome, answer.value) == (Outcome.VALUE, value)
