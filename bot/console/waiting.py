"""The pages of those who wait for a person."""

from collections.abc import Sequence

import structlog
from aiohttp import web

from bot.console.cookies import PATH
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.tickets import Seal
from bot.console.views import Frame, HandOffsView, HandOffView
from bot.hand_overs import read_hand_over
from bot.sessions.base import StoredHandOff

HERE = f"{PATH}/handoffs"
REF = "ref"
_DONE = {"closed": "这份记录办完，已经删除。", "gone": "这份记录已经不在了：也许别的同事刚办过，或用户自己删了。"}

_log = structlog.get_logger(__name__)


class Waiting:
    """The pages 转人工."""

    def __init__(self, ground: Ground, pages: Pages, seal: Seal) -> None:
        self._ground = ground
        self._store = ground.store
        self._pages = pages
        self._seal = seal

    async def show(self, visit: Visit) -> web.Response:
        """Who waits, the oldest first."""
        guide = self._ground.content.bundle.guide
        kept = await self._store.hand_offs()
        waiting = tuple((self._seal.ref_of(one.number), read_hand_over(one, guide)) for one in kept)
        view = HandOffsView(waiting, _DONE.get(visit.request.query.get("done", ""), ""))
        return self._pages.show(view, _frame(visit, "转人工"))

    async def show_one(self, visit: Visit) -> web.Response:
        """All that was handed over under a number."""
        ref, guide = visit.request.match_info[REF], self._ground.content.bundle.guide
        if not (found := await self._find(ref)):
            raise web.HTTPSeeOther(f"{HERE}?done=gone")
        records = tuple(read_hand_over(one, guide) for one in found)
        number = found[0].number
        view = HandOffView(ref, number, records, self._ground.retention_days)
        return self._pages.show(view, _frame(visit, f"记录 {number}"))

    async def close(self, visit: Visit) -> web.Response:
        """Somebody has gone on with it: what was handed over is removed."""
        found = await self._find(visit.request.match_info[REF])
        is_closed = bool(found) and await self._store.close_hand_off(found[0].number)
        _log.info("console_hand_off_closed", was_there=is_closed)
        raise web.HTTPSeeOther(f"{HERE}?done={'closed' if is_closed else 'gone'}")

    async def _find(self, ref: str) -> Sequence[StoredHandOff]:
        return [one for one in await self._store.hand_offs() if self._seal.ref_of(one.number) == ref]


def _frame(visit: Visit, title: str) -> Frame:
    return Frame(title, "handoffs", visit.token)
