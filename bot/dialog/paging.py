"""Leafing back in the result that was shown: the page before, the first, or one by its number."""

import re

from bot.dialog.commands import show_result
from bot.dialog.moves import Moment, Move
from bot.dialog.state import State
from bot.search.characters import normalised
from bot.understanding.numerals import parse_numeral

_LEAD, _TAIL = (
    r"(?:请|再|我|想|要|看看?|翻|回|到|往|返|给我|去|一下|那|能|麻烦)*",
    r"(?:去|看看?|吧|呢|了|啊|一下|的|内容)*[。!?~]*",
)
_BEFORE = re.compile(rf"{_LEAD}(?:[上前]一?[页屏]|前翻|回翻){_TAIL}")
_PAGE = re.compile(rf"{_LEAD}(?:首页|最前面|第([0-9]{{1,2}}|[一二两三四五六七八九十]{{1,2}})[页屏]){_TAIL}")


def turn_page(state: State, moment: Moment) -> Move | None:
    """The page of the result that the text wants; None without a result, or when it wants none."""
    if not state.shown or (page := _page_meant(normalised(moment.meaning.text).strip(), state)) is None:
        return None
    return show_result(state, Moment(moment.meaning, moment.guide, state.shown_on or moment.on), page=page)


def _page_meant(plain: str, state: State) -> int | None:
    if _BEFORE.fullmatch(plain):
        return max(1, state.page - 1)
    found = _PAGE.fullmatch(plain)
    return None if found is None else max(1, int(parse_numeral(found[1]) or 1) if found[1] else 1)
