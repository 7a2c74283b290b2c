"""What a callback of the self-built app says, once it is decrypted."""

from dataclasses import dataclass

from bot.channels.naming import name_of
from bot.channels.wecom.crypto import CallbackRefused
from bot.channels.wecom.markup import Element, NotXml, drop_control_signs, parse_xml
from bot.messages import Form

ALERTS = frozenset(
    {
        "inactive_alert",
        "close_inactive_agent",
        "reopen_inactive_agent",
        "low_active_alert",
        "low_active",
        "active_restored",
    }
)
"""Events by which the platform warns that it stops an app which nobody uses, or says that it works again."""

_FORMS = {
    "text": Form.TEXT,
    "voice": Form.VOICE,
    "image": Form.IMAGE,
    "video": Form.VIDEO,
    "shortvideo": Form.VIDEO,
    "file": Form.FILE,
    "location": Form.LOCATION,
    "link": Form.LINK,
}
_TEXT_FIELDS = {Form.TEXT: "Content", Form.LOCATION: "Label", Form.LINK: "Title"}


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a member, or what stands for one: the words of a menu entry, the opening of the chat."""

    sender: str
    message_id: str
    form: Form
    text: str


@dataclass(frozen=True, slots=True)
class CardClicked:
    """A button, or the sending of a card; `chosen` are the ids of what was picked in its lists, in their order."""

    sender: str
    message_id: str
    key: str
    task_id: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerNotice:
    """Something happened in a customer service account: it is to be fetched with the token."""

    open_kfid: str
    token: str


@dataclass(frozen=True, slots=True)
class Warned:
    """The platform warns the operators of the app; `event` is one of ALERTS."""

    event: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that asks for nothing; `what` is its kind for the metrics."""

    what: str


Callback = Said | CardClicked | CustomerNotice | Warned | Passed


def read_callback(plain: bytes) -> Callback:
    """What the decrypted XML says; raises CallbackRefused when it is no message of the platform."""
    try:
        root = parse_xml(drop_control_signs(plain.decode("utf-8", "replace")))
    except NotXml:
        raise CallbackRefused("xml") from None
    kind, sender = root.text_of("MsgType"), root.text_of("FromUserName")
    if kind == "event":
        return _read_event(root, sender)
    if not kind or not sender:
        return Passed("nobody")
    form = _FORMS.get(kind, Form.OTHER)
    text = root.text_of(_TEXT_FIELDS[form]) if form in _TEXT_FIELDS else ""
    return Said(sender, root.text_of("MsgId") or _name(root), form, text.strip())


def _read_event(root: Element, sender: str) -> Callback:
    event, key = root.text_of("Event"), root.text_of("EventKey")
    if event == "kf_msg_or_event":
        return CustomerNotice(root.text_of("OpenKfId"), root.text_of("Token"))
    if event in ALERTS:
        return Warned(event)
    if not sender:
        return Passed("nobody")
    match event:
        case "enter_agent":
            return Said(sender, _name(root), Form.ENTER, "")
        case "click" | "template_card_menu_event" if key.strip():
            return Said(sender, _name(root), Form.TEXT, key.strip())
        case "template_card_event":
            return CardClicked(sender, _name(root), key, root.text_of("TaskId"), _read_chosen(root))
        case _:
            return Passed(event if event in _KNOWN else "unknown")


_KNOWN = frozenset(
    {
        "subscribe",
        "unsubscribe",
        "LOCATION",
        "view",
        "view_miniprogram",
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "batch_job_result",
        "change_contact",
        "template_card_menu_event",
        "share_agent_change",
        "share_chain_change",
    }
)
"""Events that are acknowledged and no more. A member who may use the app from now on (subscribe) has done nothing: the
welcome waits until the chat is opened, else everybody would be written to on the day the app is published."""


def _name(root: Element) -> str:
    """An id for what the platform gives none: the same when it is delivered again, another for another click."""
    parts = (root.text_of(name) for name in ("FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "TaskId"))
    return "event-" + name_of("\0".join(parts))


def _read_chosen(root: Element) -> tuple[str, ...]:
    items = root.find("SelectedItems") or Element("", "", ())
    return tuple(
        option.text
        for item in items.find_all("SelectedItem")
        for ids in item.find_all("OptionIds")
        for option in ids.find_all("OptionId")
    )
