"""What is done with what customers of 微信客服 send: a turn, the rest of a long answer, or silence beside a person."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import assert_never

import structlog

from bot.channels.base import Turns
from bot.channels.wecom.kf_clocks import KfClocks
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_items import (
    AgentSpoke,
    Change,
    Entered,
    Item,
    Recalled,
    SendFailed,
    SessionChanged,
    Spoke,
    recalled_in,
)
from bot.channels.wecom.kf_notes import HOUR, SESSION_SECONDS
from bot.channels.wecom.kf_parcels import (
    DOOR,
    Customer,
    Errand,
    Forget,
    Greeting,
    HandOver,
    Keep,
    OnEvent,
    Resume,
    messages_of,
    parcels_of,
)
from bot.channels.wecom.kf_pieces import in_one_piece, pieces_of, read_choice, without_question
from bot.channels.wecom.pages import wants_more
from bot.dialog.acts import Notice
from bot.messages import Form, InboundMessage, Reply
from bot.sessions.base import Parcel
from bot.turns import Pack, TurnFailed

EVENT_SECONDS = 20
"""So long the codes of a welcome and of the end of a session are good."""
GREETED_SECONDS = 12 * HOUR
"""Who was here within this time is not greeted again for opening the chat."""
NOT_DELIVERED = frozenset({0, 4, 5, 6})
"""Reasons of msg_send_fail that pass: not known, over 48 hours, session closed, over five messages."""
BLOCKED_BY_CUSTOMER = 10

_log = structlog.get_logger(__name__)


class KfReception:
    """Takes the items of one customer in order; each may come again, and is then done as if once."""

    def __init__(self, turns: Turns, ground: KfGround) -> None:
        self._turns = turns
        self._ground = ground
        self._notes = ground.notes
        self._service = ground.service
        self.clocks = KfClocks()

    async def receive(self, customer: Customer, items: Sequence[Item], *, is_latest: bool) -> None:
        """Do what the items ask for; `is_latest`: nothing later is known of.

        TurnFailed or StoreUnavailable: not all was done, it is to be tried again.
        """
        if heard := max((one.at for one in items if isinstance(one, Spoke)), default=0):
            await self._notes.write_heard(customer, self.clocks.own(heard))
        recalled, last_end = recalled_in(tuple(items)), _last_end(items)
        for place, item in enumerate(items):
            if item.id not in recalled:
                await self._take(customer, item, is_latest=is_latest and place > last_end)

    async def _take(self, customer: Customer, item: Item, *, is_latest: bool) -> None:
        match item:
            case Spoke():
                if not await self._service.is_by_person(customer, item.at, is_latest=is_latest):
                    await self._hear(customer, item)
            case Entered():
                await self._greet(customer, item)
            case AgentSpoke(at=at):
                if at >= (await self._notes.service(customer)).ended:
                    await self._service.remember_person(customer)
            case SessionChanged():
                await self._follow(customer, item)
            case SendFailed():
                await self._note_failure(customer, item)
            case Recalled():
                pass
            case _ as unreachable:
                assert_never(unreachable)

    async def _hear(self, customer: Customer, spoke: Spoke) -> None:
        if await self._asks_for_rest(customer, spoke):
            await self._post(customer, spoke.id, (Resume(),))
            return
        await self._answer(_inbound(customer, spoke), partial(self._pack, customer, spoke.id))

    async def _asks_for_rest(self, customer: Customer, spoke: Spoke) -> bool:
        """Whether it asks for what could not be sent yet; the same again when it comes again."""
        if spoke.menu_id or spoke.form is not Form.TEXT or not wants_more(spoke.text):
            return False
        if await self._notes.resumed_by(customer) == spoke.id:
            return True
        if not await self._notes.held(customer):
            return False
        await self._notes.write_resumed_by(customer, spoke.id)
        return True

    async def _greet(self, customer: Customer, entered: Entered) -> None:
        """A welcome where one may be sent. One that would come too late is left to the customer's first message."""
        now = self._ground.now
        if entered.welcome_code:
            if now - self.clocks.own(entered.at) < EVENT_SECONDS and not await self._service.is_by_person(
                customer, entered.at, is_latest=True
            ):
                await self._answer(_inbound(customer, entered), partial(self._pack_greeting, customer, entered))
            return
        heard = await self._notes.heard(customer)
        is_open, is_new = now - heard < SESSION_SECONDS, now - heard > GREETED_SECONDS
        if not (is_open and is_new) or await self._notes.has_entered(customer):
            return
        if not await self._service.is_by_person(customer, entered.at, is_latest=True):
            await self._answer(_inbound(customer, entered), partial(self._pack, customer, entered.id))
            await self._notes.write_entered(customer, GREETED_SECONDS)

    async def _follow(self, customer: Customer, changed: SessionChanged) -> None:
        if changed.change is not Change.ENDED:
            await self._service.remember_person(customer)
            return
        if changed.code and await self._service.is_known_person(customer):
            said = OnEvent(
                self._ground.words(Notice.PERSON_DONE), changed.code, self.clocks.own(changed.at) + EVENT_SECONDS
            )
            await self._post(customer, changed.id, (said,))
        await self._service.remember_end(customer, changed.at)

    async def _note_failure(self, customer: Customer, failed: SendFailed) -> None:
        if failed.why == BLOCKED_BY_CUSTOMER:
            _log.info("wecom_kf_not_wanted")
            return
        self._ground.metrics.count_error("wecom_kf_not_delivered")
        _log.error("wecom_kf_not_delivered", fail_type=failed.why)
        if failed.why in NOT_DELIVERED:
            await self._post(customer, failed.id, (Keep(self._ground.words(Notice.NOT_DELIVERED)),))

    async def _answer(self, message: InboundMessage, pack: Pack) -> Reply:
        try:
            return await self._turns.handle(message, pack)
        except TurnFailed as error:
            if error.is_temporary:
                raise
            await self._ground.outbox.post(pack(error.reply))
            return error.reply

    async def _post(self, customer: Customer, cause: str, errands: Sequence[Errand]) -> None:
        await self._ground.outbox.post(parcels_of(cause, customer, errands))

    def _pack(self, customer: Customer, cause: str, reply: Reply) -> tuple[Parcel, ...]:
        told = without_question(reply) if reply.hand_off else reply
        messages = messages_of(pieces_of(told, self._ground.words(Notice.MORE_TO_COME)))
        before = (Forget(),) if reply.forgotten else ()
        after = (HandOver(reply.hand_off),) if reply.hand_off else ()
        return parcels_of(cause, customer, (*before, *messages, *after))

    def _pack_greeting(self, customer: Customer, entered: Entered, reply: Reply) -> tuple[Parcel, ...]:
        messages = messages_of(in_one_piece(reply, self._ground.words(Notice.MORE_TO_COME)))
        greeting = (
            Greeting(one, entered.welcome_code, self.clocks.own(entered.at) + EVENT_SECONDS) for one in messages[:1]
        )
        return parcels_of(entered.id, customer, (*greeting, *messages[1:]))


def _last_end(items: Sequence[Item]) -> int:
    """The place of the last end of a session; -1 when there is none."""
    ends = [n for n, one in enumerate(items) if isinstance(one, SessionChanged) and one.change is Change.ENDED]
    return ends[-1] if ends else -1


def _inbound(customer: Customer, item: Spoke | Entered) -> InboundMessage:
    received = datetime.fromtimestamp(item.at, UTC)
    message = InboundMessage(DOOR, customer.lane, item.id, "", received, form=Form.ENTER)
    if isinstance(item, Entered):
        return message
    clicked = read_choice(item.menu_id, item.text) if item.menu_id else None
    if clicked is None:
        return InboundMessage(DOOR, customer.lane, item.id, item.text, received, form=item.form)
    return InboundMessage(DOOR, customer.lane, item.id, clicked.text, received, question=clicked.question)
