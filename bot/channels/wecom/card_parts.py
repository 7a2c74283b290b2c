"""What the cards of the app and of the AI bot have in common: how a question stands on one, and what was picked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.messages import OutboundMessage

BUTTONS, LISTS, LIST_OPTIONS, TICKS = 6, 3, 10, 20
ID_BYTES, KEY_BYTES = 128, 1024
BUTTON = 10
"""The most signs on a button."""
NOT_HERE = "-"
"""The id of the first entry of a list, which the client picks by itself: it says nothing."""
CHOOSE, SUBMIT = "请选一个", "提交"

_NOT_HERE_WORDS = ("请选择", "不在这一组")
_STAKE = re.compile(r"（这一问[^（）]*）")
_ASKED_AGAIN = "刚才的问题："

Card = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a click says: the words of what was picked, and the question that it stood under (empty: none)."""

    text: str
    question: str


class Shape(StrEnum):
    """How options stand on a card, as the platform calls the card."""

    BUTTONS = "button_interaction"
    LISTS = "multiple_interaction"
    TICKS = "vote_interaction"


def shape_of(message: OutboundMessage) -> Shape | None:
    """The card for the options; None when there are none, more than a card takes, or two of one label."""
    labels = [option.label for option in message.options]
    if not labels or len({*labels}) < len(labels):
        return None
    if message.is_several:
        return Shape.TICKS if len(labels) <= TICKS else None
    if len(labels) <= BUTTONS:
        return Shape.BUTTONS
    return Shape.LISTS if len(labels) <= LISTS * (LIST_OPTIONS - 1) else None


def buttons(labels: Sequence[str], keys: Sequence[str]) -> Card:
    """A button for each option."""
    listed = zip(shorten(labels, BUTTON), keys, strict=True)
    return {"button_list": [{"text": text, "style": 1, "key": key} for text, key in listed]}


def lists(labels: Sequence[str], key: str, most: int) -> Card:
    """The options in as few lists as hold them, each with an entry that says nothing; `most`: the signs of a word."""
    words = enumerate(zip(labels, shorten(labels, most), strict=True), 1)
    entries = [{"id": key_of(label, number, ID_BYTES), "text": text} for number, (label, text) in words]
    return {"select_list": [*_lists(entries)], "submit_button": {"text": SUBMIT, "key": key}}


def ticks(labels: Sequence[str], key: str, most: int) -> Card:
    """The options to be ticked. They are named by their numbers, for a label may have marks in it."""
    listed = [{"id": f"{number}", "text": text} for number, text in enumerate(shorten(labels, most), 1)]
    return {
        "checkbox": {"question_key": "list1", "mode": 1, "option_list": listed},
        "submit_button": {"text": SUBMIT, "key": key},
    }


def picked(chosen: Sequence[str]) -> str:
    """The words of what was picked or ticked; empty where nothing was."""
    return "、".join(one for one in chosen if one != NOT_HERE)


def key_of(label: str, number: int, most_bytes: int) -> str:
    """The label, which a text is read for as well; a very long one by its number."""
    return label if len(label.encode()) <= most_bytes else str(number)


def question_in(message: OutboundMessage) -> str:
    """The line that asks, which stands before the numbered options."""
    before = message.text.partition(f"\n1 {message.options[0].label}")[0]
    asking = before.strip().rpartition("\n\n")[2].lstrip("\n").partition("\n")[0]
    return _STAKE.sub("", asking).strip().removeprefix(_ASKED_AGAIN)


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shorten(labels: Sequence[str], most: int) -> list[str]:
    """What stands on the card for each: the label, or where that is too long what stands before its bracket, or its
    number, by which the text has it in full, and its start."""
    heads = [label if len(label) <= most else label.partition("（")[0] for label in labels]
    return [
        head if head.strip() and len(head) <= most and heads.count(head) == 1 else cut(f"{number} {label}", most)
        for number, (label, head) in enumerate(zip(labels, heads, strict=True), 1)
    ]


def brief(label: str, most: int) -> str:
    """One label where no other stands beside it: in full, else what stands before its bracket, else its start."""
    head = label if len(label) <= most else label.partition("（")[0]
    return cut(head if head.strip() else label, most)


def _lists(entries: Sequence[Mapping[str, str]]) -> Iterator[Card]:
    count = -(-len(entries) // (LIST_OPTIONS - 1))
    size = -(-len(entries) // count)
    nothing = {"id": NOT_HERE, "text": _NOT_HERE_WORDS[count > 1]}
    for place, start in enumerate(range(0, len(entries), size), 1):
        listed = entries[start : start + size]
        yield {
            "question_key": f"list{place}",
            "title": f"第 {start + 1}～{start + len(listed)} 项" if count > 1 else "选项",
            "selected_id": NOT_HERE,
            "option_list": [nothing, *listed],
        }
