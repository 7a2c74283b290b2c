"""What a person sees in one chat, in order, with cards as they look now."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from tests.simulators.base import PATIENCE
from tests.simulators.wecom import cards

WORDS = {
    "enter_agent": "进入应用",
    "enter_chat": "进入会话",
    "enter_session": "进入会话",
    "subscribe": "加入可见范围",
    "unsubscribe": "离开可见范围",
    "click": "点菜单",
    "LOCATION": "上报位置",
    "feedback_event": "评价",
    "user_recall_msg": "撤回消息",
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "file": "文件",
    "location": "位置",
    "link": "链接",
}


def word_for(kind: str, detail: object = "") -> str:
    """How something that is no text stands in the history."""
    return f"［{WORDS.get(kind, kind)}］{detail or ''}"


@dataclass(slots=True, eq=False)
class Shown:
    """One thing in a chat; a card or a stream changes while it stands there."""

    kind: str
    text: str
    body: Mapping[str, Any] = field(default_factory=dict)
    at: float = 0.0
    replaced: str = ""
    is_finished: bool = True
    feedback: str = ""
    personal: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """How a card in a group looks to those whose card alone was changed."""

    def card_for(self, name: str) -> Mapping[str, Any]:
        """The card as this person sees it."""
        return self.personal.get(name, self.body)

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be clicked here and calls the bot back."""
        if self.kind == "template_card":
            return _labels_of(self.body, is_grey=bool(self.replaced))
        return tuple(click["content"] for click in clicks_of(self.body)) if self.kind == "msgmenu" else ()

    def labels_for(self, name: str) -> tuple[str, ...]:
        """What this person can click: in a group the card may look different to each."""
        card = self.personal.get(name)
        return self.labels if card is None else _labels_of(card, is_grey=bool(card.get("replace_text")))

    def become(self, card: Mapping[str, Any]) -> None:
        """Look like another card from now on."""
        self.body = {"task_id": self.body.get("task_id"), **card}
        self.text = cards.text_of(card)
        self.replaced = str(card.get("replace_text", ""))


def _labels_of(card: Mapping[str, Any], *, is_grey: bool) -> tuple[str, ...]:
    """The labels of a card's buttons, and of its menu, which stays when the buttons are grey."""
    if is_grey:
        return tuple(item["text"] for item in cards.items_of(card.get("action_menu") or {}, "action_list"))
    return tuple(cards.buttons_of(card))


def clicks_of(menu: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries of a customer's menu that answer when clicked."""
    return [item["click"] for item in menu.get("list", []) if item.get("type") == "click"]


def show_card(card: Mapping[str, Any], at: float) -> Shown:
    """A card as it looks at first."""
    feedback = str((card.get("feedback") or {}).get("id", ""))
    return Shown("template_card", cards.text_of(card), dict(card), at, feedback=feedback)


class Inbox(Sequence[Shown]):
    """What came from the other side, in order; a test can wait for more. `history` also has what the user did."""

    def __init__(self) -> None:
        self.history: list[Shown] = []
        self._items: list[Shown] = []
        self._changed = asyncio.Event()
        self._read = 0

    @overload
    def __getitem__(self, index: int) -> Shown: ...
    @overload
    def __getitem__(self, index: slice) -> list[Shown]: ...
    def __getitem__(self, index: int | slice) -> Shown | list[Shown]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Shown]:
        return iter(self._items)

    @property
    def texts(self) -> list[str]:
        """The text of each."""
        return [shown.text for shown in self._items]

    @property
    def unread(self) -> list[Shown]:
        """What came since the last `take`."""
        return self._items[self._read :]

    def put(self, shown: Shown) -> Shown:
        """Show one thing more."""
        self.history.append(shown)
        self._items.append(shown)
        self.note_change()
        return shown

    def note(self, text: str, who: str, at: float) -> None:
        """Keep what somebody said or did here."""
        self.history.append(Shown("user", text, {"from": who}, at))

    def note_change(self) -> None:
        """Wake those who wait, since something here looks different."""
        self._changed.set()

    async def take(self, count: int = 1, within: float = PATIENCE) -> list[Shown]:
        """What came since the last `take`, once it is at least so many."""
        await self.until(lambda: len(self.unread) >= count, within)
        taken = self.unread
        self._read = len(self._items)
        return taken

    async def find(self, text: str, within: float = PATIENCE) -> Shown:
        """The newest item that contains the text, once there is one."""
        await self.until(lambda: any(text in shown.text for shown in self._items), within)
        return next(shown for shown in reversed(self._items) if text in shown.text)

    async def reply(self, within: float = PATIENCE) -> Shown:
        """What was last answered to the user, once it is there and its stream has ended."""
        await self.until(self._is_answered, within)
        return self._items[-1]

    def _is_answered(self) -> bool:
        last = self.history[-1] if self.history else None
        return last is not None and last.kind != "user" and last.is_finished

    async def until(self, holds: Callable[[], bool], within: float = PATIENCE) -> None:
        """Return as soon as the claim holds; after the patience this fails with what is there."""
        try:
            async with asyncio.timeout(within):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"等了 {within} 秒，会话里只有：{self.texts}") from None

    def clickable(self, label: str, name: str = "") -> Shown:
        """The newest item with that label to click, for this person."""
        for shown in reversed(self._items):
            if label in shown.labels_for(name):
                return shown
        raise AssertionError(f"没有可以点的“{label}”；现在可以点的是 {[s.labels for s in self._items if s.labels]}")
