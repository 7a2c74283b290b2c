"""A question with its options as a template card, within the platform's limits whatever the question is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.naming import name_of
from bot.channels.wecom.card_words import cut, shorten
from bot.messages import Option, OutboundMessage

TITLE, DESCRIPTION, BUTTON, LIST_OPTION, LIST_TITLE = 36, 44, 10, 16, 10
POLL_TITLE, POLL_DESCRIPTION, POLL_OPTION = 16, 160, 17
"""The most signs of each part."""
BUTTONS, LISTS, LIST_OPTIONS, POLL_OPTIONS = 6, 3, 10, 20
ID_BYTES, KEY_BYTES = 128, 1024
NOT_HERE = "-"
"""The id of the first entry of a list, which the client picks by itself: it says nothing."""

_NOT_HERE_WORDS = ("请选择", "不在这一组")
_QUESTION = re.compile(r"[0-9A-Za-z_-]{0,80}")
_STAKE = re.compile(r"（这一问[^（）]*）")
_ASKED_AGAIN = "刚才的问题："
_SUBMIT, _SUBMIT_KEY = "选好了", "submit"
_CHOOSE, _POLL_TITLE = "请选一个", "可以选几个"

Card = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Click:
    """What a click on one of our cards says: the question that it belongs to, and the words of what was picked."""

    question: str | None
    text: str


def build_card(message: OutboundMessage, task_id: str) -> Card | None:
    """The card for a message with options; None when there are none, more than a card takes, or two of one label."""
    options = message.options
    if len({option.label for option in options}) < len(options):
        return None
    if message.is_several:
        return _poll(message, task_id) if 0 < len(options) <= POLL_OPTIONS else None
    if 0 < len(options) <= BUTTONS:
        return {**_head("button_interaction", message, task_id), "button_list": _buttons(options)}
    if BUTTONS < len(options) <= LISTS * (LIST_OPTIONS - 1):
        return {
            **_head("multiple_interaction", message, task_id),
            "select_list": _lists(options),
            "submit_button": {"text": _SUBMIT, "key": _SUBMIT_KEY},
        }
    return None


def make_task_id(question: str, parcel_id: str) -> str:
    """An id that names the question and is of this one card only."""
    named = question if _QUESTION.fullmatch(question) else ""
    return f"{named}@{name_of(parcel_id)}"


def read_click(key: str, task_id: str, chosen: Sequence[str]) -> Click:
    """What was clicked; its text is empty where nothing was picked in the lists. A foreign card has no question."""
    question, mark, _ = task_id.partition("@")
    picked = [one for one in chosen if one != NOT_HERE] if key == _SUBMIT_KEY else [key]
    return Click(question if mark else None, "、".join(picked))


def _buttons(options: Sequence[Option]) -> list[Mapping[str, object]]:
    words = _words(options, BUTTON)
    return [
        {"text": text, "style": 1, "key": _id_of(option, number, KEY_BYTES)}
        for number, (option, text) in enumerate(zip(options, words, strict=True), 1)
    ]


def _lists(options: Sequence[Option]) -> list[Mapping[str, object]]:
    words = _words(options, LIST_OPTION)
    entries = [
        {"id": _id_of(option, number, ID_BYTES), "text": text}
        for number, (option, text) in enumerate(zip(options, words, strict=True), 1)
    ]
    count = -(-len(entries) // (LIST_OPTIONS - 1))
    size = -(-len(entries) // count)
    starts = range(0, len(entries), size)
    return [_list(entries[start : start + size], start + 1, is_only=count == 1) for start in starts]


def _list(entries: Sequence[Mapping[str, str]], first: int, *, is_only: bool) -> Mapping[str, object]:
    title = "选项" if is_only else f"第 {first}～{first + len(entries) - 1} 项"
    return {
        "question_key": f"list{first}",
        "title": cut(title, LIST_TITLE),
        "selected_id": NOT_HERE,
        "option_list": [{"id": NOT_HERE, "text": _NOT_HERE_WORDS[not is_only]}, *entries],
    }


def _words(options: Sequence[Option], most: int) -> list[str]:
    return shorten([option.label for option in options], most)


def _id_of(option: Option, number: int, most_bytes: int) -> str:
    """The label, which a text is read for as well; a very long one by its number."""
    return option.label if len(option.label.encode()) <= most_bytes else str(number)


def _head(kind: str, message: OutboundMessage, task_id: str) -> Mapping[str, object]:
    question = _question_in(message)
    if len(question) <= TITLE:
        title, rest = question, ""
    else:
        place = _pause_in(question)
        title = question[: place + 1] if place else cut(question, TITLE)
        rest = cut(question[place + 1 :].strip(), DESCRIPTION) if place else ""
    main_title = {"title": title, "desc": rest} if rest else {"title": title}
    return {"card_type": kind, "main_title": main_title, "task_id": task_id}


def _poll(message: OutboundMessage, task_id: str) -> Card:
    """A card on which several are ticked; they are named by their numbers, for a label may have marks in it."""
    listed = [
        {"id": str(number), "text": text, "is_checked": False}
        for number, text in enumerate(_words(message.options, POLL_OPTION), 1)
    ]
    return {
        "card_type": "vote_interaction",
        "main_title": {"title": _POLL_TITLE, "desc": cut(_question_in(message).rstrip("："), POLL_DESCRIPTION)},
        "task_id": task_id,
        "checkbox": {"question_key": "list1", "mode": 1, "option_list": listed},
        "submit_button": {"text": _SUBMIT, "key": _SUBMIT_KEY},
    }


def _question_in(message: OutboundMessage) -> str:
    """The question that the options answer; of options that stand in no list, the line that asks."""
    first = message.options[0].label
    place = message.text.find(f"\n1 {first}")
    before = message.text if place < 0 else message.text[:place]
    lines = [line for line in before.rstrip().rpartition("\n\n")[2].split("\n") if line.strip()]
    question = _STAKE.sub("", lines[0] if lines else "").strip().removeprefix(_ASKED_AGAIN)
    if place < 0 and "？" not in question:
        return f"接着看，就点“{cut(first, BUTTON)}”" if len(message.options) == 1 else _CHOOSE
    return question or _CHOOSE


def _pause_in(question: str) -> int:
    """Where the question is best parted so that its beginning makes a title: where it is asked, if the rest has room
    beneath, else as late as possible; 0 when nowhere."""
    asked = question.find("？", 1, TITLE)
    if asked > 0 and len(question) - asked - 1 <= DESCRIPTION:
        return asked
    for marks in ("？。；", "，"):
        place = max(question.rfind(mark, 1, TITLE) for mark in marks)
        if place > 0:
            return place
    return 0
