"""The messages that 微信客服 can send: a text or a menu, cut from a reply so that each keeps within its bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.wecom.card_parts import Choice
from bot.channels.wecom.limits import TEXT_BYTES
from bot.channels.wecom.markup import drop_control_signs
from bot.messages import Option, OutboundMessage, Reply
from bot.rendering.splitting import split_text

END_BYTES = 1024
"""What may stand before and after the entries of a menu."""
ENTRY_BYTES = 128
MOST_ENTRIES = 10
REPLY_MESSAGES = 4
"""A customer's message allows five; the fifth is kept for what comes up by itself: nobody there, more to come."""

_ID = re.compile(r"o([0-9]{1,2})([cn]?)_([A-Za-z0-9_]*)")
"""The number, whether the label is cut (c) or stands behind its number (n), and the question."""
_NUMBER = re.compile(r"[0-9]{1,2}(?:[.．、] ?| )")
_MARKS = (" ", ". ", "、")
_QUESTION = re.compile(r"[A-Za-z0-9_]{0,100}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu that can be clicked."""

    id: str
    content: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: its text, or with entries a menu between its text and `tail`."""

    text: str
    entries: tuple[Entry, ...] = ()
    tail: str = ""


def pieces_of(reply: Reply, more: str) -> tuple[Piece, ...]:
    """The messages of a reply, in order; `more` fits into each in addition. Joined where there would be too many."""
    room = len(f"\n\n{more}".encode())
    pieces = [piece for one in reply.messages for piece in _cut(one, reply.pending or "", room)]
    return tuple(pieces if len(pieces) <= REPLY_MESSAGES else _joined(pieces, room))


def without_question(reply: Reply) -> Reply:
    """The reply without the question at its end: once a person serves, nobody would hear the answer."""
    if not reply.messages:
        return reply
    *before, last = reply.messages
    told, parted, _ = last.text.strip("\n").rpartition("\n\n")
    if not (reply.pending and parted and last.options):
        return reply
    return replace(reply, messages=(*before, OutboundMessage(told)), pending=None)


def in_one_piece(reply: Reply, more: str) -> tuple[Piece, ...]:
    """The same in a single message, a menu if that fits, else a text with its numbered options, if that fits."""
    pieces = pieces_of(reply, more)
    room = len(f"\n\n{more}".encode())
    if len(pieces) > 1:
        pieces = tuple(_joined(pieces, room))
    whole = drop_control_signs("\n\n".join(one.text.strip("\n") for one in reply.messages))
    return (Piece(whole),) if len(pieces) > 1 and len(whole.encode()) + room <= TEXT_BYTES else pieces


def with_more(piece: Piece, more: str) -> Piece:
    """The message, which ends by saying that there is more."""
    if piece.entries:
        return replace(piece, tail=f"{piece.tail}\n\n{more}".strip("\n"))
    return replace(piece, text=f"{piece.text}\n\n{more}")


def body_of(piece: Piece) -> dict[str, object]:
    """The message as the platform takes it."""
    if not piece.entries:
        return {"msgtype": "text", "text": {"content": piece.text}}
    listed = [{"type": "click", "click": {"id": one.id, "content": one.content}} for one in piece.entries]
    ends = {"head_content": piece.text, "tail_content": piece.tail}
    return {"msgtype": "msgmenu", "msgmenu": {**{name: end for name, end in ends.items() if end}, "list": listed}}


def read_choice(menu_id: str, content: str) -> Choice | None:
    """What was clicked; None for an entry of another menu. One whose label was cut is taken by its number."""
    found = _ID.fullmatch(menu_id)
    if found is None:
        return None
    number, how, question = found.groups()
    label = _NUMBER.sub("", content, count=1) if how == "n" else content
    return Choice(number if how == "c" else label, question)


def _cut(message: OutboundMessage, question: str, room: int) -> tuple[Piece, ...]:
    text = drop_control_signs(message.text).strip("\n")
    found = _menu(text, message.options, question, room)
    if found is None:
        return tuple(Piece(part) for part in split_text(text, TEXT_BYTES - room))
    return (*(Piece(part) for part in split_text(found[0], TEXT_BYTES - room)), found[1])


def _menu(text: str, options: Sequence[Option], question: str, room: int) -> tuple[str, Piece] | None:
    """What goes ahead of the menu, and the menu; None where no menu can be made, or two options have one label.

    Of more options than a menu takes, the others stand behind it with their numbers.
    """
    if not (options and _are_apart(options) and _QUESTION.fullmatch(question)):
        return None
    before, others, after = _around(text, options)
    tail = "\n".join(part for part in (others, after) if part)
    if len(tail.encode()) + room > END_BYTES or (len(options) > MOST_ENTRIES and not others):
        return None
    heads = split_text(before, END_BYTES)
    head = heads[-1] if heads else ""
    entries = tuple(_entry(number, one, question, text) for number, one in enumerate(options[:MOST_ENTRIES], 1))
    return before[: before.rfind(head)], Piece(head, entries, tail)


def _are_apart(options: Sequence[Option]) -> bool:
    """Whether each has a label of its own, as far as it can be seen."""
    labels = {drop_control_signs(one.label).strip() for one in options}
    return len(labels) == len(options) and "" not in labels


def _around(text: str, options: Sequence[Option]) -> tuple[str, str, str]:
    """What stands before the numbered options, those of them that do not become entries, and what stands after them;
    all of it before, where the text has them in another shape."""
    for mark in _MARKS:
        numbered = [f"{number}{mark}{one.label}" for number, one in enumerate(options, 1)]
        if any(len(line.encode()) > ENTRY_BYTES for line in numbered):
            break
        for between in ("\n", "　"):
            before, found, after = f"\n{text}\n".rpartition(f"\n{between.join(numbered)}\n")
            if found:
                return before.strip("\n"), between.join(numbered[MOST_ENTRIES:]), after.strip("\n")
    return text, "", ""


def _entry(number: int, option: Option, question: str, text: str) -> Entry:
    """The entry with the number that the text gives the option, if it does."""
    numbered = next((line for mark in _MARKS if (line := f"{number}{mark}{option.label}") in text), "")
    content = " ".join(drop_control_signs(numbered or option.label).split())
    how = "c" if len(content.encode()) > ENTRY_BYTES else "n" if numbered else ""
    return Entry(f"o{number}{how}_{question}", _shortened(content))


def _shortened(content: str) -> str:
    if len(content.encode()) <= ENTRY_BYTES:
        return content
    return content.encode()[: ENTRY_BYTES - 3].decode(errors="ignore") + "…"


def _joined(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """As few messages as they go into."""
    joined: list[Piece] = []
    for piece in pieces:
        text = f"{joined[-1].text}\n\n{piece.text}" if joined and not joined[-1].entries else ""
        most = END_BYTES if piece.entries else TEXT_BYTES - room
        if text and len(text.encode()) <= most:
            joined[-1] = replace(piece, text=text)
        else:
            joined.append(piece)
    return joined
