"""Makes the calls of the self-built app: within each member's budget, and with every failure acted on."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import structlog

from bot.channels.wecom.api import Answer, ApiError, WecomApi, to_outcome
from bot.channels.wecom.error_codes import NO_CALLBACK_ADDRESS, UNTRUSTED_ADDRESS, Kind
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Allowance, Board, Parcel, StoreUnavailable

ALLOWANCES: Sequence[Allowance] = (Allowance(30, 60.0), Allowance(1000, 3600.0))
"""What is beyond them the platform drops without a word."""
CARDS: Sequence[Allowance] = (Allowance(12, 60.0),)
"""Who answers faster than this gets texts alone, which have the options as well, rather than having to wait."""
NEWEST_CARD_SECONDS = 7 * 86_400.0
SEND = "/cgi-bin/message/send"

_LOUD = frozenset({Kind.CONFIG, Kind.BUG, Kind.PERMANENT, Kind.STALE})
_log = structlog.get_logger(__name__)


class AppSender:
    """Sends parcels of `packing.pack_reply`."""

    def __init__(self, api: WecomApi, board: Board, metrics: Metrics) -> None:
        self._api = api
        self._board = board
        self._metrics = metrics

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Make the call; `attempt` changes nothing of it, so that the platform knows it again."""
        del attempt
        body = json.loads(parcel.content)
        try:
            if "template_card" in body and await self._spend("cards", parcel.lane, CARDS):
                return Sent()
            if wait := await self._spend("budget", parcel.lane, ALLOWANCES):
                return PutOff("budget", wait)
            await self._remember_card(parcel.lane, body)
            return self._check(await self._api.call(SEND, body))
        except ApiError as error:
            tell(error, self._metrics)
            # what follows must not wait for a card that can't come: the text before it has the same options
            return Refused("no callback address") if error.code == NO_CALLBACK_ADDRESS else to_outcome(error)
        except StoreUnavailable:
            return PutOff("store")

    async def _spend(self, budget: str, member: str, allowances: Sequence[Allowance]) -> float:
        return await self._board.spend(f"wecom-{budget}:{name_of(member)}", allowances)

    async def _remember_card(self, member: str, body: Mapping[str, object]) -> None:
        """Keep which card is the newest, before anybody can click it; a click on an older one answers nothing."""
        card = body.get("template_card")
        if isinstance(card, dict):
            await write_newest_card(self._board, member, str(card.get("task_id", "")))

    def _check(self, answer: Answer) -> Outcome:
        """A call that is answered with 0 may still have reached nobody."""
        for field in ("invaliduser", "unlicenseduser"):
            if answer.get(field):
                _log.error("wecom_member_not_reached", why=field)
                self._metrics.count_error("wecom_receiver")
                return Refused(field)
        return Sent()


def tell(error: ApiError, metrics: Metrics) -> None:
    """Count what went wrong, and log what an operator has to look at (docs/guides/wecom-errors.zh-CN.md)."""
    metrics.count_error(f"wecom_{error.kind.value}")
    if error.kind in _LOUD:
        event = "wecom_untrusted_address" if error.code == UNTRUSTED_ADDRESS else f"wecom_{error.kind.value}"
        _log.error(event, code=error.code, path=error.path)


def name_of(member: str) -> str:
    """A member's name for what all replicas share, from which the id can't be read."""
    return blake2b(member.encode("utf-8", "replace"), digest_size=16).hexdigest()


async def write_newest_card(board: Board, member: str, task_id: str) -> None:
    """Keep which card was sent last."""
    await board.write_note(f"wecom-card:{name_of(member)}", task_id.encode(), NEWEST_CARD_SECONDS)


async def is_newest_card(board: Board, member: str, task_id: str) -> bool:
    """Whether no card was sent after this one, as far as is known."""
    newest = await board.read_note(f"wecom-card:{name_of(member)}")
    return newest is None or newest == task_id.encode("utf-8", "replace")
