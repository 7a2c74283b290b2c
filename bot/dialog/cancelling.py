"""Never mind (算了, 取消) in the middle of a question: which of the ways to go on is meant is asked."""

import re

from bot.dialog.commands import decline
from bot.dialog.moves import Moment, Move
from bot.dialog.offers import GO_ON, LEAVE, RESULTS, SKIP, offer_ways
from bot.dialog.state import PendingKind, State
from bot.search.characters import normalised

LONGEST = 24
_STAYS = re.compile(
    r"(?:那|还是|就)*(?:不改了?|不用改了?|别改了?|(?:还是|就|照|按)原来的?|保持原样|没变|不变|算了|取消)(?:吧|了|啦)?[。!]*"
)
_NEVER_MIND = re.compile(
    r"(?:那|还是|哎|唉|我|这题|这个|就|先)*"
    r"(?:算了|取消|作罢|罢了|不弄了|不搞了|不填了|不答了|不想弄了|不玩了|没意思|太麻烦了?|好麻烦|麻烦死了|太多了|问题太多了?|懒得弄了?|停|停止|打住|放弃)"
    r"(?:算了|吧|了|啦|不弄了|不填了|不答了|先|不想填了|不想答了|[,。!~ ])*"
)


def _is_changed(state: State) -> bool:
    """Whether the open question is put anew for an answer that is known."""
    pending = state.pending
    return pending is not None and pending.kind is PendingKind.QUESTION and pending.attribute in state.profile.values


def cancel(state: State, moment: Moment) -> Move | None:
    """Ask what is wanted instead of the question that is open; None when the text is no mere “never mind”."""
    plain = normalised(moment.meaning.text).strip()
    if _STAYS.fullmatch(plain) and _is_changed(state):
        return decline(state, moment.guide)
    if len(plain) > LONGEST or not _NEVER_MIND.fullmatch(plain):
        return None
    ways = (SKIP, RESULTS, GO_ON, LEAVE) if state.pending is not None else (RESULTS, LEAVE)
    return offer_ways(state, *ways, is_cancelled=True)
