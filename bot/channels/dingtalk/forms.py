"""Messages in the forms of DingTalk: for a webhook, and for the robot's own interface."""

import json
from dataclasses import dataclass
from urllib.parse import quote

from bot.channels.dingtalk.markdown import quiet, title_of, to_markdown
from bot.channels.dingtalk.speaking import Address, Speech
from bot.channels.trees import Tree

MOST_BUTTONS = 5
"""The robot's interface has no more, one under the other (D:0699); for a webhook no number is documented."""
LONGEST_BUTTON = 20
MENTION = "在群里回复时，请先 @我。"
_SAY = "dtmd://dingtalkclient/sendMessage?content="


@dataclass(frozen=True, slots=True)
class Call:
    """What the robot's interface is called with besides the address."""

    key: str
    param: str


def for_webhook(to: Address, speech: Speech) -> dict[str, object]:
    """The message for a webhook; in a group it mentions who asked."""
    mention = {"at": {"atUserIds": [to.staff], "isAtAll": False}} if to.is_group and to.staff else {}
    if speech.is_file:
        return {"msgtype": "text", "text": {"content": _named(to, speech.text, is_webhook=True)}, **mention}
    title, text = title_of(speech.text, is_question=bool(speech.options)), markdown_of(to, speech, is_webhook=True)
    buttons = _buttons(to, speech)
    if not buttons:
        return {"msgtype": "markdown", "markdown": {"title": title, "text": text}, **mention}
    card: dict[str, object] = {"title": title, "text": text, "btnOrientation": "0"}
    if len(buttons) == 1:
        card |= {"singleTitle": buttons[0][0], "singleURL": buttons[0][1]}
    else:
        card["btns"] = [{"title": label, "actionURL": url} for label, url in buttons]
    return {"msgtype": "actionCard", "actionCard": card, **mention}


def for_robot(to: Address, speech: Speech) -> Call:
    """The message for the robot's own interface, which can't mention anybody (D:0716)."""
    if speech.is_file:
        return _call("sampleText", {"content": _named(to, speech.text, is_webhook=False)})
    title, text = title_of(speech.text, is_question=bool(speech.options)), markdown_of(to, speech, is_webhook=False)
    buttons = _buttons(to, speech)
    if not buttons:
        return _call("sampleMarkdown", {"title": title, "text": text})
    if len(buttons) == 1:
        only = {"singleTitle": buttons[0][0], "singleURL": buttons[0][1]}
        return _call("sampleActionCard", {"title": title, "text": text, **only})
    numbered = {
        name: value
        for number, (label, url) in enumerate(buttons, 1)
        for name, value in ((f"actionTitle{number}", label), (f"actionURL{number}", url))
    }
    return _call(f"sampleActionCard{len(buttons)}", {"title": title, "text": text, **numbered})


def markdown_of(to: Address, speech: Speech, *, is_webhook: bool) -> str:
    """The text; in a group it begins with who asked, and says how to answer where something is asked."""
    parts = [_named(to, to_markdown(speech.text), is_webhook=is_webhook)]
    if to.is_group and speech.options:
        parts.append(MENTION)
    return "\n\n".join(parts)


def _named(to: Address, text: str, *, is_webhook: bool) -> str:
    """The text with the one it is for; a mention must stand in the text as well (D:0717)."""
    if not to.is_group:
        return text
    if is_webhook and to.staff:
        return f"@{to.staff}\n\n{text}"
    return f"{quiet(to.nick)}：\n\n{text}" if quiet(to.nick) else text


def _buttons(to: Address, speech: Speech) -> tuple[tuple[str, str], ...]:
    """What a click says for the user; none in a group, where the robot hears only what mentions it."""
    if to.is_group or len(speech.options) > MOST_BUTTONS:
        return ()
    return tuple((_shorten(label), _SAY + quote(label, safe="")) for label in speech.options)


def _shorten(label: str) -> str:
    return label if len(label) <= LONGEST_BUTTON else label[: LONGEST_BUTTON - 1] + "…"


def _call(key: str, param: Tree) -> Call:
    return Call(key, json.dumps(param, ensure_ascii=False, separators=(",", ":")))
