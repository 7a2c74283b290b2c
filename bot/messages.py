"""What comes in from a channel and what goes out to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

JsonValue = str | int | float | bool | list[str] | None


class Target(StrEnum):
    """Where a message goes."""

    CHAT = "chat"
    """To the chat in which the user wrote."""
    SINGLE = "single"
    """To the single chat of that user, who wrote in a group."""


class Form(StrEnum):
    """What kind of message it is that came in. One that is spoken and comes with its transcript is a text."""

    TEXT = "text"
    ENTER = "enter"
    """The chat was opened; nothing was said."""
    VOICE = "voice"
    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    """`text` is the name of the place."""
    LINK = "link"
    """`text` is its title."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice offered with a message; a user takes it by a click, its number or its words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message that a user sent, as the channel delivered it.

    `conversation` names the chat together with the person, so that each member of a group has a state of their own.
    `message_id` is the platform's own id, equal on a repeated delivery. `received` has a time zone. `question` is the
    attribute that was asked for (empty: none) where the options stood of which the text is one; None when it was typed.
    `private` names the single chat of the same person, to which a channel can write what a group must not read; empty
    where there is none.
    """

    channel: str
    conversation: str
    message_id: str
    text: str
    received: datetime
    is_group: bool = False
    question: str | None = None
    private: str = ""
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to the user: plain text, with the options that may answer it, one or `is_several` of them at once.

    `file` is the name of the file whose content the text is; a channel without files sends the text. Messages of one
    file that follow each other are parts of it.
    """

    text: str
    options: tuple[Option, ...] = ()
    target: Target = Target.CHAT
    file: str = ""
    is_several: bool = False


@dataclass(frozen=True, slots=True)
class PrintedResult:
    """All that a conversation came to, to be printed: the whole result, then the proof of each of its items."""

    day: str
    text: str
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """All that one turn answers, and what is known of the enterprise after it (values as in contract JSON).

    `forgotten` tells that all that was kept of the conversation is removed. `content_version` is that of the content
    from which it was answered. `hand_off` is the number under which this turn handed the conversation over to a person.
    `is_outdated` tells that an option was taken which stood with another question than the open one: it answered
    nothing.
    """

    messages: tuple[OutboundMessage, ...]
    profile: Mapping[str, JsonValue] = field(default_factory=dict)
    pending: str | None = None
    forgotten: bool = False
    content_version: str = ""
    hand_off: str = ""
    is_outdated: bool = False
