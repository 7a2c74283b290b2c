"""What could not be sent to a customer of 微信客服, kept in order until the customer writes again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import Held
from bot.channels.wecom.kf_parcels import Customer, Message
from bot.channels.wecom.kf_pieces import Piece

MOST_HELD = 40

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The parcel of a message that is kept, the name under which it will be sent, and whether it surely was not yet.

    A message that may have been sent goes by the same name again, which the platform takes once.
    """

    id: str
    name: str
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent in one message, and the name of that."""

    ids: tuple[str, ...]
    name: str
    piece: Piece


class KfKeeping:
    """Only the sender of a customer's lane changes it, one parcel at a time."""

    def __init__(self, ground: KfGround) -> None:
        self._notes = ground.notes

    async def keep(self, customer: Customer, kept: Kept, message: Message) -> None:
        """Keep the message behind those that are kept already."""
        held = await self._notes.held(customer)
        if kept.id in {one.id for one in held}:
            return
        if len(held) >= MOST_HELD:
            _log.warning("wecom_kf_held_too_much")
        heard = await self._notes.heard(customer)
        new = Held(kept.id, kept.name, message.piece, message.index == 0, heard, kept.is_fresh)
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

    async def seal(self, customer: Customer, batch: Batch) -> None:
        """From now on it is one message of that name: it is about to be tried, and may be sent though it fails."""
        held = await self._notes.held(customer)
        first = next(one for one in held if one.id == batch.ids[0])
        sealed = replace(first, name=batch.name, piece=batch.piece, is_fresh=False)
        others = (one for one in held if one.id not in batch.ids[1:])
        await self._notes.write_held(customer, tuple(sealed if one is first else one for one in others))

    async def remove(self, customer: Customer, ids: tuple[str, ...]) -> None:
        """These were sent."""
        held = await self._notes.held(customer)
        await self._notes.write_held(customer, tuple(one for one in held if one.id not in ids))


def _without_passed(held: Sequence[Held], heard: float) -> tuple[Held, ...]:
    unseen = {one.reply for one in held if one.is_first}
    return tuple(one for one in held if one.reply in unseen or one.heard >= heard)


def batches_of(held: Sequence[Held], most_bytes: int) -> tuple[Batch, ...]:
    """The messages in which all is sent; texts that surely were not sent yet are joined, for few may be sent."""
    batches: list[Batch] = []
    is_open = False
    for one in held:
        can_join = one.is_fresh and not one.piece.entries
        text = f"{batches[-1].piece.text}\n\n{one.piece.text}" if is_open and can_join else ""
        if text and len(text.encode()) <= most_bytes:
            ids = (*batches[-1].ids, one.id)
            batches[-1] = Batch(ids, "+".join(ids), Piece(text))
        else:
            batches.append(Batch((one.id,), one.name, one.piece))
        is_open = can_join
    return tuple(batches)
