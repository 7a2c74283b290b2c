"""What was heard: kept before the platform is told that it arrived, then answered by a turn."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from uuid import uuid4

import structlog

from bot.channels.base import Clock, Turns
from bot.channels.dingtalk.packing import name_of, pack, parcel_of
from bot.channels.dingtalk.payloads import Heard
from bot.channels.dingtalk.speaking import Speech, address_of, fields_of
from bot.messages import Form, InboundMessage, Reply
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Sent
from bot.sessions.base import Parcel, Store, StoreUnavailable
from bot.turns import TurnFailed

CHANNEL = "dingtalk"
IN = "dingtalk_in"
ROUNDS = 3
TOLD_SECONDS = 86_400.0
CUT_OFF = (
    "抱歉，贵单位的钉钉调用量用完了，您刚才这句话没有传到我这里；请联系贵单位的钉钉管理员处理，急需咨询请拨打 12345。"
)

_log = structlog.get_logger(__name__)


class Listener:
    """Keeps what was heard, and has it answered."""

    def __init__(self, turns: Turns, store: Store, metrics: Metrics, clock: Clock) -> None:
        self._turns = turns
        self._outbox = store.outbox
        self._board = store.board
        self._metrics = metrics
        self._clock = clock
        self._turnstile = asyncio.Lock()

    async def accept(self, heard: Sequence[Heard]) -> None:
        """Keep the messages; when this returns they survive a crash. Raises StoreUnavailable."""
        if heard:
            await self._outbox.post([self._parcel(one) for one in heard])

    async def answer_now(self, heard: Heard, seconds: float) -> Reply | None:
        """The reply to a message that is kept, if it can be had in time; else it is answered when its parcel is due."""
        try:
            async with asyncio.timeout(seconds):
                return await self._turns.handle(_inbound(heard, self._clock()), lambda reply: pack(heard, reply))
        except (TurnFailed, TimeoutError):
            return None

    async def take(self, parcel: Parcel) -> Outcome:
        """What became of a message: Sent when it was answered, by whichever delivery of it."""
        heard, received = _load(parcel.content)
        if heard.is_cut_off:
            return await self._tell(heard, CUT_OFF, "dingtalk_quota_exhausted")
        try:
            await self._wait_in_line()
            await self._turns.handle(_inbound(heard, received), lambda reply: pack(heard, reply))
        except TurnFailed as error:
            return PutOff("store unavailable") if error.is_temporary else await self._tell(heard, str(error), "")
        return Sent()

    async def _wait_in_line(self) -> None:
        """Let one turn begin at a time: thinking does not pause, so what came meanwhile goes first.

        What slept goes on in the second round of the loop after its time is up.
        """
        async with self._turnstile:
            for _ in range(ROUNDS):
                await asyncio.sleep(0)

    async def _tell(self, heard: Heard, sentence: str, trouble: str) -> Outcome:
        """Say a sentence outside of a conversation, once for each message."""
        if trouble:
            self._metrics.count_error(trouble)
            _log.error(trouble)
        lease, holder = f"dingtalk:told:{name_of(heard)}", uuid4().hex
        try:
            if await self._board.take_lease(lease, holder, TOLD_SECONDS):
                await self._outbox.post([parcel_of(heard, "notice", address_of(heard), Speech(sentence))])
        except StoreUnavailable:
            return PutOff("store unavailable")
        return Sent()

    def _parcel(self, heard: Heard) -> Parcel:
        return Parcel(f"{IN}:{name_of(heard)}", IN, heard.chat, _dump(heard, self._clock()))


def _inbound(heard: Heard, received: datetime) -> InboundMessage:
    return InboundMessage(
        channel=CHANNEL,
        conversation=heard.chat,
        message_id=heard.message_id,
        text=heard.text,
        received=received,
        is_group=heard.is_group,
        question=heard.question,
        private=heard.private,
        form=heard.form,
    )


def _dump(heard: Heard, received: datetime) -> bytes:
    return json.dumps({"heard": fields_of(heard), "received": received.isoformat()}, ensure_ascii=False).encode()


def _load(content: bytes) -> tuple[Heard, datetime]:
    kept = json.loads(content)
    known = {field.name: kept["heard"][field.name] for field in fields(Heard) if field.name in kept["heard"]}
    return Heard(**{**known, "form": Form(known["form"])}), datetime.fromisoformat(kept["received"])
