"""Clicks on interactive cards: answered at once with the card as it is from now on, and kept as what the user said."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import uuid4

from bot.channels.dingtalk.cards import DONE, Card, Cards
from bot.channels.dingtalk.listening import Listener
from bot.channels.dingtalk.payloads import Heard
from bot.channels.trees import Tree, name_at, object_at, string_at, strings_at
from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable

EXPIRED = "这张卡片过期了，直接打字回答就行。"
NOT_YOURS = "这是问别人的；您也想查，就 @我 说一句。"
PASSED = "这一问已经过了，请看最新的一条。"
TURN_SECONDS = 1.0
"""Of the two seconds that a call-back has."""
ANSWERED = "已回答"
_OVER = MappingProxyType({"state": DONE, "options": "[]"})
_NAMES = ("option", "number", "id", "value")


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked what: the card by its name, the option by its number (0: none that can be read)."""

    card: str
    person: str
    number: int


def read_click(body: Tree) -> Click:
    """The click; raises RequestError when it says not who clicked which card."""
    card, person = name_at(body, "outTrackId"), name_at(body, "userId")
    if not card or not person:
        raise RequestError("卡片回调里缺少 outTrackId 或 userId。")
    return Click(card, person, next(_numbers(body), 0))


class Desk:
    """Answers clicks; what was clicked is kept before the answer goes."""

    def __init__(self, cards: Cards, listener: Listener) -> None:
        self._cards = cards
        self._listener = listener

    async def answer(self, click: Click) -> dict[str, object]:
        """The data of the answer. Raises StoreUnavailable."""
        card = await self._cards.find(click.card)
        if card is None or not 0 < click.number <= len(card.options):
            return _change({}, {"mine": EXPIRED})
        if click.person != card.to.staff:
            return _change({}, {"mine": NOT_YOURS})
        holder = uuid4().hex
        if not await self._cards.settle(click.card, holder):
            return _change(_OVER, {})
        try:
            return await self._take(click, card)
        except StoreUnavailable:
            await self._cards.reopen(click.card, holder)
            raise

    async def _take(self, click: Click, card: Card) -> dict[str, object]:
        label = card.options[click.number - 1]
        heard = _heard(click, card, label)
        await self._listener.accept([heard])
        reply = await self._listener.answer_now(heard, TURN_SECONDS)
        if reply is not None and reply.is_outdated:
            return _change({**_OVER, "notice": PASSED}, {})
        chosen = f"已选：{label}"
        if card.to.is_group:  # the others only see that it is answered
            return _change({**_OVER, "notice": ANSWERED}, {"mine": chosen})
        return _change({**_OVER, "notice": chosen}, {})


def _heard(click: Click, card: Card, label: str) -> Heard:
    """What the click says: one thing for each card, however often it is clicked."""
    return Heard(
        message_id=f"card:{click.card}",
        conversation=card.to.conversation,
        is_group=card.to.is_group,
        sender="",
        staff=click.person,
        nick=card.to.nick,
        text=label,
        robot=card.to.robot,
        question=card.question,
    )


def _change(public: Mapping[str, str], private: Mapping[str, str]) -> dict[str, object]:
    options = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
    changed: dict[str, object] = {"cardUpdateOptions": options}
    if public:
        changed["cardData"] = {"cardParamMap": dict(public)}
    if private:
        changed["userPrivateData"] = {"cardParamMap": dict(private)}
    return changed


def _numbers(body: Tree) -> Iterator[int]:
    """The number of the option, at each place where templates are known to put it."""
    content = object_at(body, "content")
    for place in (content, object_at(body, "actionData"), object_at(content, "actionData"), body):
        private = object_at(place, "cardPrivateData")
        for given in (object_at(private, "params"), object_at(place, "params")):
            yield from (number for name in _NAMES if (number := _number(string_at(given, name))))
        for action in (*strings_at(private, "actionIds"), string_at(place, "actionId")):
            yield from (number for number in (_number(action),) if number)


def _number(text: str) -> int:
    found = re.search(r"(?<!\d)(\d{1,3})$", text)
    return int(found[1]) if found else 0
