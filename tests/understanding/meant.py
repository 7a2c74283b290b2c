"""Answers to a question of a kind, and what a person would take from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from bot.understanding.general import general_question
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Outcome
from bot.understanding.reading import read_answer

TODAY = date(2026, 11, 21)
ASK, UNKNOWN = Outcome.ASK, Outcome.UNKNOWN

Answers = Mapping[tuple[str, str], Mapping[str, Any]]
"""By kind and words of the question, what is meant by each answer: a value, days as ISO texts, or an outcome."""


def rows_of(answers: Answers) -> list[ParameterSet]:
    """One row an answer: name and prompt of the question, the answer, what is meant."""
    return [
        pytest.param(name, prompt, text, expected, id=f"{name}-{prompt[:8]}-{text}")
        for (name, prompt), rows in answers.items()
        for text, expected in rows.items()
    ]


def take(name: str, prompt: str, text: str, lexicon: Lexicon) -> object:
    """What is taken from the answer; what lies between two bounds is to be asked."""
    answer = read_answer(text, general_question(name, prompt, lexicon.questions), lexicon, TODAY)
    if answer.outcome is Outcome.VALUE:
        return answer.value.isoformat() if isinstance(answer.value, date) else answer.value
    return ASK if answer.outcome is Outcome.INTERVAL else answer.outcome
