"""What sync_msg brings: what customers said, what agents said, and events, read into one type each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from bot.channels.trees import Tree, number_at, object_at, string_at
from bot.messages import Form

_LATEST = 1 << 35
_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "text": Form.TEXT,
        "voice": Form.VOICE,
        "image": Form.IMAGE,
        "video": Form.VIDEO,
        "file": Form.FILE,
        "location": Form.LOCATION,
        "link": Form.LINK,
    }
)
"""The types that have a form of their own; name cards, mini programs, forwarded chats and all others are OTHER."""


class Origin(IntEnum):
    """Who sent it."""

    CUSTOMER = 3
    PLATFORM = 4
    AGENT = 5


class Change(IntEnum):
    """How a session changed."""

    FROM_POOL = 1
    PASSED_ON = 2
    ENDED = 3
    REOPENED = 4


@dataclass(frozen=True, slots=True)
class Spoke:
    """The customer sent something; `menu_id` is that of the entry clicked, empty when it was typed."""

    id: str
    customer: str
    at: int
    text: str
    form: Form = Form.TEXT
    menu_id: str = ""


@dataclass(frozen=True, slots=True)
class AgentSpoke:
    """A person of the company wrote to the customer."""

    id: str
    customer: str
    at: int


@dataclass(frozen=True, slots=True)
class Entered:
    """The customer opened the chat; with `welcome_code` one welcome may be sent within 20 seconds."""

    id: str
    customer: str
    at: int
    welcome_code: str = ""


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """Another one serves the customer; `code` lets one notice be sent."""

    id: str
    customer: str
    at: int
    change: Change
    code: str = ""


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A message that the platform had taken did not reach the customer."""

    id: str
    customer: str
    at: int
    why: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """The customer took a message back."""

    id: str
    customer: str
    at: int
    recalled: str


Item = Spoke | AgentSpoke | Entered | SessionChanged | SendFailed | Recalled


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of sync_msg; an empty one with more to come is normal. `unread` counts what could not be read."""

    items: tuple[Item, ...]
    cursor: str
    has_more: bool
    unread: int = 0


def read_page(answer: Tree) -> Page:
    """The page, in the platform's order; what concerns no customer (who of the agents is on duty) is left out."""
    listed = answer.get("msg_list")
    found = [_read(one) for one in listed] if isinstance(listed, list) else []
    items = tuple(one for one in found if not isinstance(one, bool))
    return Page(items, string_at(answer, "next_cursor"), number_at(answer, "has_more") == 1, found.count(False))


def _read(item: object) -> Item | bool:
    """The item; True for one that asks for nothing, False for one that is damaged."""
    if not isinstance(item, dict):
        return False
    kind, message_id = string_at(item, "msgtype"), string_at(item, "msgid")
    if kind == "event":
        return _read_event(item, message_id)
    customer, at = string_at(item, "external_userid"), _time(item)
    if not (message_id and customer and at):
        return False
    match number_at(item, "origin"):
        case Origin.CUSTOMER:
            return Spoke(message_id, customer, at, *_said(kind, object_at(item, kind)))
        case Origin.AGENT:
            return AgentSpoke(message_id, customer, at)
        case _:
            return True


def _said(kind: str, content: Tree) -> tuple[str, Form, str]:
    """The text, the form and the menu entry."""
    match kind:
        case "text":
            return string_at(content, "content"), Form.TEXT, string_at(content, "menu_id")
        case "location":
            named = (string_at(content, "address"), string_at(content, "name"))
            return " ".join(word for word in named if word), Form.LOCATION, ""
        case "link":
            return string_at(content, "title"), Form.LINK, ""
        case _:
            return "", _FORMS.get(kind, Form.OTHER), ""


def _read_event(item: Tree, message_id: str) -> Item | bool:
    event = object_at(item, "event")
    customer = string_at(event, "external_userid") or string_at(item, "external_userid")
    who = (message_id, customer, _time(item))
    if not all(who):
        return bool(string_at(event, "event_type"))
    match string_at(event, "event_type"):
        case "enter_session":
            return Entered(*who, string_at(event, "welcome_code"))
        case "session_status_change" if number_at(event, "change_type") in set(Change):
            return SessionChanged(*who, Change(number_at(event, "change_type")), string_at(event, "msg_code"))
        case "msg_send_fail":
            return SendFailed(*who, number_at(event, "fail_type"))
        case "user_recall_msg":
            return Recalled(*who, string_at(event, "recall_msgid"))
        case _:
            return True


def recalled_in(items: tuple[Item, ...]) -> frozenset[str]:
    """The messages that were taken back within these."""
    return frozenset(one.recalled for one in items if isinstance(one, Recalled))


def _time(item: Tree) -> int:
    """When it was sent, in seconds; 0 when that is no time."""
    at = number_at(item, "send_time")
    return at if 0 < at < _LATEST else 0
