"""A question with its options as a template card, within the platform's limits whatever the question is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bot.messages import Option, OutboundMessage

TITLE, DESCRIPTION, BUTTON, LIST_OPTION, LIST_TITLE = 36, 44, 10, 16, 10
"""The most signs of each part."""
BUTTONS, LISTS, LIST_OPTIONS = 6, 3, 10
ID_BYTES, KEY_BYTES = 128, 1024
NOT_HERE = "-"
"""The id of the first entry of a list, which the client picks by itself: it says nothing."""

_NOT_HERE_WORDS = ("请选择", "不在这一组")
_QUESTION = re.compile(r"[0-9A-Za-z_-]{0,80}")
_STAKE = re.compile(r"（这一问[^（）]*）")
_SUBMIT, _SUBMIT_KEY = "选好了", "submit"

Card = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Click:
    """What a click on one of our cards says: the question that it belongs to, and the words of what was picked."""

    question: str | None
    text: str


def build_card(message: OutboundMessage, task_id: str) -> Card | None:
    """The card for a message with options; None when there are none, or more than a card takes."""
    title, description = _headline(message)
    main_title = {"title": title, "desc": description} if description else {"title": title}
    if 0 < len(message.options) <= BUTTONS:
        buttons = [_button(option, number) for number, option in enumerate(message.options, 1)]
        return {"card_type": "button_interaction", "main_title": main_title, "task_id": task_id, "button_list": buttons}
    if BUTTONS < len(message.options) <= LISTS * (LIST_OPTIONS - 1):
        return {
            "card_type": "multiple_interaction",
            "main_title": main_title,
            "task_id": task_id,
            "select_list": _lists(message.options),
            "submit_button": {"text": _SUBMIT, "key": _SUBMIT_KEY},
        }
    return None


def make_task_id(question: str, parcel_id: str) -> str:
    """An id that names the question and is of this one card only."""
    named = question if _QUESTION.fullmatch(question) else ""
    return f"{named}@{blake2b(parcel_id.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def read_click(key: str, task_id: str, chosen: Sequence[str]) -> Click:
    """What was clicked; its text is empty where nothing was picked in the lists. A foreign card has no question."""
    question, mark, _ = task_id.partition("@")
    picked = [one for one in chosen if one != NOT_HERE] if key == _SUBMIT_KEY else [key]
    return Click(question if mark else None, "、".join(picked))


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _button(option: Option, number: int) -> Mapping[str, object]:
    return {"text": _short(option.label, number, BUTTON), "style": 1, "key": _id_of(option, number, KEY_BYTES)}


def _lists(options: Sequence[Option]) -> list[Mapping[str, object]]:
    numbered = list(enumerate(options, 1))
    count = -(-len(numbered) // (LIST_OPTIONS - 1))
    size = -(-len(numbered) // count)
    groups = [numbered[start : start + size] for start in range(0, len(numbered), size)]
    return [_list(group, place, is_only=count == 1) for place, group in enumerate(groups, 1)]


def _list(group: Sequence[tuple[int, Option]], place: int, *, is_only: bool) -> Mapping[str, object]:
    first = {"id": NOT_HERE, "text": _NOT_HERE_WORDS[not is_only]}
    listed = [
        {"id": _id_of(option, number, ID_BYTES), "text": _short(option.label, number, LIST_OPTION)}
        for number, option in group
    ]
    title = "选项" if is_only else f"第 {group[0][0]}～{group[-1][0]} 项"
    return {
        "question_key": f"list{place}",
        "title": cut(title, LIST_TITLE),
        "selected_id": NOT_HERE,
        "option_list": [first, *listed],
    }


def _short(label: str, number: int, most: int) -> str:
    """The label; of one that is too long its number, by which the text has it in full, and its start."""
    return label if len(label) <= most else cut(f"{number} {label}", most)


def _id_of(option: Option, number: int, most_bytes: int) -> str:
    """The label, which a text is read for as well; a very long one by its number."""
    return option.label if len(option.label.encode()) <= most_bytes else str(number)


def _headline(message: OutboundMessage) -> tuple[str, str]:
    """The question of the message, and what of it does not go into the title."""
    before = _before_options(message).rstrip()
    lines = [line for line in before.rpartition("\n\n")[2].split("\n") if line.strip()]
    question = _STAKE.sub("", lines[0] if lines else "").strip() or "请选一个"
    if len(question) <= TITLE:
        return question, ""
    place = max((question.rfind(mark, 0, TITLE) for mark in "？。；，"), default=-1)
    head = question[: place + 1] if place > 0 else cut(question, TITLE)
    return head, cut(question[place + 1 :].strip(), DESCRIPTION) if place > 0 else ""


def _before_options(message: OutboundMessage) -> str:
    first = message.options[0].label if message.options else ""
    place = message.text.find(f"\n1 {first}")
    return message.text if place < 0 else message.text[:place]
