"""A reply made into parcels: one for each message that is to arrive, named after what caused it."""

from collections.abc import Iterator

from bot.channels import naming
from bot.channels.dingtalk.payloads import Heard
from bot.channels.dingtalk.speaking import Address, Speech, address_of, dump_speech, single_of
from bot.messages import OutboundMessage, Reply, Target
from bot.sessions.base import Parcel

OUT = "dingtalk"
TOGETHER = 1_500
"""Messages that are together no longer than this (bytes) arrive as one: there are only so many a minute."""


def pack(heard: Heard, reply: Reply) -> tuple[Parcel, ...]:
    """What of the reply is to be sent: all of it that can reach somebody."""
    spoken = ((_address(heard, target), speech) for target, speech in _join(reply))
    reached = ((to, speech) for to, speech in spoken if to is not None)
    return tuple(parcel_of(heard, place, to, speech) for place, (to, speech) in enumerate(reached))


def parcel_of(heard: Heard, place: int | str, to: Address, speech: Speech) -> Parcel:
    """The parcel of one message; `place` tells it from the others of the same cause."""
    return Parcel(f"{OUT}:{name_of(heard)}:{place}", OUT, to.lane, dump_speech(to, speech))


def name_of(heard: Heard) -> str:
    """A short name of a message, the same when it is delivered again."""
    return naming.name_of(f"{heard.chat}\0{heard.message_id}")


def _address(heard: Heard, target: Target) -> Address | None:
    if target is Target.CHAT:
        return address_of(heard)
    return single_of(heard) if heard.staff else None


def _join(reply: Reply) -> Iterator[tuple[Target, Speech]]:
    """The messages, short ones that follow each other to the same chat as one."""
    held: OutboundMessage | None = None
    for message in reply.messages:
        if held is not None and _goes_with(held, message):
            message = OutboundMessage(f"{held.text}\n\n{message.text}", message.options, message.target)  # noqa: PLW2901
        elif held is not None:
            yield held.target, _speech(held, reply)
        held = message
    if held is not None:
        yield held.target, _speech(held, reply)


def _goes_with(held: OutboundMessage, message: OutboundMessage) -> bool:
    if held.target is not message.target or held.options or held.file or message.file:
        return False
    return len(held.text.encode()) + len(message.text.encode()) <= TOGETHER


def _speech(message: OutboundMessage, reply: Reply) -> Speech:
    labels = tuple(option.label for option in message.options)
    return Speech(message.text, labels, reply.pending or "" if labels else "", is_file=bool(message.file))
