"""The page of messages that were given up: sent again, or dropped once somebody has said so twice."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlencode

import structlog
from aiohttp import web

from bot.console.cookies import PATH
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.paging import is_number, page_of
from bot.console.reasons import reason_of
from bot.console.tickets import Seal
from bot.console.views import DeadLetter, DropView, Frame, UndeliveredView
from bot.console.words import say_door
from bot.hand_overs import say_minute
from bot.sessions.base import StoredParcel

HERE = f"{PATH}/undelivered"
SHOWN_LOSSES = 20
REF, ALL = "ref", "all"
_DONE: Mapping[str, str] = MappingProxyType(
    {
        "retried": "好的，马上再发。发成了，这里就没有它了；还是不行，过一会儿会回到这里。",
        "dropped": "已经放弃，不会再发。",
        "gone": "这条已经不在这里了：也许别的同事刚办过，或者已经发出去了。",
    }
)

_log = structlog.get_logger(__name__)


class Undelivered:
    """The pages 没送到的消息. Only what was given up is touched: what still waits is sent by itself."""

    def __init__(self, ground: Ground, pages: Pages, seal: Seal) -> None:
        self._outbox = ground.store.outbox
        self._pages = pages
        self._seal = seal

    async def show(self, visit: Visit) -> web.Response:
        """A page of the list, the oldest first."""
        parcels = await self._outbox.waiting()
        dead = [one for one in parcels if one.is_dead]
        shown, paging = page_of(dead, visit.request.query.get("page", ""))
        done = _DONE.get(visit.request.query.get("done", ""), "")
        view = UndeliveredView(self._letters(shown), len(dead), len(parcels) - len(dead), paging, done)
        return self._pages.show(view, _frame(visit))

    async def retry(self, visit: Visit) -> web.Response:
        """Let one be sent after all, or all that were given up."""
        chosen = await self._chosen(visit.form)
        retried = sum([await self._outbox.retry(one.parcel.id) for one in chosen])
        _log.info("console_outbox_retried", count=retried)
        raise _back("retried" if retried else "gone", visit.form)

    async def ask(self, visit: Visit) -> web.Response:
        """What would be lost."""
        chosen = await self._chosen(visit.request.query)
        if not chosen:
            raise _back("gone", visit.request.query)
        is_all = ALL in visit.request.query
        view = DropView(self._letters(chosen[:SHOWN_LOSSES]), len(chosen), is_all)
        return self._pages.show(view, _frame(visit))

    async def drop(self, visit: Visit) -> web.Response:
        """Remove one unsent, or all that were given up and shown to be so many."""
        chosen = await self._chosen(visit.form)
        if ALL in visit.form and visit.form[ALL] != str(len(chosen)):
            raise web.HTTPSeeOther(f"{HERE}/drop?{ALL}=1")  # there are others now than somebody said yes to
        dropped = sum([await self._outbox.drop(one.parcel.id) for one in chosen])
        _log.info("console_outbox_dropped", count=dropped)
        raise _back("dropped" if dropped else "gone", visit.form)

    async def _chosen(self, given: Mapping[str, str]) -> Sequence[StoredParcel]:
        dead = [one for one in await self._outbox.waiting() if one.is_dead]
        return dead if ALL in given else [one for one in dead if self._seal.ref_of(one.parcel.id) == given.get(REF)]

    def _letters(self, parcels: Sequence[StoredParcel]) -> tuple[DeadLetter, ...]:
        return tuple(_letter(one, self._seal.ref_of(one.parcel.id)) for one in parcels)


def _frame(visit: Visit) -> Frame:
    return Frame("没送到的消息", "undelivered", visit.token)


def _back(done: str, given: Mapping[str, str]) -> web.HTTPSeeOther:
    page = given.get("page", "")
    where = {"done": done, **({"page": page} if is_number(page) else {})}
    return web.HTTPSeeOther(f"{HERE}?{urlencode(where)}")


def _letter(one: StoredParcel, ref: str) -> DeadLetter:
    parcel, reason = one.parcel, reason_of(one.why)
    return DeadLetter(
        ref=ref,
        id=parcel.id,
        at=say_minute(one.at),
        channel=say_door(parcel.door),
        to=parcel.lane,
        tried=one.attempts,
        reason=reason.says,
        advice=reason.advice,
        code=one.why,
    )
