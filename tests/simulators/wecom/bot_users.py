"""People who talk with the AI bot, alone or in groups."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.simulators.wecom import cards
from tests.simulators.wecom.bot_replies import MESSAGE_ANSWERS, UPDATES, WELCOMES, Asked, BotChat
from tests.simulators.wecom.callbacks import Delivery
from tests.simulators.wecom.inbox import Inbox, Shown, word_for
from tests.simulators.wecom.platform import Json, Platform

Carry = Callable[[Asked], Awaitable[Delivery | None]]
DAY = 24 * 3600
IN_PROGRESS = 3


class BotUser:
    """One person in one chat with the bot."""

    def __init__(self, name: str, chat: BotChat, platform: Platform, carry: Carry) -> None:
        self.name = name
        self.chat = chat
        self._platform = platform
        self._carry = carry
        self._entered_on = -1
        self._in_progress = 0

    @property
    def inbox(self) -> Inbox:
        """What is seen in the chat."""
        return self.chat.inbox

    @property
    def user_id(self) -> str:
        """The id that callbacks carry: encrypted unless a super admin made the bot."""
        if not self._platform.has_encrypted_ids:
            return self.name
        return "wo" + hashlib.sha256(self.name.encode()).hexdigest()[:30]

    async def says(self, text: str, *, message_id: str = "", quote: str = "") -> Delivery | None:
        """Write a text. In a group the bot hears of it only if it is mentioned: `@name ` and the text."""
        more: Json = {"quote": {"msgtype": "text", "text": {"content": quote}}} if quote else {}
        self._note(text)
        if self.chat.is_group and f"@{self._platform.accounts.bot_name}" not in text:
            return None
        return await self._message("text", {"content": text}, message_id, **more)

    async def sends_mixed(self, text: str) -> Delivery | None:
        """Write a text with a picture in it."""
        items = [
            {"msgtype": "text", "text": {"content": text}},
            {"msgtype": "image", "image": {"url": f"{self._platform.url}/media/1"}},
        ]
        self._note(word_for("image", text))
        return await self._message("mixed", {"msg_item": items})

    async def sends_voice(self, transcript: str) -> Delivery | None:
        """Speak; the bot gets the transcript. Only in single chats."""
        return await self._single("voice", {"content": transcript})

    async def sends_image(self) -> Delivery | None:
        """Send a picture. Only in single chats."""
        return await self._single("image", {"url": f"{self._platform.url}/media/1"})

    async def sends_file(self) -> Delivery | None:
        """Send a file. Only in single chats."""
        return await self._single("file", {"url": f"{self._platform.url}/media/1"})

    async def sends_video(self) -> Delivery | None:
        """Send a video. Only in single chats."""
        return await self._single("video", {"url": f"{self._platform.url}/media/1"})

    async def enters(self) -> Delivery | None:
        """Open the chat; the bot hears of the first time a day only."""
        day = self._platform.seconds() // DAY
        if self.chat.is_group or day == self._entered_on:
            return None
        self._entered_on = day
        return await self._event("enter_chat", {}, WELCOMES)

    async def clicks(
        self, label: str, choices: Mapping[str, str | tuple[str, ...]] | None = None, *, on: Shown | None = None
    ) -> Delivery | None:
        """Click a button of the newest card that has it, after choosing in its lists."""
        shown = on or self.inbox.clickable(label, self.user_id)
        card = shown.card_for(self.user_id)
        key = cards.buttons_of(card)[label]
        content: Json = {"card_type": card["card_type"], "event_key": key, "task_id": shown.body.get("task_id", "")}
        menu = cards.items_of(card.get("action_menu") or {}, "action_list")
        if not any(item["key"] == key for item in menu) and (chosen := cards.chosen_in(card, choices or {})):
            items = [{"question_key": question, "option_ids": {"option_id": ids}} for question, ids in chosen.items()]
            content["selected_items"] = {"selected_item": items}
        self._note(f"［点了“{label}”］")
        return await self._event("template_card_event", content, UPDATES, shown)

    async def asks_by_card(self, title: str) -> Delivery | None:
        """Click an entry of a notice that makes the client ask a question."""
        for shown in reversed(self.inbox):
            for jump in cards.items_of(shown.body, "jump_list"):
                if jump["title"] == title and jump.get("type") == 3:
                    mention = f"@{self._platform.accounts.bot_name} " if self.chat.is_group else ""
                    return await self.says(mention + str(jump["question"]))
        raise AssertionError(f"没有可以提问的“{title}”")

    async def rates(
        self, shown: Shown, kind: int = 1, content: str = "", reasons: tuple[int, ...] = ()
    ) -> Delivery | None:
        """Say that an answer was good (1), bad (2), or neither any more (3)."""
        if not shown.feedback:
            return None
        event: Json = {"id": shown.feedback, "type": kind}
        if kind == 2:
            event |= {"content": content, "inaccurate_reason_list": list(reasons)}
        return await self._event("feedback_event", event, frozenset())

    def _note(self, text: str) -> None:
        self.inbox.note(text, self.name, self._platform.clock.now())

    async def _single(self, kind: str, content: Json) -> Delivery | None:
        assert not self.chat.is_group, f"群聊里机器人收不到 {kind}"
        self._note(word_for(kind, content.get("content")))
        return await self._message(kind, content)

    async def _message(self, kind: str, content: Json, message_id: str = "", **more: Any) -> Delivery | None:
        """Send a message, unless three are in progress already."""
        if self._in_progress >= IN_PROGRESS:
            self.inbox.put(Shown("system", "消息处理中，请稍后再发", {}, self._platform.clock.now()))
            return None
        self.chat.is_written = True
        body = {**self._head(message_id), "chattype": self._chat_type, "msgtype": kind, kind: content, **more}
        self._in_progress += 1
        try:
            return await self._carry(Asked(self.chat, self.user_id, body, MESSAGE_ANSWERS, self._platform.clock.now()))
        finally:
            self._in_progress -= 1

    async def _event(
        self, name: str, content: Json, allowed: frozenset[str], shown: Shown | None = None
    ) -> Delivery | None:
        if shown is None:
            self._note(word_for(name))
        event = {"eventtype": name} | ({name: content} if content else {})
        body = {**self._head(), "create_time": self._platform.seconds(), "msgtype": "event", "event": event}
        if name != "enter_chat":
            body["chattype"] = self._chat_type
        return await self._carry(Asked(self.chat, self.user_id, body, allowed, self._platform.clock.now(), shown))

    @property
    def _chat_type(self) -> str:
        return "group" if self.chat.is_group else "single"

    def _head(self, message_id: str = "") -> Json:
        """What every callback begins with; chatid in groups only."""
        head: Json = {
            "msgid": message_id or f"CAIQ{self._platform.number()}",
            "aibotid": self._platform.accounts.bot_id,
        }
        return head | ({"chatid": self.chat.chat_id} if self.chat.is_group else {}) | {"from": {"userid": self.user_id}}


class Group:
    """A group with the bot in it."""

    def __init__(self, chat: BotChat, platform: Platform, carry: Carry) -> None:
        self.chat = chat
        self._platform = platform
        self._carry = carry
        self._members: dict[str, BotUser] = {}

    @property
    def inbox(self) -> Inbox:
        """What everybody in the group sees."""
        return self.chat.inbox

    def member(self, name: str) -> BotUser:
        """One of the group."""
        if name not in self._members:
            self._members[name] = BotUser(name, self.chat, self._platform, self._carry)
        return self._members[name]
