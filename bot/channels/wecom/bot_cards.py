"""The cards of the AI bot: a question with its options to click, and what becomes of it; within W:101032's limits.

What a click means stands in the card itself (in the key of the button): any replica can read it, a day later too.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.channels.naming import name_of
from bot.channels.wecom.bot_payloads import Clicked, Place
from bot.channels.wecom.card_words import cut, shorten
from bot.messages import Option, OutboundMessage

BUTTONS = 6
LISTS, LIST_LENGTH = 3, 10
TICKS, TICK_TEXT = 20, 11
LONGEST_KEY, LONGEST_ID = 1024, 128
TITLE, DESC, TEXT, ROW, BUTTON_TEXT = 26, 30, 112, 26, 10
NOTHING = "-"
"""Begins the id of the entry of a list that selects nothing of it; a list always has one thing selected."""
DONE_KEY = "done"

INVITATION = "点选一个，"
LIST_INVITATION = "选好后点提交，"
TYPING, TYPING_IN_GROUP = "也可以直接打字回复", "打字回复请先 @我"
TICK_INVITATION = "可以勾选几个，选好点提交"
CHOOSE, SUBMIT, NOT_IN_LIST, DONE, CHOSEN = "请选一个", "提交", "（不选）", "已收到", "已选："
GO_ON = "回复“继续”看下一步"
OUTDATED, OUTDATED_HINT = "这一问已经过去了", "请看最新的一问"
NOT_YOURS, NOT_YOURS_HINT = "这一问是问提问人的", "查自己的企业，请 @我 说一句"
NOTHING_CHOSEN, NOTHING_CHOSEN_HINT = "没有选中任何一项", "请直接打字回复，或回复选项编号"

ASKED_AGAIN = "刚才的问题："
_STAKE = re.compile(r"（这一问[^（）]*）")

Card = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a click says: the words of the option, and the attribute asked for (empty: none)."""

    text: str
    question: str


def ask_card(message: OutboundMessage, question: str, place: Place, name: str) -> Card | None:
    """The card with the options of the message; None where there are none, or more than a card can hold.

    `name` tells this card from every other one. Whose question it is stands in the task id.
    """
    labels = [option.label for option in message.options]
    task = f"{_mark(place)}-{name}"
    if not labels:
        return None
    title, typing = _title_of(message), TYPING_IN_GROUP if place.group else TYPING
    if message.is_several:
        return _tick_card(labels, question, task, _head(title, TICK_INVITATION))
    if len(labels) <= BUTTONS:
        return _button_card(labels, question, task, _head(title, INVITATION + typing))
    return _list_card(labels, question, task, _head(title, LIST_INVITATION + typing))


def with_text(card: Card | None, text: str, options: Sequence[Option]) -> Card | None:
    """The card with the whole message in it, so that it needs no text beside; None where it can't hold that."""
    labels = [option.label for option in options]
    listed = "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    lead = text.removesuffix(listed).strip()
    if card is None or card["card_type"] != "button_interaction" or not lead or len(lead) > TEXT:
        return None
    whole: Card = {**card, **_all_of(lead)}
    if shorten(labels, BUTTON_TEXT) == labels:
        return whole
    if lead == text.strip() or any(len(label) > ROW for label in labels):
        return None
    rows = [{"keyname": f"{number}", "value": label} for number, label in enumerate(labels, 1)]
    return {**whole, "horizontal_content_list": rows}


def is_theirs(click: Clicked) -> bool:
    """Whether the question of the card was put to the one who clicked."""
    return click.task.partition("-")[0] == _mark(click.place)


def is_closed(click: Clicked) -> bool:
    """Whether the card was answered before: its only button says so."""
    return click.key == DONE_KEY


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
            chosen = [one for one in click.selected if not one.startswith(NOTHING)]
            return Choice("、".join(chosen), question) if chosen else None
        case _:
            return None


