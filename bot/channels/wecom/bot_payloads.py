"""What WeCom tells of its AI bot, by callback or over the long connection: read into what the bot acts on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.trees import Tree, name_at, object_at, objects_at, read_object, string_at
from bot.channels.wecom.crypto import CallbackRefused
from bot.messages import Form

CHANNEL = "wecom_bot"
LONGEST_QUOTE = 500

_MENTION = re.compile(r"@[^\s@]{1,32}(?:[\s\u2005]+|$)")
_FORMS = {"image": Form.IMAGE, "file": Form.FILE, "video": Form.VIDEO}


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
    if (body := read_object(content)) is None:
        raise CallbackRefused("content")
    return read_body(body)


def read_body(body: Tree) -> Callback:
    """What was told, from the JSON of a callback; raises CallbackRefused."""
    match kind := string_at(body, "msgtype"):
        case "event":
            return _read_event(body, object_at(body, "event"))
        case "stream":
            return Polled(_place(body), _needed(object_at(body, "stream"), "id"))
        case "text" | "mixed" | "voice" | "image" | "file" | "video":
            return _read_message(body, kind)
        case _:
            return Unknown(kind[:32]) if "from" not in body else _read_message(body, kind)


def _read_message(body: Tree, kind: str) -> Asked:
    place = _place(body)
    text = _content(body, kind)
    if place.group:
        text = strip_mention(text)
    text = text or _content(object_at(body, "quote"), string_at(object_at(body, "quote"), "msgtype"))[:LONGEST_QUOTE]
    form = Form.TEXT if text else _wordless_form(body, kind)
    return Asked(place, _needed(body, "msgid"), text, form, string_at(body, "response_url"))


def _wordless_form(body: Tree, kind: str) -> Form:
    """What a message without any words is; a group's mere mention is a text."""
    match kind:
        case "mixed":
            return Form.IMAGE if any(string_at(item, "msgtype") == "image" for item in _items(body)) else Form.TEXT
        case "text":
            return Form.TEXT
        case "voice":
            return Form.VOICE
        case _:
            return _FORMS.get(kind, Form.OTHER)


def _content(body: Tree, kind: str) -> str:
    """The words of a message or a quote; empty where there are none."""
    if kind == "mixed":
        return "\n".join(filter(None, (string_at(object_at(item, "text"), "content") for item in _items(body)))).strip()
    return string_at(object_at(body, kind), "content").strip() if kind in {"text", "voice"} else ""


def _items(body: Tree) -> Iterator[Tree]:
    return objects_at(object_at(body, "mixed"), "msg_item")


def strip_mention(text: str) -> str:
    """A group's text without the mention of the bot: those it begins with, or else the only one."""
    rest = text.strip()
    while found := _MENTION.match(rest):
        rest = rest[found.end() :].lstrip()
    if rest != text.strip():
        return rest
    return _MENTION.sub("", rest).strip() if len(_MENTION.findall(rest)) == 1 else rest


def _read_event(body: Tree, event: Tree) -> Callback:
    match kind := string_at(event, "eventtype"):
        case "enter_chat":
            return Entered(_place(body), _needed(body, "msgid"))
        case "template_card_event":
            return _read_click(body, object_at(event, kind))
        case "feedback_event":
            given = object_at(event, kind).get("type")
            return Rated(_RATINGS.get(given, "other") if isinstance(given, int) else "other")
        case "disconnected_event":
            return Replaced()
        case _:
            return Unknown(kind[:32])


def _read_click(body: Tree, click: Tree) -> Clicked:
    return Clicked(
        _place(body),
        _needed(body, "msgid"),
        task=_either(click, "task_id", "taskid"),
        key=_either(click, "event_key", "eventkey"),
        selected=tuple(_selected(click)),
        response_url=string_at(body, "response_url"),
    )


def _selected(click: Tree) -> Iterator[str]:
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


def _under(part: Tree, *names: str) -> object:
    return next((part[name] for name in names if name in part), [])


def _place(body: Tree) -> Place:
    group = string_at(body, "chatid") if string_at(body, "chattype") == "group" else ""
    if string_at(body, "chattype") == "group" and not group:
        raise CallbackRefused("content")
    return Place(_needed(object_at(body, "from"), "userid"), group)


def _either(body: Tree, *names: str) -> str:
    return next(filter(None, (string_at(body, name) for name in names)), "")


def _needed(body: Tree, name: str) -> str:
    if not (value := name_at(body, name)):
        raise CallbackRefused("content")
    return value
