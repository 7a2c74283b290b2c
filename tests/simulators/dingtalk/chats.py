"""People, and what stands in their chats."""

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

BOT = "bot"
SINGLE, GROUP = "1", "2"


class Silence(AssertionError):
    """Raised when the bot says nothing in the time given."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with DingTalk; who is outside the company has no staff id that the bot could see."""

    staff_id: str
    nick: str
    outside: bool = False
    admin: bool = False

    @property
    def sender_id(self) -> str:
        """The opaque id."""
        return f"$:LWCP_v1:${opaque(self.staff_id)}"

    @property
    def union_id(self) -> str:
        """The id over all companies."""
        return f"union{opaque(self.staff_id)}"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to click: a link, or an action of a card."""

    label: str
    url: str = ""
    action_id: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class LiveCard(Protocol):
    """An interactive card, as a chat shows it at this moment."""

    @property
    def out_track_id(self) -> str:
        """The sender's name of the card."""
        ...

    @property
    def values(self) -> Mapping[str, str]:
        """Its variables now."""
        ...

    def buttons_for(self, staff_id: str) -> tuple[Button, ...]:
        """What one person can click on it now."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One message in a chat."""

    sender: str
    kind: str
    text: str
    title: str = ""
    buttons: tuple[Button, ...] = ()
    mentions: tuple[str, ...] = ()
    at_all: bool = False
    via: str = ""
    at: int = 0
    msg_id: str = ""
    card: LiveCard | None = None
    recipients: tuple[str, ...] = ()

    def is_shown_to(self, staff_id: str) -> bool:
        """Whether one person sees it: a card in a group may be for some only."""
        return not self.recipients or staff_id in self.recipients

    def buttons_for(self, staff_id: str) -> tuple[Button, ...]:
        """What one person can click, of a card as it is now."""
        if not self.is_shown_to(staff_id):
            return ()
        return self.card.buttons_for(staff_id) if self.card else self.buttons


class Chat:
    """One conversation: all its messages, and those of the bot."""

    def __init__(self, kind: str, title: str) -> None:
        self.kind = kind
        self.title = title
        self.conversation_id = f"cid{opaque(kind + title)}=="
        self.people: dict[str, Person] = {}
        self.messages: list[Message] = []
        self.replies: list[Message] = []
        self._heard = 0
        self._news = asyncio.Event()

    @property
    def is_group(self) -> bool:
        """Whether several people are in it."""
        return self.kind == GROUP

    def show(self, message: Message) -> None:
        """Add a message."""
        self.messages.append(message)
        if message.sender == BOT:
            self.replies.append(message)
            self._news.set()

    async def hears(self, within: float) -> Message:
        """The bot's next message that was not yet asked for."""
        try:
            async with asyncio.timeout(within):
                while self._heard >= len(self.replies):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise Silence(f"the bot said nothing more in '{self.title}' within {within} s") from None
        self._heard += 1
        return self.replies[self._heard - 1]


def opaque(text: str) -> str:
    """A short id that shows nothing of the text, always the same."""
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode("ascii").replace("-", "x").replace("_", "y")
