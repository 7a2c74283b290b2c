"""What the outbox keeps for 微信客服: one errand a parcel, as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.channels.naming import name_of
from bot.channels.trees import EMPTY, Tree, dump_json, read_object
from bot.channels.wecom.kf_pieces import Entry, Piece
from bot.sessions.base import Parcel

DOOR = "wecom_kf"


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer at one account."""

    account: str
    id: str

    @property
    def lane(self) -> str:
        """The lane of all that goes to this customer."""
        return f"{self.account}:{self.id}"


@dataclass(frozen=True, slots=True)
class Message:
    """Send a message; `index` is its place in the reply, `left` how many of the reply come after it.

    `is_extra`: it is no reply, and may be the fifth message.
    """

    piece: Piece
    index: int = 0
    left: int = 0
    is_extra: bool = False


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Send one text by a code that is good until then (seconds); without it nothing is lost but a courtesy."""

    text: str
    code: str
    until: float


@dataclass(frozen=True, slots=True)
class Greeting:
    """Send the first message of a welcome by its code, as long as that is good; else like any other."""

    message: Message
    code: str
    until: float


@dataclass(frozen=True, slots=True)
class HandOver:
    """Let a person serve the customer from here on; `number` is the one of the record."""

    number: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Say this ahead of the next reply, for now nothing may be sent."""

    text: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Send what is kept, as much as may be."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove what is kept: the customer wants all to be forgotten."""


Errand = Message | OnEvent | Greeting | HandOver | Keep | Resume | Forget


class UnreadableParcel(ValueError):
    """Raised when a parcel is not one that this version wrote."""


def parcel_of(cause: str, number: int, customer: Customer, errand: Errand) -> Parcel:
    """The parcel; `cause` is the id of what it comes from, which with the number gives it an id of its own."""
    content = {"account": customer.account, "customer": customer.id, **_dump(errand)}
    return Parcel(f"{DOOR}:{customer.lane}:{cause}:{number}", DOOR, customer.lane, dump_json(content))


def parcels_of(cause: str, customer: Customer, errands: Sequence[Errand]) -> tuple[Parcel, ...]:
    """The parcels of all errands of one cause."""
    return tuple(parcel_of(cause, number, customer, one) for number, one in enumerate(errands))


def messages_of(pieces: Sequence[Piece]) -> tuple[Message, ...]:
    """The messages of one reply."""
    return tuple(Message(piece, index, len(pieces) - index - 1) for index, piece in enumerate(pieces))


def read_parcel(content: bytes) -> tuple[Customer, Errand]:
    """Whom a parcel goes to and what is to be done; raises UnreadableParcel."""
    try:
        found = read_object(content) or EMPTY
        return Customer(str(found["account"]), str(found["customer"])), _load(found)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableParcel(type(error).__name__) from None


def message_id_of(parcel_id: str) -> str:
    """The id under which the platform takes the message once: 32 signs, the same for the same parcel."""
    return name_of(parcel_id)


def dump_piece(piece: Piece) -> dict[str, object]:
    """The piece as JSON."""
    entries = [[one.id, one.content] for one in piece.entries]
    return {"text": piece.text, "entries": entries, "tail": piece.tail}


def load_piece(found: Tree) -> Piece:
    """The piece of its JSON."""
    listed = found["entries"]
    entries = tuple(Entry(str(one[0]), str(one[1])) for one in listed) if isinstance(listed, list) else ()
    return Piece(str(found["text"]), entries, str(found["tail"]))


def _dump(errand: Errand) -> dict[str, object]:
    match errand:
        case Message():
            return {"do": "message", **_dump_message(errand)}
        case OnEvent(text=text, code=code, until=until):
            return {"do": "on_event", "text": text, "code": code, "until": until}
        case Greeting(message=message, code=code, until=until):
            return {"do": "greeting", **_dump_message(message), "code": code, "until": until}
        case HandOver(number=number):
            return {"do": "hand_over", "number": number}
        case Keep(text=text):
            return {"do": "keep", "text": text}
        case Resume():
            return {"do": "resume"}
        case Forget():
            return {"do": "forget"}
        case _ as unreachable:
            assert_never(unreachable)


def _dump_message(message: Message) -> dict[str, object]:
    place = {"index": message.index, "left": message.left, "extra": message.is_extra}
    return {**dump_piece(message.piece), **place}


def _load(found: Tree) -> Errand:
    match found["do"]:
        case "message":
            return _load_message(found)
        case "on_event":
            return OnEvent(str(found["text"]), str(found["code"]), _float(found["until"]))
        case "greeting":
            return Greeting(_load_message(found), str(found["code"]), _float(found["until"]))
        case "hand_over":
            return HandOver(str(found["number"]))
        case "keep":
            return Keep(str(found["text"]))
        case "resume":
            return Resume()
        case "forget":
            return Forget()
        case _:
            raise ValueError


def _load_message(found: Tree) -> Message:
    return Message(load_piece(found), int(_float(found["index"])), int(_float(found["left"])), bool(found["extra"]))


def _float(found: object) -> float:
    if not isinstance(found, int | float):
        raise TypeError
    return float(found)
