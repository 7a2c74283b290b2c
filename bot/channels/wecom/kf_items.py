"""What sync_msg brings: what customers said, what agents said, and events, read into one type each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from bot.messages import Form

_Json = Mapping[str, object]
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


def read_page(answer: _Json) -> Page:
    """The page, in the platform's order; what concerns no customer (who of the agents is on duty) is left out."""
    listed = answer.get("msg_list")
    found = [_read(one) for one in listed] if isinstance(listed, list) else []
    items = tuple(one for one in found if not isinstance(one, bool))
    return Page(items, _text(answer, "next_cursor"), _number(answer, "has_more") == 1, found.count(False))


def _read(item: object) -> Item | bool:
    """The item; True for one that asks for nothing, False for one that is damaged."""
    if not isinstance(item, dict):
        return False
    kind, message_id = _text(item, "msgtype"), _text(item, "msgid")
    if kind == "event":
        return _read_event(item, message_id)
    customer, at = _text(item, "external_userid"), _time(item)
    if not (message_id and customer and at):
        return False
    match _number(item, "origin"):
        case Origin.CUSTOMER:
            return Spoke(message_id, customer, at, *_said(kind, _object(item, kind)))
        case Origin.AGENT:
            return AgentSpoke(message_id, customer, at)
        case _:
            return True


def _said(kind: str, content: _Json) -> tuple[str, Form, str]:
    """The text, the form and the menu entry."""
    match kind:
        case "text":
            return _text(content, "content"), Form.TEXT, _text(content, "menu_id")
        case "location":
            named = (_text(content, "address"), _text(content, "name"))
            return " ".join(word for word in named if word), Form.LOCATION, ""
        case "link":
            return _text(content, "title"), Form.LINK, ""
        case _:
            return "", _FORMS.get(kind, Form.OTHER), ""


def _read_event(item: _Json, message_id: str) -> Item | bool:
    event = _object(item, "event")
    customer = _text(event, "external_userid") or _text(item, "external_userid")
    who = (message_id, customer, _time(item))
    if not all(who):
        return bool(_text(event, "event_type"))
    match _text(event, "event_type"):
        case "enter_session":
            return Entered(*who, _text(event, "welcome_code"))
        case "session_status_change" if _number(event, "change_type") in set(Change):
            return SessionChanged(*who, Change(_number(event, "change_type")), _text(event, "msg_code"))
        case "msg_send_fail":
            return SendFailed(*who, _number(event, "fail_type"))
        case "user_recall_msg":
            return Recalled(*who, _text(event, "recall_msgid"))
        case _:
            return True


def recalled_in(items: tuple[Item, ...]) -> frozenset[str]:
    """The messages that were taken back within these."""
    return frozenset(one.recalled for one in items if isinstance(one, Recalled))


def _time(item: _Json) -> int:
    """When it was sent, in seconds; 0 when that is no time."""
    at = _number(item, "send_time")
    return at if 0 < at < _LATEST else 0


def _object(item: _Json, name: str) -> _Json:
    found = item.get(name)
    return found if isinstance(found, dict) else {}


def _text(item: _Json, name: str) -> str:
    found = item.get(name)
    return found if isinstance(found, str) else ""


def _number(item: _Json, name: str) -> int:
    found = item.get(name)
    return found if isinstance(found, int) else 0
