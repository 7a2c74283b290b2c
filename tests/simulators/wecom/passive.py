"""Passive replies of the app: the XML packet opened, and every rule of it checked."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from tests.simulators.wecom.crypto import Crypto, Unreadable

OUTER = ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]
HEAD = ["ToUserName", "FromUserName", "CreateTime", "MsgType"]
BODIES = {
    "text": ["Content"],
    "image": ["Image"],
    "voice": ["Voice"],
    "video": ["Video"],
    "news": ["ArticleCount", "Articles"],
    "update_button": ["Button"],
    "update_template_card": ["TemplateCard"],
}
UPDATES = ("update_button", "update_template_card")
ANSWERABLE_EVENTS = frozenset(
    {"subscribe", "unsubscribe", "enter_agent", "LOCATION", "click", "view", "view_miniprogram", "scancode_waitmsg"}
    | {"template_card_menu_event"}
)
MAX_TEXT = 2048
LISTS = frozenset(
    {"horizontal_content_list", "jump_list", "button_list", "option_list", "select_list", "action_list"}
    | {"vertical_content_list"}
)
NAMES = {"KeyName": "keyname", "UserId": "userid", "AppId": "appid", "Appid": "appid", "PagePath": "pagepath"}
NAMES |= {"CheckBox": "checkbox"}
NUMBERS = frozenset({"type", "style", "desc_color", "mode"})
FLAGS = frozenset({"disable", "is_checked"})
Note = Callable[[str], None]


def open_reply(answer: bytes, crypto: Crypto, note: Note) -> ET.Element | None:
    """The decrypted reply; none if the bot replied nothing, or nothing that can be read."""
    if answer.strip() in {b"", b"success"}:
        return None
    try:
        packet = fields_of(parse(answer.decode()), OUTER)
        int(packet["TimeStamp"])
        crypto.check(packet["MsgSignature"], packet["TimeStamp"], packet["Nonce"], packet["Encrypt"])
        return parse(crypto.decrypt(packet["Encrypt"]))
    except (Unreadable, ET.ParseError, ValueError) as error:
        note(f"被动回复的包不对：{error}；{answer[:120]!r}")
        return None


def parse(text: str) -> ET.Element:
    """The root, which must be `xml`."""
    root = ET.fromstring(text)
    if root.tag != "xml":
        raise Unreadable(f"根元素应是 xml，不是 {root.tag}")
    return root


def fields_of(root: ET.Element, names: list[str]) -> dict[str, str]:
    """The text of each element; exactly these, each once."""
    found = [child.tag for child in root]
    if sorted(found) != sorted(names):
        raise Unreadable(f"元素应是 {names}，得到 {found}")
    return {child.tag: child.text or "" for child in root}


def check_reply(root: ET.Element, user: str, corp_id: str, event: str) -> str:
    """The reply's type, if everything about it is right; `event` is what it answers, empty for a message."""
    kind = root.findtext("MsgType") or ""
    if kind not in BODIES:
        raise Unreadable(f"没有 {kind!r} 这种被动回复")
    fields = fields_of(root, HEAD + BODIES[kind])
    if fields["ToUserName"] != user or fields["FromUserName"] != corp_id:
        raise Unreadable(f"收发双方应对调：{fields['ToUserName']!r} {fields['FromUserName']!r}")
    if not re.fullmatch(r"\d{10}", fields["CreateTime"]):
        raise Unreadable(f"CreateTime 应是 10 位秒数：{fields['CreateTime']!r}")
    if (kind in UPDATES) != (event == "template_card_event"):
        raise Unreadable(f"事件 {event or '（普通消息）'} 不能用 {kind} 回复")
    if event and event != "template_card_event" and event not in ANSWERABLE_EVENTS:
        raise Unreadable(f"事件 {event} 不支持被动回复")
    return kind


def text_of_reply(root: ET.Element, note: Note) -> str:
    """What the user reads of a text: longer than 2048 bytes is cut."""
    content = root.findtext("Content") or ""
    if not content.strip():
        note("被动回复的 Content 是空的")
    if len(content.encode()) > MAX_TEXT:
        note(f"被动回复的 Content 有 {len(content.encode())} 字节，超过 {MAX_TEXT} 会被截断")
    return cut_to_bytes(content, MAX_TEXT)


def cut_to_bytes(text: str, most: int) -> str:
    """As much of the text as fits."""
    return text.encode()[:most].decode(errors="ignore")


def card_of_reply(element: ET.Element) -> dict[str, Any]:
    """The JSON form of a card written in CamelCase XML."""
    card: dict[str, Any] = {}
    for child in element:
        name = NAMES.get(child.tag, re.sub(r"(?<!^)(?=[A-Z])", "_", child.tag).lower())
        value = card_of_reply(child) if len(child) else _value_of(name, child.text or "")
        if name in LISTS:
            card.setdefault(name, []).append(value)
        elif name in card:
            raise Unreadable(f"{child.tag} 出现了两次")
        else:
            card[name] = value
    return card


def _value_of(name: str, text: str) -> object:
    if name in NUMBERS and text.lstrip("-").isdigit():
        return int(text)
    if name in FLAGS and text in {"true", "false"}:
        return text == "true"
    return float(text) if name == "aspect_ratio" else text


def xml_of(fields: Mapping[str, Any]) -> str:
    """A message as the platform writes it: texts as CDATA, numbers bare, lists as repeated elements."""
    return f"<xml>{_inside(fields)}</xml>"


def _inside(fields: Mapping[str, Any]) -> str:
    parts: list[str] = []
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        parts.extend(f"<{name}>{_content(one)}</{name}>" for one in values)
    return "".join(parts)


def _content(value: object) -> str:
    if isinstance(value, dict):
        return _inside(value)
    if isinstance(value, int | float):
        return str(value)
    escaped = str(value).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{escaped}]]>"
