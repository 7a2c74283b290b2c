"""Leafing in the result that was shown: to the page before, the first, one by its number, or on (就这些？)."""

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

_FEW = r"这?么?[些点少几](?:点|些|样|[项个条种])?儿?"
_SO_MANY = r"[一二两三四五六七八九十0-9]{1,2}(?:样|[项个条种])"
_DOUBT = re.compile(
    r"(?:那|难道|真的?|所以|一共|总共|到底|你|是不是|会不会|应该|我觉得|[,。])*"
    rf"(?:(?:怎么|咋|就|才|只有?|仅仅?)+{_FEW}|(?:怎么|咋)(?:就|才|只有?)*{_SO_MANY}|(?:就|才|只有?)+{_SO_MANY}(?=.*[吗么?])"
    rf"|(?:太|也太|这么|好)少|不[止只](?:{_FEW}|这?{_SO_MANY})"
    r"|(?:没|没有|再没有?)(?:别的|其他的?|其它的?|更多的?|了)了?(?=[啊呀了]*[吗么?])"
    r"|(?:有没有|有)?(?:漏|遗漏|少算|漏算|漏看|看漏|算漏)(?:了|掉|下)?(?:没有?|没|什么|啥|的|几[项个条])*)"
    r"(?:钱|政策|补贴|奖励|东西|啊|呀|了|吗|么|嘛|吧|呢|[。!?~])*"
)
"""Whether that is all: 怎么才两项, 就这些？, 没别的了吗."""


def turn_page(state: State, moment: Moment) -> Move | None:
    """The page of the result that the text wants; None without a result, or when it wants none."""
    if not state.shown or (page := _page_meant(normalised(moment.meaning.text).strip(), state)) is None:
        return None
    return show_result(state, Moment(moment.meaning, moment.guide, state.shown_on or moment.on), page=page)


def _page_meant(plain: str, state: State) -> int | None:
    if _BEFORE.fullmatch(plain):
        return max(1, state.page - 1)
    if _DOUBT.fullmatch(plain):
        return state.page + 1
    found = _PAGE.fullmatch(plain)
    return None if found is None else max(1, int(parse_numeral(found[1]) or 1) if found[1] else 1)
