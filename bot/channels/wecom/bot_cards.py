"""The cards of the AI bot: a question with its options to click, and what becomes of it; within W:101032's limits.

What a click means stands in the card itself (in the key of the button): any replica can read it, a day later too.
"""

import json
from collections.abc import Sequence
from typing import assert_never

from bot.channels.naming import name_of
from bot.channels.trees import dump_json
from bot.channels.wecom.bot_payloads import Clicked, Place
from bot.channels.wecom.card_parts import (
    BUTTON,
    CHOOSE,
    KEY_BYTES,
    Card,
    Choice,
    Shape,
    buttons,
    cut,
    lists,
    picked,
    question_in,
    shape_of,
    shorten,
    ticks,
)
from bot.messages import Option, OutboundMessage, Reply

TITLE, DESC, TEXT, ROW, LIST_OPTION, TICK = 26, 30, 112, 26, 10, 11
"""The most signs of each part."""
DONE_KEY = "done"

INVITATION = "点选一个，"
LIST_INVITATION = "选好后点提交，"
TYPING, TYPING_IN_GROUP = "也可以直接打字回复", "打字回复请先 @我"
TICK_INVITATION = "可以勾选几个，选好点提交"
DONE, CHOSEN = "已收到", "已选："
GO_ON = "回复“继续”看下一步"
OUTDATED, OUTDATED_HINT = "这一问已经过去了", "请看最新的一问"
NOT_YOURS, NOT_YOURS_HINT = "这一问是问提问人的", "查自己的企业，请 @我 说一句"
NOTHING_CHOSEN, NOTHING_CHOSEN_HINT = "没有选中任何一项", "请直接打字回复，或回复选项编号"


def ask_card(message: OutboundMessage, question: str, place: Place, name: str) -> Card | None:
    """The card with the options of the message; None where no card holds them.

    `name` tells this card from every other one. Whose question it is stands in the task id.
    """
    labels = [option.label for option in message.options]
    typing = TYPING_IN_GROUP if place.group else TYPING
    body: Card | None
    match shape := shape_of(message):
        case Shape.BUTTONS:
            desc, body = INVITATION + typing, _buttons(question, labels)
        case Shape.LISTS:
            desc, body = LIST_INVITATION + typing, lists(labels, _key(question), LIST_OPTION)
        case Shape.TICKS:
            desc, body = TICK_INVITATION, ticks(labels, _key(question), TICK)
        case None:
            return None
        case _ as unreachable:
            assert_never(unreachable)
    if body is None:
        return None
    head = _head(_title_of(message), desc)
    return {"card_type": shape.value, "main_title": head, "task_id": f"{_mark(place)}-{name}", **body}


def _buttons(question: str, labels: Sequence[str]) -> Card | None:
    """A button for each option; None where a key is longer than one may be."""
    keys = [_key(question, label) for label in labels]
    return None if any(len(key.encode()) > KEY_BYTES for key in keys) else buttons(labels, keys)


def with_text(card: Card | None, text: str, options: Sequence[Option]) -> Card | None:
    """The card with the whole message in it, so that it needs no text beside; None where it can't hold that."""
    labels = [option.label for option in options]
    listed = "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    lead = text.removesuffix(listed).strip()
    if card is None or card["card_type"] != Shape.BUTTONS.value or not 0 < len(lead) <= TEXT:
        return None
    whole: Card = {**card, **_all_of(lead)}
    if shorten(labels, BUTTON) == labels:
        return whole
    if lead == text.strip() or max(map(len, labels)) > ROW:
        return None
    rows = [{"keyname": f"{number}", "value": label} for number, label in enumerate(labels, 1)]
    return {**whole, "horizontal_content_list": rows}


def judge_click(click: Clicked) -> Choice | Card | None:
    """What the click says; where it says nothing what the card becomes, None for one that was answered before."""
    if click.key == DONE_KEY:
        return None
    if click.task.partition("-")[0] != _mark(click.place):
        return _closed(NOT_YOURS, NOT_YOURS_HINT, click.task)
    return read_choice(click) or _closed(NOTHING_CHOSEN, NOTHING_CHOSEN_HINT, click.task)


def read_choice(click: Clicked) -> Choice | None:
    """What the click says; None when nothing is selected, or the card is none of ours."""
    try:
        key = json.loads(click.key)
    except (ValueError, RecursionError):
        return None
    match key:
        case [str(question), str(label)] if label:
            return Choice(label, question)
        case [str(question)]:
            return Choice(text, question) if (text := picked(click.selected)) else None
        case _:
            return None


def answered_card(choice: Choice, task: str, reply: Reply | None, hint: str = "") -> Card:
    """What the card becomes once its click was taken, or is being taken (None): what was chosen, or that it is over."""
    if reply is not None and reply.is_outdated:
        return _closed(OUTDATED, OUTDATED_HINT, task)
    return _closed(f"{CHOSEN}{choice.text}", hint, task)


def _closed(title: str, desc: str, task: str) -> Card:
    # A notice card would need a link to go to; a button that says it is done needs none.
    done = [{"text": DONE, "style": 2, "key": DONE_KEY}]
    shown = _head(cut(title, TITLE), desc)
    return {"card_type": Shape.BUTTONS.value, "main_title": shown, "button_list": done, "task_id": task}


def _head(title: str, desc: str) -> Card:
    if not title:
        return {"title": desc}
    return {"title": title, "desc": cut(desc, DESC)} if desc else {"title": title}


def _all_of(lead: str) -> Card:
    """Title and text beneath it, which say all of it in its order: the first line or sentence, then the rest."""
    first, _, rest = lead.partition("\n")
    if len(first) > TITLE:
        place = next((at for mark in "？。：" if 0 < (at := first.find(mark)) < TITLE), -1)
        first, rest = first[: place + 1], lead[place + 1 :]
    if not first:
        return {"main_title": {"title": CHOOSE}, "sub_title_text": lead}
    if not rest.strip():
        return {"main_title": {"title": first}}
    return {"main_title": {"title": first.removesuffix("：")}, "sub_title_text": rest.strip()}


def _title_of(message: OutboundMessage) -> str:
    """The question that the options answer, where a title can hold it."""
    question = question_in(message)
    if len(question) > TITLE and "？" in question[:TITLE]:
        question = question[: question.index("？") + 1]
    return question if len(question) <= TITLE else ""


def _mark(place: Place) -> str:
    return name_of(place.conversation, 12)


def _key(*said: str) -> str:
    return dump_json(said).decode()
