"""How many messages a customer may still get, and what is kept for when the customer writes again."""

import structlog

from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import SESSION_SECONDS, Held
from bot.channels.wecom.kf_parcels import Customer, Message

MOST_MESSAGES = 5
"""So many the platform takes after each message of the customer."""
MOST_HELD = 40

_log = structlog.get_logger(__name__)


class KfBudget:
    """Counts what is sent; only the sender of a customer's lane changes it, one parcel at a time."""

    def __init__(self, ground: KfGround) -> None:
        self._ground = ground
        self._notes = ground.notes

    async def take(self, customer: Customer, parcel_id: str, most: int) -> int:
        """How many of `most` may still be sent, this parcel, which is counted, included; 0: it may not be.

        What went out in the very second in which the customer wrote counts, though it may have been before; where the
        clocks differ and too little is counted, the platform says so, and the message is kept like the others.
        A parcel that is tried again was counted before, and may: its first attempt may have reached the customer.
        """
        heard, now = await self._notes.heard(customer), self._ground.now
        if not heard or now - heard >= SESSION_SECONDS:
            return 0
        sent = {name: at for name, at in (await self._notes.sent(customer)).items() if at >= heard}
        others = len(sent.keys() - {parcel_id})
        if parcel_id not in sent and others >= most:
            return 0
        await self._notes.write_sent(customer, {**sent, parcel_id: now})
        return max(1, most - others)

    async def hold(self, customer: Customer, parcel_id: str, message: Message) -> None:
        """Keep the message until the customer writes."""
        gone = (await self._notes.taken(customer)).gone
        held = [one for one in await self._notes.held(customer) if one.id not in gone]
        if parcel_id not in {one.id for one in held}:
            held.append(Held(parcel_id, message.piece, is_first=message.index == 0))
        if len(held) > MOST_HELD:
            _log.error("wecom_kf_held_too_much")
        await self._notes.write_held(customer, tuple(held[-MOST_HELD:]))
