"""Makes the calls of the self-built app: within each member's budget, and with every failure acted on."""

import time
from collections.abc import Callable, Sequence
from zlib import crc32

import structlog

from bot.channels.naming import name_of
from bot.channels.platform_errors import Kind
from bot.channels.trees import EMPTY, Tree, object_at, read_object, string_at
from bot.channels.wecom.api import RATE_SECONDS, ApiError, WecomApi, tell, to_outcome
from bot.channels.wecom.error_codes import NO_CALLBACK_ADDRESS
from bot.channels.wecom.limits import CHAT_BUDGET
from bot.channels.wecom.newest_card import SentCard, read_newest, write_newest
from bot.channels.wecom.packing import DOOR
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Allowance, Board, Parcel, StoreUnavailable

CARDS: Sequence[Allowance] = (Allowance(12, 60.0),)
"""Ours, not the platform's: who answers faster gets texts alone, which have the options too, rather than waiting."""
SEND, UPDATE = "/cgi-bin/message/send", "/cgi-bin/message/update_template_card"
SPREAD = 10
"""After a quiet minute what waits begins again within so many seconds, not all of it at once."""
PASSED_OVER = "这一问已过"

_log = structlog.get_logger(__name__)


class AppSender:
    """Sends parcels of `packing.pack_reply`."""

    def __init__(
        self, api: WecomApi, board: Board, metrics: Metrics, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._api = api
        self._board = board
        self._metrics = metrics
        self._clock = clock
        self._quiet_until = 0.0

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Make the call; `attempt` changes nothing of it, so that the platform knows it again."""
        if (left := self._quiet_until - self._clock()) > 0:
            return PutOff("quiet", left + crc32(parcel.id.encode()) % SPREAD)
        body = read_object(parcel.content) or EMPTY
        is_again = "template_card" in body and attempt > 0
        try:
            return await self._call(parcel.lane, body, is_again=is_again)
        except ApiError as error:
            return self._outcome(error, is_again=is_again)
        except StoreUnavailable:
            return PutOff("store")

    async def _call(self, member: str, body: Tree, *, is_again: bool) -> Outcome:
        is_card = "template_card" in body
        if is_card and await self._spend("cards", member, CARDS):
            return Sent()
        if wait := await self._spend("budget", member, CHAT_BUDGET):
            return PutOff("budget", wait)
        if is_card:
            return await self._send_card(member, body, expected=Kind.BUG if is_again else None)
        return self._check(await self._api.call(SEND, body))

    def _outcome(self, error: ApiError, *, is_again: bool) -> Outcome:
        if is_again and error.kind is Kind.BUG:
            return Sent()  # the task id is taken by the same card: it was sent, and only the answer was lost
        tell(error, self._metrics, DOOR)
        if error.kind is Kind.RATE:
            self._quiet_until = self._clock() + RATE_SECONDS
        # what follows must not wait for a card that can't come: the text before it has the same options
        return Refused("no callback address") if error.code == NO_CALLBACK_ADDRESS else to_outcome(error)

    async def _spend(self, budget: str, member: str, allowances: Sequence[Allowance]) -> float:
        return await self._board.spend(f"wecom-{budget}:{name_of(member)}", allowances)

    async def _send_card(self, member: str, body: Tree, *, expected: Kind | None) -> Outcome:
        """Send it, as the newest before anybody can click it, and close the one before if nobody has clicked that."""
        task_id = string_at(object_at(body, "template_card"), "task_id")
        before = await read_newest(self._board, member)
        await write_newest(self._board, member, SentCard(task_id))
        answer = await self._api.call(SEND, body, expected=expected)
        await write_newest(self._board, member, SentCard(task_id, str(answer.get("response_code") or "")))
        if before is not None and before.code and before.task_id != task_id:
            await self._close(before, body)
        return self._check(answer)

    async def _close(self, card: SentCard, body: Tree) -> None:
        """Take the buttons off a card; if that can't be done, a click on it answers nothing all the same."""
        change = {
            "userids": [body["touser"]],
            "agentid": body["agentid"],
            "response_code": card.code,
            "button": {"replace_name": PASSED_OVER},
        }
        try:
            await self._api.call(UPDATE, change)
        except ApiError as error:
            _log.info("wecom_card_not_closed", code=error.code)

    def _check(self, answer: Tree) -> Outcome:
        """A call that is answered with 0 may still have reached nobody."""
        for field in ("invaliduser", "unlicenseduser"):
            if answer.get(field):
                _log.error("wecom_member_not_reached", why=field)
                self._metrics.count_error("wecom_receiver")
                self._metrics.count_platform_error(DOOR, "message/send", field, Kind.RECEIVER)
                return Refused(field)
        return Sent()
