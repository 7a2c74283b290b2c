"""What is to be said, and to whom: the content of a parcel of the door, with nothing of the platform's forms yet."""

import json
from dataclasses import dataclass, fields, replace

from bot.channels.dingtalk.payloads import Heard
from bot.channels.trees import EMPTY, Tree, number_at, object_at, read_object, string_at, strings_at


@dataclass(frozen=True, slots=True)
class Address:
    """Whom something is said to.

    `webhook` is a secret: it stands in the parcel and nowhere else. `conversation` is a group's; empty for a single
    chat. `staff` is empty for somebody from outside the company.
    """

    conversation: str = ""
    staff: str = ""
    nick: str = ""
    robot: str = ""
    webhook: str = ""
    until: int = 0

    @property
    def is_group(self) -> bool:
        """Whether others read it."""
        return bool(self.conversation)

    @property
    def lane(self) -> str:
        """Whom it goes to: to one person, in order."""
        return f"{self.conversation}:{self.staff or self.nick}"

    def without_webhook(self) -> "Address":
        """The same, to be kept for longer."""
        return replace(self, webhook="", until=0)


@dataclass(frozen=True, slots=True)
class Speech:
    """One message: plain text, what may be clicked, and the question that stands there.

    `is_file` tells that it must arrive as it is, sign by sign.
    """

    text: str
    options: tuple[str, ...] = ()
    question: str = ""
    is_file: bool = False


def address_of(heard: Heard) -> Address:
    """Where the answer to a message goes."""
    conversation = heard.conversation if heard.is_group else ""
    return Address(conversation, heard.staff, heard.nick, heard.robot, heard.webhook, heard.webhook_until)


def single_of(heard: Heard) -> Address:
    """The single chat with whom a message is from."""
    if not heard.is_group:
        return address_of(heard)
    return Address(staff=heard.staff, nick=heard.nick, robot=heard.robot)


def dump_speech(address: Address, speech: Speech) -> bytes:
    """The content of a parcel."""
    return json.dumps({"to": fields_of(address), "say": fields_of(speech)}, ensure_ascii=False).encode()


def fields_of(one: Address | Speech | Heard) -> dict[str, object]:
    """The fields by their names, for JSON; `asdict` would copy them all."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def load_speech(content: bytes) -> tuple[Address, Speech]:
    """What `dump_speech` wrote."""
    tree = read_object(content) or EMPTY
    said = object_at(tree, "say")
    speech = Speech(
        text=string_at(said, "text"),
        options=strings_at(said, "options"),
        question=string_at(said, "question"),
        is_file=said.get("is_file") is True,
    )
    return load_address(object_at(tree, "to")), speech


def load_address(tree: Tree) -> Address:
    """The address in a JSON object."""
    names = ("conversation", "staff", "nick", "robot", "webhook")
    return Address(**{name: string_at(tree, name) for name in names}, until=number_at(tree, "until"))
