"""A month that is told after its year: 2024年, and then 好像是6月."""

import re

from bot.dialog.asking import question_of
from bot.dialog.flows import Guide
from bot.dialog.state import State
from bot.dialog.tracking import last_answered
from bot.policy.attributes import DateSpan
from bot.understanding.questions import AnswerType
from bot.understanding.text import normalize

_MONTH = re.compile(
    r"(?:好像|应该|大概|可能|估计|具体|准确地?说|就|是|在|那年|当年|的)*"
    r"(?P<month>(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:[\d十一二三四五六七八九]{1,3}[号日])?)"
    r"(?:左右|吧|的|那会儿?|前后|那时候?|[。! ])*"
)


def in_its_year(state: State, text: str, guide: Guide) -> str:
    """The text with the year that was told just before; any other text, and where a day is asked for, as it is."""
    asked = question_of(state.pending, guide)
    if asked is not None and asked.type is AnswerType.DATE:
        return text
    known = state.profile.values.get(last_answered(state))
    found = _MONTH.fullmatch(normalize(text))
    if found is None or not isinstance(known, DateSpan) or known.first is None or known.last is None:
        return text
    is_year = known.first.year == known.last.year and known.first.month != known.last.month
    return f"{known.first.year}年{found['month']}" if is_year else text
