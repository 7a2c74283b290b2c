"""What WeCom tells of its AI bot, by callback or over the long connection: read into what the bot acts on."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.channels.wecom.crypto import CallbackRefused
from bot.messages import Form

CHANNEL = "wecom_bot"
LONGEST_QUOTE = 500

_MENTION = re.compile(r"@[^\s@]{1,32}(?:[\s\u2005]+|$)")
_FORMS = {"image": Form.IMAGE, "file": Form.FILE, "video": Form.VIDEO}

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Who wrote, and in which group (empty: the single chat). The user's id may be encrypted: it is only compared."""

    user: str
    group: str = ""

    @property
    def conversation(self) -> str:
        """The name of the conversation: each member of a group has one of their own."""
        return f"group:{self.group}:{self.user}" if self.group else f"single:{self.user}"

    @property
    def chat(self) -> str:
        """The id of the chat, as the platform takes it."""
        return self.group or self.user


@dataclass(frozen=True, slots=True)
class Asked:
    """A message to the bot. One answer may be posted at `response_url` within an hour; empty where there is none."""

    place: Place
    message_id: str
    text: str
    form: Form = Form.TEXT
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Polled:
    """The platform asks how far an answer is."""

    place: Place
    stream: str


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody opened the single chat for the first time of the day."""

    place: Place
    message_id: str


@dataclass(frozen=True, slots=True)
class Clicked:
    """A button of a card, or its submit button with what is selected in its lists."""

    place: Place
    message_id: str
    task: str
    key: str
    selected: tuple[str, ...] = ()
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """What a user thinks of an answer: `good`, `bad`, `withdrawn` or `other`."""

    rating: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another connection took the place of this one (long connection only)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that this version has no use for."""

    kind: str


Callback = Asked | Polled | Entered | Clicked | Rated | Replaced | Unknown

_RATINGS = {1: "good", 2: "bad", 3: "withdrawn"}


def read_callback(content: bytes) -> Callback:
    """What was told; raises CallbackRefused when it is not a JSON object or lacks what its kind needs."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise CallbackRefused("content") from None
    if not isinstance(body, dict):
        raise CallbackRefused("content")
    return read_body(body)


def read_body(body: Json) -> Callback:
    """What was told, from the JSON of a callback; raises CallbackRefused."""
    match kind := _text(body, "msgtype"):
        case "event":
            return _read_event(body, _part(body, "event"))
        case "stream":
            return Polled(_place(body), _needed(_part(body, "stream"), "id"))
        case "text" | "mixed" | "voice" | "image" | "file" | "video":
            return _read_message(body, kind)
        case _:
            return Unknown(kind[:32]) if "from" not in body else _read_message(body, kind)


def _read_message(body: Json, kind: str) -> Asked:
    place = _place(body)
    text = _content(body, kind)
    if place.group:
        text = strip_mention(text)
    text = text or _content(_part(body, "quote"), _text(_part(body, "quote"), "msgtype"))[:LONGEST_QUOTE]
    form = Form.TEXT if text else _wordless_form(body, kind)
    return Asked(place, _needed(body, "msgid"), text, form, _text(body, "response_url"))


def _wordless_form(body: Json, kind: str) -> Form:
    """What a message without any words is; a group's mere mention is a text."""
    match kind:
        case "mixed":
            return Form.IMAGE if any(_text(item, "msgtype") == "image" for item in _items(body)) else Form.TEXT
        case "text":
            return Form.TEXT
        case "voice":
            return Form.VOICE
        case _:
            return _FORMS.get(kind, Form.OTHER)


def _content(body: Json, kind: str) -> str:
    """The words of a message or a quote; empty where there are none."""
    if kind == "mixed":
        return "\n".join(filter(None, (_text(_part(item, "text"), "content") for item in _items(body)))).strip()
    return _text(_part(body, kind), "content").strip() if kind in {"text", "voice"} else ""


def _items(body: Json) -> Iterator[Json]:
    items = _part(body, "mixed").get("msg_item")
    return (item for item in (items if isinstance(items, list) else []) if isinstance(item, dict))


def strip_mention(text: str) -> str:
    """A group's text without the mention of the bot: those it begins with, or else the only one."""
    rest = text.strip()
    while found := _MENTION.match(rest):
        rest = rest[found.end() :].lstrip()
    if rest != text.strip():
        return rest
    return _MENTION.sub("", rest).strip() if len(_MENTION.findall(rest)) == 1 else rest


def _read_event(body: Json, event: Json) -> Callback:
    match kind := _text(event, "eventtype"):
        case "enter_chat":
            return Entered(_place(body), _needed(body, "msgid"))
        case "template_card_event":
            return _read_click(body, _part(event, kind))
        case "feedback_event":
            given = _part(event, kind).get("type")
            return Rated(_RATINGS.get(given, "other") if isinstance(given, int) else "other")
        case "disconnected_event":
            return Replaced()
        case _:
            return Unknown(kind[:32])


def _read_click(body: Json, click: Json) -> Clicked:
    return Clicked(
        _place(body),
        _needed(body, "msgid"),
        task=_either(click, "task_id", "taskid"),
        key=_either(click, "event_key", "eventkey"),
        selected=tuple(_selected(click)),
        response_url=_text(body, "response_url"),
    )


def _selected(click: Json) -> Iterator[str]:
    """The ids of what is selected, list by list; the documents spell these fields in two ways."""
    for item in _several(_under(click, "selected_items", "selecteditems"), "selected_item", "selecteditem"):
        if isinstance(item, dict):
            options = _several(_under(item, "option_ids", "optionids"), "option_id", "optionid")
            yield from (one for one in options if isinstance(one, str))


def _several(part: object, *names: str) -> list[object]:
    """A list that stands under one of the names, or directly; one thing alone may stand for a list of one."""
    if isinstance(part, dict):
        part = next((part[name] for name in names if name in part), [])
    return part if isinstance(part, list) else [part]


def _under(part: Json, *names: str) -> object:
    return next((part[name] for name in names if name in part), [])


def _place(body: Json) -> Place:
    group = _text(body, "chatid") if _text(body, "chattype") == "group" else ""
    if _text(body, "chattype") == "group" and not group:
        raise CallbackRefused("content")
    return Place(_needed(_part(body, "from"), "userid"), group)


def _part(body: Json, name: str) -> Json:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _either(body: Json, *names: str) -> str:
    return next(filter(None, (_text(body, name) for name in names)), "")


def _needed(body: Json, name: str) -> str:
    value = _text(body, name)
    if not value or len(value) > 512 or not value.isprintable():
        raise CallbackRefused("content")
    return value
