"""A reply as the calls that send it: texts within the platform's limit, and for its options a card."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.naming import name_of
from bot.channels.trees import Tree, dump_json
from bot.channels.wecom.cards import build_card, make_task_id
from bot.channels.wecom.limits import TEXT_BYTES
from bot.channels.wecom.markup import drop_control_signs
from bot.messages import Reply
from bot.rendering.splitting import split_text
from bot.sessions.base import Parcel

DOOR = "wecom"
SHORTEST_CHECK, CHECKS = 1800, 12_600


@dataclass(frozen=True, slots=True)
class Addressee:
    """A member, the message that is answered, and the app that answers."""

    user: str
    message_id: str
    agent_id: int

    @property
    def conversation(self) -> str:
        """The member, whatever the case of the letters: the platform does not tell them apart."""
        return self.user.lower()


def pack_reply(reply: Reply, to: Addressee) -> tuple[Parcel, ...]:
    """The calls in order; their ids are worked out from the message that is answered and the place in the reply.

    The platform drops a call whose whole JSON it has had within `duplicate_check_interval` seconds. So a parcel that is
    sent again, because the answer to it was lost, is the same to the byte; and two parcels of the same words are not
    taken for one, because that interval, worked out from the id, is another for each.
    """
    return tuple(_parcel(number, body, to) for number, body in enumerate(_bodies(reply, to)))


def _bodies(reply: Reply, to: Addressee) -> Iterator[Tree]:
    for place, message in enumerate(reply.messages):
        for piece in split_text(drop_control_signs(message.text), TEXT_BYTES):
            yield {"msgtype": "text", "text": {"content": piece}}
        if message.options and (card := build_card(message, make_task_id(reply.pending or "", _name(place, to)))):
            yield {"msgtype": "template_card", "template_card": card}


def _parcel(number: int, body: Tree, to: Addressee) -> Parcel:
    name = _name(number, to)
    interval = SHORTEST_CHECK + int(name_of(name, 8), 16) % CHECKS
    call = {
        "touser": to.user,
        "agentid": to.agent_id,
        **body,
        "enable_duplicate_check": 1,
        "duplicate_check_interval": interval,
    }
    return Parcel(name, DOOR, to.conversation, dump_json(call))


def _name(number: int, to: Addressee) -> str:
    cause = f"{to.conversation}\0{to.message_id}"
    return f"{DOOR}-{name_of(cause, 12)}-{number}"
