"""People at their phones: what they say, click and see."""

import json
from dataclasses import dataclass, replace

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk.bodies import robot_message, without_mention
from tests.simulators.dingtalk.chats import Button, Chat, Message, Person
from tests.simulators.dingtalk.contents import Content, Quoted, Text
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.doors import Doors
from tests.simulators.dingtalk.frames import BOT_TOPIC, CALLBACK
from tests.simulators.dingtalk.markdown import said_by
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.webhooks import CustomRobot, Webhooks


class NothingToClick(AssertionError):
    """Raised when no message shows a button of that name."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a click did: a text was said, a page was opened, or the bot was asked."""

    said: Delivery | None = None
    opened: str = ""
    is_answered: bool = False


class Place:
    """A person in one chat."""

    def __init__(self, platform: Platform, webhooks: Webhooks, doors: Doors, chat: Chat, person: Person) -> None:
        self.person = person
        self.chat = chat
        self._platform = platform
        self._webhooks = webhooks
        self._doors = doors

    async def says(
        self, text: str, *, quoting: Message | None = None, on_top: bool = False, waits: bool = True
    ) -> Delivery | None:
        """Send a text; what comes back says whether the bot took it, or is None where it is not told of it."""
        quoted = Quoted(quoting.msg_id or "msgQuoted==", quoting.text) if quoting else None
        return await self.sends(Text(text, quoted, on_top), waits=waits)

    async def sends(self, content: Content, *, mentioned: bool = True, waits: bool = True) -> Delivery | None:
        """Send anything; in a group, `mentioned` says whether something without text mentions the robot."""
        is_told = not self.chat.is_group or self._mentions(content, mentioned=mentioned)
        if is_told and self.chat.is_group and not content.works_in_groups:
            raise ValueError(f"DingTalk has no {content.msgtype} with a mention in groups")
        message = self._show(content)
        if not is_told:
            return None
        webhook = self._webhooks.open_session(self.chat)
        body = robot_message(self._platform, self.chat, self.person, self._passed_on(content), webhook)
        data = json.dumps(body | {"msgId": message.msg_id}, ensure_ascii=False)
        delivery = Delivery(CALLBACK, BOT_TOPIC, data, message.msg_id, self.chat)
        await self._doors.deliver(delivery, waits=waits)
        return delivery

    async def clicks(self, option: str) -> Clicked:
        """Click the newest button of that name in this chat."""
        return await self.presses(*self._find(option))

    async def presses(self, message: Message, button: Button) -> Clicked:
        """Click one button of one message."""
        if message.card is not None and not button.url:
            return Clicked(is_answered=await self._doors.click(message.card, self.person, button))
        said = said_by(button.url)
        if not said:
            return Clicked(opened=button.url)
        with_mention = self.chat.is_group and self._platform.app.mentions_by_button
        return Clicked(said=await self.says(f"@{self._platform.app.bot_name} {said}" if with_mention else said))

    async def asks(self, text: str, within: float = PATIENCE) -> Message:
        """Send a text, and wait for the bot's next message in this chat."""
        await self.says(text)
        return await self.hears(within)

    async def hears(self, within: float = PATIENCE) -> Message:
        """The bot's next message in this chat, in the order they came."""
        return await self.chat.hears(within)

    @property
    def sees(self) -> Message:
        """The newest message of the bot in this chat."""
        return self.chat.replies[-1]

    @property
    def options(self) -> tuple[str, ...]:
        """The names of the buttons of the newest message."""
        return tuple(button.label for button in self.sees.buttons_for(self.person.staff_id))

    def _find(self, option: str) -> tuple[Message, Button]:
        for message in reversed(self.chat.replies):
            for button in message.buttons_for(self.person.staff_id):
                if button.label == option:
                    return message, button
        raise NothingToClick(f"no message in '{self.chat.title}' has a button '{option}'")

    def _mentions(self, content: Content, *, mentioned: bool) -> bool:
        return f"@{self._platform.app.bot_name}" in content.text if isinstance(content, Text) else mentioned

    def _passed_on(self, content: Content) -> Content:
        if isinstance(content, Text) and self.chat.is_group:
            return replace(content, text=without_mention(content.text, self._platform.app.bot_name))
        return content

    def _show(self, content: Content) -> Message:
        now, msg_id = self._platform.clock.now(), self._platform.number("msg") + "=="
        message = Message(self.person.staff_id, content.msgtype, content.shown, at=now, msg_id=msg_id)
        self.chat.show(message)
        return message


class Member(Place):
    """A person in the single chat with the robot."""

    @property
    def inbox(self) -> list[Message]:
        """What the bot wrote there."""
        return self.chat.replies


class Group:
    """A group with the robot in it."""

    def __init__(self, platform: Platform, webhooks: Webhooks, doors: Doors, chat: Chat) -> None:
        self.chat = chat
        self._platform = platform
        self._webhooks = webhooks
        self._doors = doors

    @property
    def messages(self) -> list[Message]:
        """Everything that was said here, by people too."""
        return self.chat.messages

    @property
    def replies(self) -> list[Message]:
        """What the bot said here."""
        return self.chat.replies

    def member(self, staff_id: str, nick: str = "", *, outside: bool = False) -> Place:
        """A person in this group, who joins when first named."""
        person = self._platform.person(staff_id, nick, outside=outside)
        self.chat.people[person.staff_id] = person
        return Place(self._platform, self._webhooks, self._doors, self.chat, person)

    def custom_robot(self, secret: str = "") -> CustomRobot:
        """A custom robot whose address writes into this group."""
        return self._webhooks.add_robot(self.chat, secret)

    async def hears(self, within: float = PATIENCE) -> Message:
        """The bot's next message here, in the order they came."""
        return await self.chat.hears(within)
