"""A date that belongs to the question before: 2024年, and then 好像是6月; 不清楚, and then 去年8月."""

import re
from dataclasses import replace
from datetime import date

from bot.dialog.asking import question_of
from bot.dialog.flows import Guide
from bot.dialog.state import State
from bot.dialog.tracking import last_answered
from bot.policy.attributes import DateSpan
from bot.understanding.dates import find_dates
from bot.understanding.meaning import Understanding
from bot.understanding.questions import AnswerType
from bot.understanding.text import normalize

_MONTH = re.compile(
    r"(?:好像|应该|大概|可能|估计|具体|准确地?说|就|是|在|那年|当年|的)*"
    r"(?P<month>(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:[\d十一二三四五六七八九]{1,3}[号日])?)"
    r"(?:左右|吧|的|那会儿?|前后|那时候?|[。! ])*"
)
_ASIDE = re.compile(r"(?:好像|应该|大概|可能|估计|具体|准确地?说|想起来了?|哦|就|是|在|那|的|吧|左右|前后|[,。! ])*")


def in_its_year(state: State, text: str, guide: Guide) -> str:
    """The text with the year that was told just before; any other text, and where a day is asked for, as it is."""
    asked = question_of(state.pending, guide)
    if asked is not None and asked.type is AnswerType.DATE:
        return text
    known = state.profile.values.get(last_answered(state))
    found = _MONTH.fullmatch(normalize(text))
    if found is None or not isinstance(known, DateSpan) or known.first is None or known.last is None:
        return text
    is_year = known.first.year == known.last.year
    return f"{known.first.year}年{found['month']}" if is_year else text


def without_late_date(meaning: Understanding, state: State, guide: Guide, today: date) -> Understanding:
    """The meaning; a mere date answers nothing else where the question before asked for a day: it is of that."""
    asked = question_of(state.pending, guide)
    if asked is None or asked.type is AnswerType.DATE or not _is_mere_date(meaning.text, today):
        return meaning
    before = (guide.lexicon.questions.get(name) for name in _asked_before(state))
    is_late = any(question is not None and question.type is AnswerType.DATE for question in before)
    return replace(meaning, facts=(), unknown=(), answer=None) if is_late else meaning


def _asked_before(state: State) -> tuple[str, str]:
    """The question of the turn before, and the one that was answered last."""
    last = state.steps[-1].pending if state.steps else None
    return "" if last is None else last.attribute, last_answered(state)


def _is_mere_date(text: str, today: date) -> bool:
    plain = normalize(text)
    found = find_dates(plain, today)
    return len(found) == 1 and _ASIDE.fullmatch(plain[: found[0].start] + plain[found[0].end :]) is not None
