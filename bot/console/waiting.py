"""The pages of those who wait for a person."""

import structlog
from aiohttp import web

from bot.console.cookies import PATH
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.views import Frame, HandOffsView, HandOffView
from bot.hand_overs import read_hand_over

HERE = f"{PATH}/handoffs"
NUMBER = "number"
_DONE = {"closed": "这份记录办完，已经删除。", "gone": "这份记录已经不在了：也许别的同事刚办过，或用户自己删了。"}

_log = structlog.get_logger(__name__)


class Waiting:
    """The pages 转人工."""

    def __init__(self, ground: Ground, pages: Pages) -> None:
        self._ground = ground
        self._store = ground.store
        self._pages = pages

    async def show(self, visit: Visit) -> web.Response:
        """Who waits, the oldest first."""
        guide = self._ground.content.bundle.guide
        waiting = tuple(read_hand_over(one, guide) for one in await self._store.hand_offs())
        view = HandOffsView(waiting, _DONE.get(visit.request.query.get("done", ""), ""))
        return self._pages.show(view, _frame(visit, "转人工"))

    async def show_one(self, visit: Visit) -> web.Response:
        """All that was handed over under a number."""
        number, guide = visit.request.match_info[NUMBER], self._ground.content.bundle.guide
        found = [one for one in await self._store.hand_offs() if one.number == number]
        if not found:
            raise web.HTTPSeeOther(f"{HERE}?done=gone")
        records = tuple(read_hand_over(one, guide) for one in found)
        view = HandOffView(number, records, self._ground.retention_days)
        return self._pages.show(view, _frame(visit, f"记录 {number}"))

    async def close(self, visit: Visit) -> web.Response:
        """Somebody has gone on with it: what was handed over is removed."""
        is_closed = await self._store.close_hand_off(visit.request.match_info[NUMBER])
        _log.info("console_hand_off_closed", was_there=is_closed)
        raise web.HTTPSeeOther(f"{HERE}?done={'closed' if is_closed else 'gone'}")


def _frame(visit: Visit, title: str) -> Frame:
    return Frame(title, "handoffs", visit.token)
