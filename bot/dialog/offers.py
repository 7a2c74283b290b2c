"""Ways to go on that are offered by number, beside the question that is open: what was chosen, and what it does."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialog.acts import Notice, Tell
from bot.dialog.asking import picked, worded
from bot.dialog.commands import decline, restart, show_result
from bot.dialog.handing_off import hand_off
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.repair_acts import OfferWays
from bot.dialog.state import Offer, OfferKind, State
from bot.understanding.numerals import parse_numeral
from bot.understanding.questions import Choice

AGAIN = Choice("again", "再看一遍刚才的问题", ("再看一遍", "再说一遍", "没看清"))
SKIP = Choice("skip", "跳过这一问", ("跳过", "不答", "不填了"))
RESULTS = Choice("results", "看目前的结果", ("结果", "看结果"))
HUMAN = Choice("human", "转人工", ("人工", "找人"))
RESTART = Choice("restart", "从头再来", ("从头来", "从头", "重来", "重新开始", "重新来"))
GO_ON = Choice("go_on", "接着来", ("接着", "继续", "接着问", "继续吧", "接着吧"))
LEAVE = Choice("leave", "先到这里", ("不弄了", "不问了", "先这样", "算了", "取消", "不用了", "退出"))
WAYS: Mapping[str, Choice] = {way.value: way for way in (AGAIN, SKIP, RESULTS, HUMAN, RESTART, GO_ON, LEAVE)}
_POINTED = re.compile(r"(?:我?[选要]|就)?第?([1-9一二两三四五六七八九])(?:个|项|条|种)?(?:吧|的)?")
_MEANT_HERE = (OfferKind.UNCLEAR, OfferKind.CANCEL, OfferKind.RETURN)


def chosen(text: str, choices: tuple[Choice, ...]) -> str | None:
    """The way that a text chooses by its number, label or words; None when by none of them."""
    if (found := picked(text, choices) or worded(text, choices)) is not None:
        return found
    pointed = _POINTED.fullmatch(text.strip().strip("。.!！ "))
    at = int(parse_numeral(pointed[1]) or 0) if pointed else 0
    return choices[at - 1].value if 0 < at <= len(choices) else None


def take_way(state: State, moment: Moment) -> Move | None:
    """Go the way that was chosen of those offered; None when the text chooses none."""
    offer = state.offer
    if offer is None or offer.kind not in _MEANT_HERE:
        return None
    way = chosen(moment.meaning.text, tuple(WAYS[option] for option in offer.options if option in WAYS))
    if way is None:
        return None
    state = replace(state, offer=None, misses=0)
    return _GOING[way](state, moment)


def offer_ways(state: State, *ways: Choice, is_cancelled: bool = False) -> Move:
    """The ways to go on, put by number, and nothing besides."""
    kind = OfferKind.CANCEL if is_cancelled else OfferKind.UNCLEAR
    offered = replace(state, offer=Offer(kind, tuple(way.value for way in ways)))
    return Move(offered, (OfferWays(is_cancelled, ways),), Then.STOP)


def _again(state: State, _: Moment) -> Move:
    return Move(state, (), Then.NEXT if state.pending is None else Then.ASK)


def _skip(state: State, moment: Moment) -> Move:
    return decline(state, moment.guide)


def _restart(state: State, _: Moment) -> Move:
    return Move(restart(state), (Tell(Notice.RESTARTED),))


def _leave(state: State, _: Moment) -> Move:
    return Move(state, (Tell(Notice.BYE),), Then.STOP)


_GOING: Mapping[str, Callable[[State, Moment], Move]] = {
    AGAIN.value: _again,
    SKIP.value: _skip,
    RESULTS.value: show_result,
    HUMAN.value: hand_off,
    RESTART.value: _restart,
    GO_ON.value: _again,
    LEAVE.value: _leave,
}
