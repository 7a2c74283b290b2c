"""A question with its options as a template card, within the platform's limits whatever the question is."""

import re
from collections.abc import Sequence
from typing import assert_never

from bot.channels.naming import name_of
from bot.channels.wecom.card_parts import (
    BUTTON,
    CHOOSE,
    KEY_BYTES,
    Card,
    Choice,
    Shape,
    buttons,
    cut,
    key_of,
    lists,
    picked,
    question_in,
    shape_of,
    ticks,
)
from bot.messages import OutboundMessage

TITLE, DESCRIPTION, LIST_OPTION = 36, 44, 16
POLL_TITLE, POLL_DESCRIPTION, POLL_OPTION = 16, 160, 17
"""The most signs of each part."""

_QUESTION = re.compile(r"[0-9A-Za-z_-]{0,80}")
_SUBMIT_KEY = "submit"
_POLL_TITLE = "可以选几个"


def build_card(message: OutboundMessage, task_id: str) -> Card | None:
    """The card for a message with options; None where no card holds them."""
    labels = [option.label for option in message.options]
    match shape := shape_of(message):
        case Shape.BUTTONS:
            keys = [key_of(label, number, KEY_BYTES) for number, label in enumerate(labels, 1)]
            head, body = _head(message), buttons(labels, keys)
        case Shape.LISTS:
            head, body = _head(message), lists(labels, _SUBMIT_KEY, LIST_OPTION)
        case Shape.TICKS:
            head, body = _head_of_poll(message), ticks(labels, _SUBMIT_KEY, POLL_OPTION)
        case None:
            return None
        case _ as unreachable:
            assert_never(unreachable)
    return {"card_type": shape.value, "main_title": head, "task_id": task_id, **body}


def make_task_id(question: str, parcel_id: str) -> str:
    """An id that names the question and is of this one card only."""
    named = question if _QUESTION.fullmatch(question) else ""
    return f"{named}@{name_of(parcel_id)}"


def read_choice(key: str, task_id: str, chosen: Sequence[str]) -> Choice | None:
    """What was clicked; its text is empty where nothing was picked in the lists. None for a card that is not ours."""
    question, mark, _ = task_id.partition("@")
    return Choice(picked(chosen) if key == _SUBMIT_KEY else key, question) if mark else None


def _head(message: OutboundMessage) -> Card:
    question = _question_of(message)
    if len(question) <= TITLE:
        return {"title": question}
    if not (place := _pause_in(question)):
        return {"title": cut(question, TITLE)}
    title, rest = question[: place + 1], cut(question[place + 1 :].strip(), DESCRIPTION)
    return {"title": title, "desc": rest} if rest else {"title": title}


def _head_of_poll(message: OutboundMessage) -> Card:
    return {"title": _POLL_TITLE, "desc": cut(_question_of(message).rstrip("："), POLL_DESCRIPTION)}


def _question_of(message: OutboundMessage) -> str:
    """The question that the options answer; of options that stand in no list, what is to be done with them."""
    question, first = question_in(message), message.options[0].label
    if f"\n1 {first}" not in message.text and "？" not in question:
        return f"接着看，就点“{cut(first, BUTTON)}”" if len(message.options) == 1 else CHOOSE
    return question or CHOOSE


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
