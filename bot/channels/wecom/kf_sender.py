"""Sends to customers of 微信客服, within what the platform allows; what may not be sent yet is kept for later."""

from dataclasses import dataclass
from typing import assert_never

from bot.channels.wecom.api import ApiError, tell, to_outcome
from bot.channels.wecom.kf_budget import MOST_MESSAGES, KfBudget
from bot.channels.wecom.kf_delivery import Delivery, KfDelivery
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_handing import KfHanding
from bot.channels.wecom.kf_keeping import Kept, KfKeeping, batches_of
from bot.channels.wecom.kf_notes import Held
from bot.channels.wecom.kf_parcels import (
    DOOR,
    Customer,
    Errand,
    Forget,
    Greeting,
    HandOver,
    Keep,
    Message,
    OnEvent,
    Resume,
    UnreadableParcel,
    read_parcel,
)
from bot.channels.wecom.kf_pieces import REPLY_MESSAGES, Piece, with_more
from bot.channels.wecom.limits import TEXT_BYTES
from bot.dialog.acts import Notice
from bot.outbox import Outcome, PutOff, Refused, Sent
from bot.sessions.base import Parcel, StoreUnavailable

CHANGES = 6
"""So often a session is given time to change, a minute or two in all."""


@dataclass(frozen=True, slots=True)
class _Job:
    """The parcel whose errand is run, and how often it was tried before."""

    id: str
    customer: Customer
    attempt: int


class KfSender:
    """Runs one errand after the other; of one customer never two at the same time."""

    def __init__(self, ground: KfGround, servicer: str = "") -> None:
        self._ground = ground
        self._service = ground.service
        self._budget = KfBudget(ground)
        self._keeping = KfKeeping(ground)
        self._delivery = KfDelivery(ground)
        self._handing = KfHanding(ground, servicer)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Run the errand; raises nothing."""
        try:
            customer, errand = read_parcel(parcel.content)
            return await self._run(_Job(parcel.id, customer, attempt), errand)
        except UnreadableParcel as error:
            return Refused(f"unreadable: {error}")
        except ApiError as error:
            tell(error, self._ground.metrics, DOOR)
            return to_outcome(error)
        except StoreUnavailable:
            return PutOff("the store can't be used")

    async def _run(self, job: _Job, errand: Errand) -> Outcome:
        match errand:
            case Message():
                return _settled(await self._send_reply(job, errand), job)
            case Greeting():
                return _settled(await self._send_greeting(job, errand), job)
            case OnEvent(text=text, code=code, until=until):
                if self._ground.now < until:
                    await self._delivery.send_by_code(code, job.id, Piece(text))
            case HandOver():
                await self._handing.hand_over(job.id, job.customer)
            case Keep(text=text):
                await self._keeping.keep(job.customer, Kept(job.id, job.id, is_fresh=True), Message(Piece(text)))
            case Forget():
                await self._keeping.forget(job.customer)
            case Resume():
                return _settled(await self._send_kept(job.customer, await self._keeping.waiting(job.customer)), job)
            case _ as unreachable:
                assert_never(unreachable)
        return Sent()

    async def _send_reply(self, job: _Job, message: Message) -> Delivery:
        """Send it behind what is kept, if there is room; the last one for which there is says that more is to come."""
        if await self._service.is_known_person(job.customer):
            return Delivery.PERSON
        made, name = await self._send_kept(job.customer, await self._keeping.unseen(job.customer), message), job.id
        if made is Delivery.SENT:
            made = await self._send_one(job.id, job.customer, message)
            if made is Delivery.REFUSED and not job.attempt:
                name = f"{job.id}:later"  # surely not sent, and the platform may take the refused id for used
        if made in {Delivery.NOT_NOW, Delivery.REFUSED}:
            await self._keeping.keep(job.customer, Kept(job.id, name, is_fresh=not job.attempt), message)
            await self._announce(job, message)
        return made

    async def _send_kept(self, customer: Customer, kept: tuple[Held, ...], after: Message | None = None) -> Delivery:
        """Send what is kept, in order, until something of it can't be; `after` is what waits behind it."""
        more = len(f"\n\n{self._ground.words(Notice.MORE_TO_COME)}".encode())
        batches = batches_of(kept, TEXT_BYTES - more)
        for place, batch in enumerate(batches, 1):
            left = len(batches) - place + (1 + after.left if after else 0)
            if not await self._budget.has_room(customer, batch.name, REPLY_MESSAGES):
                return Delivery.NOT_NOW
            await self._keeping.seal(customer, batch)
            made = await self._send_one(batch.name, customer, Message(batch.piece, left=left))
            if made is not Delivery.SENT:
                return made
            await self._keeping.remove(customer, batch.ids)
        return Delivery.SENT

    async def _send_one(self, name: str, customer: Customer, message: Message) -> Delivery:
        most = MOST_MESSAGES if message.is_extra else REPLY_MESSAGES
        room = await self._budget.take(customer, name, most)
        if not room:
            return Delivery.NOT_NOW
        piece = self._announced(message.piece) if room == 1 and message.left else message.piece
        made = await self._delivery.send(customer, name, piece)
        if made is Delivery.SENT:
            await self._budget.confirm(customer, name)
        elif made is Delivery.REFUSED:
            await self._budget.exhaust(customer)
        return made

    async def _announce(self, job: _Job, message: Message) -> None:
        """Say with the fifth message that there is more, where nothing else did."""
        if message.index == 0:
            said = Message(Piece(self._ground.words(Notice.MORE_TO_COME)), is_extra=True)
            await self._send_one(f"{job.id}:more", job.customer, said)

    async def _send_greeting(self, job: _Job, greeting: Greeting) -> Delivery:
        """Send it by its code, and once that is not taken, as any other message; the platform knows both by one id."""
        message = greeting.message
        piece = self._announced(message.piece) if message.left else message.piece
        if self._ground.now < greeting.until and await self._delivery.send_by_code(greeting.code, job.id, piece):
            return Delivery.SENT
        return await self._send_reply(job, message)

    def _announced(self, piece: Piece) -> Piece:
        return with_more(piece, self._ground.words(Notice.MORE_TO_COME))


def _settled(made: Delivery, job: _Job) -> Outcome:
    """The errand is done, whatever came of it, unless the platform is about to know more."""
    if made is not Delivery.CHANGING:
        return Sent()
    if job.attempt >= CHANGES:
        return Refused("95018, though nobody else serves: is the account answered by the app first?")
    return PutOff("the session is changing")
