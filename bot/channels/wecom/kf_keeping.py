"""What could not be sent to a customer of 微信客服, kept in order until the customer writes again."""

from collections.abc import Sequence

import structlog

from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import Held
from bot.channels.wecom.kf_parcels import Customer, Message

MOST_HELD = 40

_log = structlog.get_logger(__name__)


class KfKeeping:
    """Only the sender of a customer's lane changes it, one parcel at a time."""

    def __init__(self, ground: KfGround) -> None:
        self._notes = ground.notes

    async def keep(self, customer: Customer, parcel_id: str, message: Message, name: str) -> None:
        """Keep the message, behind those that are kept already, to be sent under this name.

        A message that may have been sent already goes by the same name again, which the platform takes once.
        """
        held = await self._notes.held(customer)
        if parcel_id in {one.id for one in held}:
            return
        if len(held) >= MOST_HELD:
            _log.warning("wecom_kf_held_too_much")
        heard = await self._notes.heard(customer)
        new = Held(parcel_id, name, message.piece, message.index == 0, heard)
        await self._notes.write_held(customer, (*held, new)[-MOST_HELD:])

    async def waiting(self, customer: Customer) -> tuple[Held, ...]:
        """All that is kept, in order."""
        return await self._notes.held(customer)

    async def unseen(self, customer: Customer) -> tuple[Held, ...]:
        """What is said ahead of the next reply: all but the rest of one whose beginning was seen, with the word that
        there is more, before the customer wrote something else. That rest is removed."""
        held, heard = await self._notes.held(customer), await self._notes.heard(customer)
        kept = _without_passed(held, heard)
        if kept != held:
            await self._notes.write_held(customer, kept)
        return kept

    async def forget(self, customer: Customer) -> None:
        """Keep nothing."""
        await self._notes.write_held(customer, ())

    async def remove(self, customer: Customer, held_id: str) -> None:
        """It was sent."""
        held = await self._notes.held(customer)
        await self._notes.write_held(customer, tuple(one for one in held if one.id != held_id))


def _without_passed(held: Sequence[Held], heard: float) -> tuple[Held, ...]:
    unseen = {one.reply for one in held if one.is_first}
    return tuple(one for one in held if one.reply in unseen or one.heard >= heard)
