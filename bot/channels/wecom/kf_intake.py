"""Reads what has come for 微信客服: account by account, page by page, by one replica at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from uuid import uuid4

import structlog

from bot.channels.platform_errors import Kind
from bot.channels.wecom.api import RATE_SECONDS, ApiError
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_items import Item, Page, read_page
from bot.channels.wecom.kf_notes import Place
from bot.channels.wecom.kf_parcels import Customer
from bot.channels.wecom.kf_reception import KfReception
from bot.errors import SessionError
from bot.outbox import back_off

LEASE_SECONDS = 60.0
PAGE = 200
AT_ONCE = 16
"""So many customers are answered side by side, so that a full page leaves time for the other ways in."""
OLDEST_AT_FIRST = 600
"""An account of which it is not known how far it was read gives three days of messages: those of the last so many
seconds are answered, the older ones passed over, for they may have been answered before."""
OVERLAP = 60
"""Seconds that are read twice where the platform does not know its own cursor any more; nothing is answered twice."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited, in seconds: `routine` between two looks without a notice, for one may be lost, and without
    its token few calls are allowed; `look_again` while another replica reads; at most `longest` after failures.
    Whatever comes meanwhile: up to `calm` after the second failure in a row and those that follow, `blocked` after too
    many calls."""

    routine: float = 180.0
    look_again: float = 1.0
    longest: float = 60.0
    calm: float = 2.0
    blocked: float = RATE_SECONDS


@dataclass(slots=True)
class _Account:
    """An account that this replica reads: the token of its last notice, whether something is known to be there, and
    what wakes its reader."""

    id: str
    token: str = ""
    is_wanted: bool = True
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    failures: int = 0


class KfIntake:
    """Takes notices and reads accounts; what was not done with is read again."""

    def __init__(self, ground: KfGround, reception: KfReception, pace: Pace) -> None:
        self._ground = ground
        self._notes = ground.notes
        self._reception = reception
        self._pace = pace
        self._holder = uuid4().hex
        self._places = asyncio.Semaphore(AT_ONCE)
        self._accounts: dict[str, _Account] = {}
        self._new: asyncio.Queue[_Account] = asyncio.Queue()

    async def notice(self, account: str, token: str) -> None:
        """Something has come for the account; it is read soon."""
        found = self._account(account)
        found.token, found.is_wanted = token, True
        found.bell.set()

    async def run(self) -> None:
        """Read all accounts, at once and after each notice, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._recall_accounts())
            while True:
                group.create_task(self._read_for_ever(await self._new.get()))

    def _account(self, account: str) -> _Account:
        if account not in self._accounts:
            self._accounts[account] = _Account(account)
            self._new.put_nowait(self._accounts[account])
        return self._accounts[account]

    async def _recall_accounts(self) -> None:
        """Read on where any replica has read before."""
        for attempt in count():
            try:
                for account in await self._notes.accounts():
                    self._account(account)
            except SessionError:
                await asyncio.sleep(min(back_off(attempt), self._pace.longest))
            else:
                return

    async def _read_for_ever(self, account: _Account) -> None:
        while True:
            account.bell.clear()
            wait = await self._read_once(account)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await account.bell.wait()

    async def _read_once(self, account: _Account) -> float:
        """Read what there is; the seconds until it is to be read again without a notice."""
        token, is_wanted, account.is_wanted = account.token, account.is_wanted, False
        try:
            is_done = await self._read_in_turn(account.id, token, is_routine=not is_wanted)
        except (ApiError, SessionError) as error:
            account.is_wanted = True
            return await self._judge(account, error, token)
        if not is_done:
            account.is_wanted = account.is_wanted or is_wanted
            return self._pace.look_again
        account.failures = 0
        if account.token == token:
            account.token = ""
        return self._pace.routine

    async def _judge(self, account: _Account, error: ApiError | SessionError, token: str) -> float:
        """The seconds until the next try, with what failed put right where it can be."""
        account.failures += 1
        code = error.code if isinstance(error, ApiError) else 0
        self._ground.metrics.count_error("wecom_kf_not_read")
        if account.failures & (account.failures - 1) == 0:  # 1, 2, 4, 8 …: each notice is a try, and many may come
            tell = _log.warning if account.failures == 1 else _log.error  # a single failure is nothing to look after
            tell("wecom_kf_not_read", error=type(error).__name__, code=code, failures=account.failures)
        if isinstance(error, ApiError) and error.kind in {Kind.BUG, Kind.PERMANENT}:
            await self._begin_anew(account, token)
        if isinstance(error, ApiError) and error.kind is Kind.RATE:
            await asyncio.sleep(self._pace.blocked)
            return 0.0
        await asyncio.sleep(min(account.failures - 1, self._pace.calm))
        return min(back_off(account.failures), self._pace.longest)

    async def _begin_anew(self, account: _Account, token: str) -> None:
        """The platform does not take the token, which may be too old, or if it was without one, the cursor."""
        if token:
            account.token = "" if account.token == token else account.token
            return
        with suppress(SessionError):
            if (place := await self._notes.place(account.id)) is not None and place.cursor:
                since = max(place.since, place.pulled - OVERLAP)
                await self._notes.write_place(account.id, Place(since=since, pulled=place.pulled))

    async def _read_in_turn(self, account: str, token: str, *, is_routine: bool) -> bool:
        """Read all that is new; False when another replica is reading. As a routine not soon after any replica did."""
        lease, board = f"wecom_kf/reading/{account}", self._ground.board
        if not await board.take_lease(lease, self._holder, LEASE_SECONDS):
            return False
        try:
            place, has_more = await self._start(account), True
            if is_routine and self._ground.now - place.pulled < self._pace.routine / 2:
                return True
            await self._remember(account)
            while has_more:
                page = await self._fetch(account, place, token)
                items = [one for one in page.items if one.at >= place.since]
                if not page.has_more:
                    self._reception.clocks.observe(self._ground.now, items)
                await self._receive(account, items, is_latest=not page.has_more)
                place = replace(place, cursor=page.cursor or place.cursor, pulled=int(self._ground.now))
                await self._notes.write_place(account, place)
                has_more = page.has_more
                if has_more and not await board.take_lease(lease, self._holder, LEASE_SECONDS):
                    return False
        finally:
            await board.drop_lease(lease, self._holder)
        return True

    async def _start(self, account: str) -> Place:
        if (place := await self._notes.place(account)) is not None:
            return place
        return Place(since=int(self._ground.now) - OLDEST_AT_FIRST)

    async def _remember(self, account: str) -> None:
        """Let every replica know the account after its next start."""
        known = await self._notes.accounts()
        if account not in known:
            await self._notes.write_accounts((*known, account))

    async def _fetch(self, account: str, place: Place, token: str) -> Page:
        asked = {"open_kfid": account, "limit": PAGE}
        given = {name: value for name, value in (("cursor", place.cursor), ("token", token)) if value}
        page = read_page(await self._ground.api.call("/cgi-bin/kf/sync_msg", {**asked, **given}))
        if page.unread:
            self._ground.metrics.count_error("wecom_kf_item_unreadable")
            _log.error("wecom_kf_item_unreadable", count=page.unread)
        return page

    async def _receive(self, account: str, items: Sequence[Item], *, is_latest: bool) -> None:
        """Let each customer's items be done in order, those of different customers side by side."""
        by_customer: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            by_customer[item.customer].append(item)
        async with asyncio.TaskGroup() as group:
            jobs = [
                group.create_task(self._try(Customer(account, who), them, is_latest=is_latest))
                for who, them in by_customer.items()
            ]
        for error in (job.result() for job in jobs):
            if error is not None:
                raise error

    async def _try(self, customer: Customer, items: Sequence[Item], *, is_latest: bool) -> SessionError | None:
        """Let them be done; what prevented it, so that one customer's trouble does not stop the others'."""
        async with self._places:
            try:
                await self._reception.receive(customer, items, is_latest=is_latest)
            except SessionError as error:
                return error
        return None
