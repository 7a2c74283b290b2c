"""How many messages a customer may still get."""

from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import SESSION_SECONDS
from bot.channels.wecom.kf_parcels import Customer

MOST_MESSAGES = 5
"""So many the platform takes after each message of the customer."""


class KfBudget:
    """Counts what is sent; only the sender of a customer's lane changes it, one parcel at a time."""

    def __init__(self, ground: KfGround) -> None:
        self._ground = ground
        self._notes = ground.notes

    async def take(self, customer: Customer, parcel_id: str, most: int) -> int:
        """How many of `most` may still be sent, this parcel, which is counted, included; 0: it may not be.

        What went out in the very second in which the customer wrote counts, though it may have been before. Where too
        little is counted, the platform says so, and the message is kept like the others.
        A parcel that is tried again was counted before, and may: its first attempt may have reached the customer.
        """
        if (sent := await self._sent_since(customer)) is None:
            return 0
        others = len(sent.keys() - {parcel_id})
        if parcel_id not in sent and others >= most:
            return 0
        await self._notes.write_sent(customer, {**sent, parcel_id: self._ground.now})
        return max(1, most - others)

    async def has_room(self, customer: Customer, parcel_id: str, most: int) -> bool:
        """Whether it may be sent."""
        sent = await self._sent_since(customer)
        return sent is not None and (parcel_id in sent or len(sent) < most)

    async def _sent_since(self, customer: Customer) -> dict[str, float] | None:
        """What was sent since the customer wrote; None where that is too long ago."""
        heard = await self._notes.heard(customer)
        if not heard or self._ground.now - heard >= SESSION_SECONDS:
            return None
        return {name: at for name, at in (await self._notes.sent(customer)).items() if at >= heard}

    async def confirm(self, customer: Customer, parcel_id: str) -> None:
        """It was taken just now: where the call was slow, the customer may have written since it began."""
        sent, now = await self._notes.sent(customer), self._ground.now
        if now - sent.get(parcel_id, 0.0) >= 1:
            await self._notes.write_sent(customer, {**sent, parcel_id: now})

    async def exhaust(self, customer: Customer) -> None:
        """The platform takes no more until the customer writes again."""
        now = self._ground.now
        await self._notes.write_sent(customer, {f"none:{number}": now for number in range(MOST_MESSAGES)})
