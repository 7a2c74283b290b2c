"""Sends to customers of 微信客服, within what the platform allows; what may not be sent yet is kept for later."""

from collections.abc import Mapping
from typing import assert_never

import structlog

from bot.channels.wecom.api import ApiError, to_outcome
from bot.channels.wecom.error_codes import Kind
from bot.channels.wecom.kf_budget import MOST_MESSAGES, KfBudget
from bot.channels.wecom.kf_ground import PASSING, KfGround
from bot.channels.wecom.kf_handing import KfHanding
from bot.channels.wecom.kf_parcels import (
    Customer,
    Errand,
    Greeting,
    HandOver,
    Keep,
    Message,
    OnEvent,
    UnreadableParcel,
    message_id_of,
    read_parcel,
)
from bot.channels.wecom.kf_pieces import REPLY_MESSAGES, Piece, body_of, with_more
from bot.channels.wecom.kf_service import BY_PERSON, Serving
from bot.dialog.acts import Notice
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Parcel, StoreUnavailable

REPEATED = 95033
OVER_LIMIT = frozenset({95001, 95002})
WRONG_STATE = 95018
SOON = 2.0

_log = structlog.get_logger(__name__)


class KfSender:
    """Runs one errand after the other; of one customer never two at the same time."""

    def __init__(self, ground: KfGround, servicer: str = "") -> None:
        self._ground = ground
        self._service = ground.service
        self._budget = KfBudget(ground)
        self._handing = KfHanding(ground, servicer)

    async def send(self, parcel: Parcel, _attempt: int) -> Outcome:
        """Run the errand; raises nothing."""
        try:
            customer, errand = read_parcel(parcel.content)
            return await self._run(parcel.id, customer, errand)
        except UnreadableParcel as error:
            return Refused(f"unreadable: {error}")
        except ApiError as error:
            return self._judge(error)
        except StoreUnavailable:
            return PutOff("the store can't be used")

    async def _run(self, parcel_id: str, customer: Customer, errand: Errand) -> Outcome:
        match errand:
            case Message():
                return await self._send_reply(parcel_id, customer, errand)
            case Greeting():
                return await self._send_greeting(parcel_id, customer, errand)
            case OnEvent():
                return await self._send_courtesy(parcel_id, errand)
            case HandOver():
                await self._handing.hand_over(parcel_id, customer, errand)
                return Sent()
            case Keep(text=text):
                await self._budget.hold(customer, parcel_id, Message(Piece(text)))
                return Sent()
            case _ as unreachable:
                assert_never(unreachable)

    async def _send_reply(self, parcel_id: str, customer: Customer, message: Message) -> Outcome:
        """Send it if there is room; the last one for which there is says that more is to come."""
        if await self._service.is_known_person(customer):
            return self._leave_to_person()
        most = MOST_MESSAGES if message.is_extra else REPLY_MESSAGES
        room = await self._budget.take(customer, parcel_id, most)
        if not room:
            return await self._hold(parcel_id, customer, message)
        piece = self._announced(message.piece) if room == 1 and message.left else message.piece
        return await self._deliver(parcel_id, customer, message, piece)

    async def _deliver(self, parcel_id: str, customer: Customer, message: Message, piece: Piece) -> Outcome:
        whom = {"touser": customer.id, "open_kfid": customer.account}
        try:
            await self._call("/cgi-bin/kf/send_msg", parcel_id, {**whom, **body_of(piece)})
        except ApiError as error:
            if error.code in OVER_LIMIT:
                await self._budget.hold(customer, parcel_id, message)
                return Sent()
            if error.code != WRONG_STATE:
                raise
            return await self._yield_to(parcel_id, customer, message)
        return Sent()

    async def _yield_to(self, parcel_id: str, customer: Customer, message: Message) -> Outcome:
        """The platform lets the bot not write: a person does, who has the customer's message, or the session ended."""
        state = await self._service.state(customer)
        if state in BY_PERSON:
            await self._service.remember_person(customer)
            return self._leave_to_person()
        if state is Serving.ENDED:
            await self._budget.hold(customer, parcel_id, message)
            return Sent()
        return PutOff("the session is changing", SOON)

    @staticmethod
    def _leave_to_person() -> Outcome:
        """A person has taken over since the customer wrote, and has what the customer wrote."""
        _log.info("wecom_kf_left_to_person")
        return Sent()

    async def _hold(self, parcel_id: str, customer: Customer, message: Message) -> Outcome:
        """Keep it for the customer's next message, and say so with the fifth message where nothing else did."""
        await self._budget.hold(customer, parcel_id, message)
        announcing = f"{parcel_id}:more"
        if message.index == 0 and await self._budget.take(customer, announcing, MOST_MESSAGES):
            whom = {"touser": customer.id, "open_kfid": customer.account}
            said = body_of(Piece(self._ground.words(Notice.MORE_TO_COME)))
            await self._try("/cgi-bin/kf/send_msg", announcing, {**whom, **said})
        return Sent()

    async def _send_greeting(self, parcel_id: str, customer: Customer, greeting: Greeting) -> Outcome:
        """Send it by its code, and once that is not taken, as any other message; the platform knows both by one id."""
        message = greeting.message
        piece = self._announced(message.piece) if message.left else message.piece
        if self._ground.now < greeting.until and await self._try_on_event(parcel_id, greeting.code, piece):
            return Sent()
        return await self._send_reply(parcel_id, customer, message)

    async def _send_courtesy(self, parcel_id: str, said: OnEvent) -> Outcome:
        if self._ground.now < said.until:
            await self._try_on_event(parcel_id, said.code, Piece(said.text))
        return Sent()

    async def _try_on_event(self, parcel_id: str, code: str, piece: Piece) -> bool:
        body = {"code": code, **body_of(piece)}
        return await self._try("/cgi-bin/kf/send_msg_on_event", parcel_id, body)

    async def _try(self, path: str, parcel_id: str, body: Mapping[str, object]) -> bool:
        """Make a call that may be refused for good; whether it was taken. Raises ApiError where it may work later."""
        try:
            await self._call(path, parcel_id, body)
        except ApiError as error:
            if error.kind in PASSING:
                raise
            _log.info("wecom_kf_not_taken", code=error.code)
            return False
        return True

    async def _call(self, path: str, parcel_id: str, body: Mapping[str, object]) -> None:
        """Make the call; one that the platform has had already is as good as made."""
        try:
            await self._ground.api.call(path, {**body, "msgid": message_id_of(parcel_id)})
        except ApiError as error:
            if error.code != REPEATED:
                raise

    def _announced(self, piece: Piece) -> Piece:
        return with_more(piece, self._ground.words(Notice.MORE_TO_COME))

    def _judge(self, error: ApiError) -> Outcome:
        """What becomes of a parcel whose call failed; the operator hears of what does not pass by itself."""
        outcome = to_outcome(error)
        if error.kind not in {Kind.RETRY, Kind.RATE}:
            self._alert(error)
        return outcome

    def _alert(self, error: ApiError) -> None:
        self._ground.metrics.count_error("wecom_kf_call")
        _log.error("wecom_kf_call_failed", code=error.code, kind=error.kind.value)