def chosen_card(choice: Choice, task: str, hint: str = "") -> Card:
    """What the card shows once it is answered."""
    return _closed(f"{CHOSEN}{choice.text}", hint, task)


def outdated_card(task: str) -> Card:
    """What the card shows when its question was not the open one any more."""
    return _closed(OUTDATED, OUTDATED_HINT, task)


def nothing_card(task: str) -> Card:
    """What the card shows when it was submitted with nothing selected."""
    return _closed(NOTHING_CHOSEN, NOTHING_CHOSEN_HINT, task)


def foreign_card(task: str) -> Card:
    """What somebody sees who clicked on a question put to another one."""
    return _closed(NOT_YOURS, NOT_YOURS_HINT, task)


def _button_card(labels: Sequence[str], question: str, task: str, head: Card) -> Card | None:
    keys = [_dump([question, label]) for label in labels]
    if any(len(key.encode()) > LONGEST_KEY for key in keys) or len({*keys}) < len(keys):
        return None
    texts = shorten(labels, BUTTON_TEXT)
    buttons = [{"text": text, "style": 1, "key": key} for text, key in zip(texts, keys, strict=True)]
    return {"card_type": "button_interaction", "main_title": head, "button_list": buttons, "task_id": task}


def _list_card(labels: Sequence[str], question: str, task: str, head: Card) -> Card | None:
    fits = len(labels) <= LISTS * (LIST_LENGTH - 1) and len({*labels}) == len(labels)
    if not fits or any(len(label.encode()) > LONGEST_ID or label.startswith(NOTHING) for label in labels):
        return None
    return {
        "card_type": "multiple_interaction",
        "main_title": head,
        "select_list": [*_lists(labels)],
        "submit_button": {"text": SUBMIT, "key": _dump([question])},
        "task_id": task,
    }


def _tick_card(labels: Sequence[str], question: str, task: str, head: Card) -> Card | None:
    """A card on which several are ticked; they are named by their numbers, for a label may have marks in it."""
    if len(labels) > TICKS:
        return None
    listed = [{"id": f"{number}", "text": text} for number, text in enumerate(shorten(labels, TICK_TEXT), 1)]
    return {
        "card_type": "vote_interaction",
        "main_title": head,
        "checkbox": {"question_key": "list1", "mode": 1, "option_list": listed},
        "submit_button": {"text": SUBMIT, "key": _dump([question])},
        "task_id": task,
    }


def _lists(labels: Sequence[str]) -> Iterator[Card]:
    texts = shorten(labels, BUTTON_TEXT)
    count = -(-len(labels) // (LIST_LENGTH - 1))
    size = -(-len(labels) // count)
    for place, start in enumerate(range(0, len(labels), size), 1):
        end = min(start + size, len(labels))
        none = f"{NOTHING}{place}"
        entries = [{"id": label, "text": text} for label, text in zip(labels[start:end], texts[start:end], strict=True)]
        yield {
            "question_key": f"list{place}",
            "title": f"第 {start + 1}～{end} 项" if count > 1 else "选项",
            "selected_id": none,
            "option_list": [{"id": none, "text": NOT_IN_LIST}, *entries],
        }


def _closed(title: str, desc: str, task: str) -> Card:
    # A notice card would need a link to go to; a button that says it is done needs none.
    done = [{"text": DONE, "style": 2, "key": DONE_KEY}]
    shown = _head(cut(title, TITLE), desc)
    return {"card_type": "button_interaction", "main_title": shown, "button_list": done, "task_id": task}


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
    before = message.text.partition(f"\n1 {message.options[0].label}")[0].strip()
    question = _STAKE.sub("", before.rpartition("\n\n")[2].split("\n")[0]).strip().removeprefix(ASKED_AGAIN)
    if len(question) > TITLE and "？" in question[:TITLE]:
        question = question[: question.index("？") + 1]
    return question if len(question) <= TITLE else ""


def _mark(place: Place) -> str:
    return name_of(place.conversation, 12)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
