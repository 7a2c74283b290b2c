"""What may be posted to a webhook: text, markdown, actionCard, feedCard, link or empty, with its mentions."""

from dataclasses import dataclass, field

from tests.simulators.dingtalk.chats import Button
from tests.simulators.dingtalk.markdown import buttons_in, problems_of_link, problems_of_markdown
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk.requests import object_of, text_of, unknown_keys

MAX_MENTIONS = 50
FIELDS = {
    "text": {"content"},
    "markdown": {"title", "text"},
    "actionCard": {"title", "text", "singleTitle", "singleURL", "btnOrientation", "btns", "hideAvatar"},
    "link": {"title", "text", "messageUrl", "picUrl"},
    "feedCard": {"links"},
    "empty": set[str](),
}
NEEDED = {
    "text": ("content",),
    "markdown": ("title", "text"),
    "actionCard": ("title", "text"),
    "link": ("title", "text", "messageUrl"),
}
FEED_FIELDS = ("title", "messageURL", "picURL")
MENTION_FIELDS = {"atMobiles", "atUserIds", "isAtAll"}
WITHOUT_MENTIONS = ("link", "feedCard", "empty")


@dataclass(slots=True)
class Findings:
    """What is wrong with a message: what the platform refuses it for, and what it shows otherwise than meant."""

    refused: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a message is to alert; `unwritten` are named in `at` but not in the text."""

    user_ids: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    at_all: bool = False


@dataclass(frozen=True, slots=True)
class Payload:
    """A message to a webhook as it will be shown."""

    kind: str
    title: str
    text: str
    buttons: tuple[Button, ...]
    mentions: Mentions
    findings: Findings

    @property
    def is_known(self) -> bool:
        """Whether its type exists."""
        return self.kind in FIELDS


def read_payload(body: Json) -> Payload:
    """The message in a body, with what is wrong with it."""
    kind = text_of(body, "msgtype")
    part, findings = object_of(body, kind), Findings()
    if kind not in FIELDS:
        return Payload(kind, "", "", (), Mentions(), Findings([f"不支持的消息类型 {kind!r}"]))
    findings.odd += [f"不认识的字段 {key!r}" for key in unknown_keys(body, {"msgtype", "at", "msgUuid", kind})]
    findings.odd += [f"{kind} 里不认识的字段 {key!r}" for key in unknown_keys(part, FIELDS[kind])]
    findings.refused += [f"缺少 {kind}.{key}" for key in NEEDED.get(kind, ()) if not text_of(part, key).strip()]
    text = text_of(part, "content" if kind == "text" else "text")
    if kind in {"markdown", "actionCard"}:
        findings.odd += problems_of_markdown(text)
    buttons = _buttons(kind, part, text, findings)
    mentions = _mentions(kind, body.get("at"), text, findings)
    return Payload(kind, text_of(part, "title"), text, buttons, mentions, findings)


def _buttons(kind: str, part: Json, text: str, findings: Findings) -> tuple[Button, ...]:
    if kind == "markdown":
        return buttons_in(text)
    if kind == "link":
        return (Button(text_of(part, "title"), text_of(part, "messageUrl")),)
    if kind == "feedCard":
        return _feed(part.get("links"), findings)
    if kind == "actionCard":
        return (*buttons_in(text), *_card_buttons(part, findings))
    return ()


def _feed(links: object, findings: Findings) -> tuple[Button, ...]:
    if not isinstance(links, list) or not links or not all(isinstance(link, dict) for link in links):
        findings.refused.append("缺少 feedCard.links")
        return ()
    findings.refused += [
        f"缺少 feedCard.links 的 {key}" for link in links for key in FEED_FIELDS if not text_of(link, key)
    ]
    return tuple(Button(text_of(link, "title"), text_of(link, "messageURL")) for link in links)


def _card_buttons(part: Json, findings: Findings) -> tuple[Button, ...]:
    single = Button(text_of(part, "singleTitle"), text_of(part, "singleURL"))
    several = part.get("btns") or []
    if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
        findings.refused.append("actionCard.btns 应是对象的列表")
        return ()
    buttons = tuple(Button(text_of(one, "title"), text_of(one, "actionURL")) for one in several)
    if single.label or single.url:
        findings.odd += ["actionCard 设了 singleTitle/singleURL，btns 不会显示"] if buttons else []
        buttons = (single,)
    findings.refused += [] if buttons else ["缺少 actionCard.singleTitle 和 singleURL，或 actionCard.btns"]
    findings.refused += ["actionCard 的按钮缺标题或链接" for one in buttons if not one.label.strip() or not one.url]
    if part.get("btnOrientation", "0") not in {"0", "1"}:
        findings.refused.append('actionCard.btnOrientation 应为 "0" 或 "1"')
    findings.odd += [problem for one in buttons if one.url for problem in problems_of_link(one.url)]
    return buttons


def _mentions(kind: str, at: object, text: str, findings: Findings) -> Mentions:
    if at is None:
        return Mentions()
    if not isinstance(at, dict) or not isinstance(at.get("isAtAll", False), bool):
        findings.refused.append("at 应是对象，at.isAtAll 应是 true 或 false")
        return Mentions()
    findings.odd += [f"at 里不认识的字段 {key!r}" for key in unknown_keys(at, MENTION_FIELDS)]
    user_ids, mobiles = _names(at, "atUserIds", findings), _names(at, "atMobiles", findings)
    everyone = [*user_ids, *mobiles]
    if kind in WITHOUT_MENTIONS and (everyone or at.get("isAtAll")):
        findings.odd.append(f"{kind} 不能 @ 人")
    if len(everyone) > MAX_MENTIONS:
        findings.refused.append(f"一次最多 @ {MAX_MENTIONS} 人")
    unwritten = tuple(one for one in everyone if f"@{one}" not in text)
    return Mentions(tuple(one for one in user_ids if one not in unwritten), unwritten, at.get("isAtAll", False))


def _names(at: Json, key: str, findings: Findings) -> list[str]:
    names = at.get(key) or []
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return names
    findings.refused.append(f"at.{key} 应是文字的列表")
    return []
