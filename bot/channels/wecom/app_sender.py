"""Makes the calls of the self-built app: within each member's budget, and with every failure acted on."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import structlog

from bot.channels.wecom.api import RATE_SECONDS, Answer, ApiError, WecomApi, to_outcome
from bot.channels.wecom.error_codes import NO_CALLBACK_ADDRESS, UNTRUSTED_ADDRESS, Kind
from bot.channels.wecom.newest_card import SentCard, name_of, read_newest, write_newest
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Allowance, Board, Parcel, StoreUnavailable

LATE = 15.0
"""A call may reach the platform so many seconds after it was counted here, and those around it at once."""
ALLOWANCES: Sequence[Allowance] = (Allowance(30, 60.0 + LATE), Allowance(1000, 3600.0 + LATE))
"""What is beyond them the platform drops without a word."""
CARDS: Sequence[Allowance] = (Allowance(12, 60.0),)
"""Who answers faster than this gets texts alone, which have the options as well, rather than having to wait."""
SEND, UPDATE = "/cgi-bin/message/send", "/cgi-bin/message/update_template_card"
SPREAD = 10
"""After a quiet minute what waits begins again within so many seconds, not all of it at once."""
PASSED_OVER = "这一问已过"

_LOUD = frozenset({Kind.CONFIG, Kind.BUG, Kind.PERMANENT, Kind.STALE})
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
        body = json.loads(parcel.content)
        try:
            if "template_card" in body and await self._spend("cards", parcel.lane, CARDS):
                return Sent()
            if wait := await self._spend("budget", parcel.lane, ALLOWANCES):
                return PutOff("budget", wait)
            if "template_card" in body:
                return await self._send_card(parcel, body)
            return self._check(await self._api.call(SEND, parcel.content))
        except ApiError as error:
            return self._outcome(error, is_again="template_card" in body and attempt > 0)
        except StoreUnavailable:
            return PutOff("store")

    def _outcome(self, error: ApiError, *, is_again: bool) -> Outcome:
        if is_again and error.kind is Kind.BUG:
            return Sent()  # the task id is taken by the same card: it was sent, and only the answer was lost
        tell(error, self._metrics)
        if error.kind is Kind.RATE:
            self._quiet_until = self._clock() + RATE_SECONDS
        # what follows must not wait for a card that can't come: the text before it has the same options
        return Refused("no callback address") if error.code == NO_CALLBACK_ADDRESS else to_outcome(error)

    async def _spend(self, budget: str, member: str, allowances: Sequence[Allowance]) -> float:
        return await self._board.spend(f"wecom-{budget}:{name_of(member)}", allowances)

    async def _send_card(self, parcel: Parcel, body: Mapping[str, object]) -> Outcome:
        """Send it, as the newest before anybody can click it, and close the one before if nobody has clicked that."""
        member, task_id = parcel.lane, str(_part(body, "template_card").get("task_id", ""))
        before = await read_newest(self._board, member)
        await write_newest(self._board, member, SentCard(task_id))
        answer = await self._api.call(SEND, parcel.content)
        await write_newest(self._board, member, SentCard(task_id, str(answer.get("response_code") or "")))
        if before is not None and before.code and before.task_id != task_id:
            await self._close(before, body)
        return self._check(answer)

    async def _close(self, card: SentCard, body: Mapping[str, object]) -> None:
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

    def _check(self, answer: Answer) -> Outcome:
        """A call that is answered with 0 may still have reached nobody."""
        for field in ("invaliduser", "unlicenseduser"):
            if answer.get(field):
                _log.error("wecom_member_not_reached", why=field)
                self._metrics.count_error("wecom_receiver")
                self._metrics.count_platform_error("wecom", Kind.RECEIVER.value)
                return Refused(field)
        return Sent()


def tell(error: ApiError, metrics: Metrics) -> None:
    """Count what went wrong, and log what an operator has to look at (docs/guides/wecom-errors.zh-CN.md)."""
    metrics.count_error(f"wecom_{error.kind.value}")
    metrics.count_platform_error("wecom", error.kind.value)
    if error.kind in _LOUD:
        event = "wecom_untrusted_address" if error.code == UNTRUSTED_ADDRESS else f"wecom_{error.kind.value}"
        _log.error(event, code=error.code, path=error.path)


def _part(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = body.get(name)
    return part if isinstance(part, dict) else {}
