"""Clicks on cards: the question to the bot, and what its answer does to the card."""

import json

from tests.simulators.dingtalk.callbacks import CARD_PATH, HttpCallbacks
from tests.simulators.dingtalk.card_api import Cards
from tests.simulators.dingtalk.cards import Card
from tests.simulators.dingtalk.chats import Button, Person
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.frames import CALLBACK, CARD_TOPIC
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal, Json
from tests.simulators.dingtalk.streams import Streams

ANSWER_KEYS = {"cardData", "userPrivateData", "cardUpdateOptions"}


class Clicks:
    """Brings a click to the bot, the way that its card names, and waits two seconds for the answer."""

    def __init__(self, platform: Platform, cards: Cards, http: HttpCallbacks, streams: Streams) -> None:
        self._platform = platform
        self._cards = cards
        self._http = http
        self._streams = streams

    async def click(self, out_track_id: str, person: Person, button: Button) -> bool:
        """Click a button of a card, and say whether the bot answered in time."""
        card = self._cards.cards[out_track_id]
        delivery = Delivery(CALLBACK, CARD_TOPIC, self._question(card, person, button), is_repeated=False)
        card.is_asking = True
        answer = await self._ask(card, delivery)
        card.is_asking = False
        if answer is None:
            limit = self._platform.timing.card_limit
            self._platform.journal.blame(CARD_PATH, f"点击卡片后 {limit} 秒内没有答复，用户会看到出错提示")
            return False
        self._apply(card, person, answer)
        return True

    def _question(self, card: Card, person: Person, button: Button) -> str:
        pressed = {"cardPrivateData": {"actionIds": [button.action_id], "params": dict(button.params)}}
        question = {
            "type": "actionCallback",
            "outTrackId": card.out_track_id,
            "corpId": self._platform.app.corp_id,
            "userId": person.staff_id,
            "content": json.dumps(pressed, ensure_ascii=False),
        }
        return json.dumps(question, ensure_ascii=False)

    async def _ask(self, card: Card, delivery: Delivery) -> Json | None:
        if card.callback_type == "HTTP":
            route = self._cards.route(card)
            return await self._http.click(delivery, route) if route else None
        await self._streams.deliver(delivery)
        if not await delivery.settles(self._platform.timing.card_limit):
            return None
        data = delivery.ack.data if delivery.ack and delivery.ack.code == 200 else None
        return self._response(data) if isinstance(data, dict) else None

    def _response(self, data: Json) -> Json:
        response = data.get("response")
        if isinstance(response, dict):
            return response
        self._platform.journal.blame(CARD_PATH, "对点击的答复里 response 应是对象")
        return {}

    def _apply(self, card: Card, person: Person, answer: Json) -> None:
        for key in sorted(set(answer) - ANSWER_KEYS):
            self._platform.journal.blame(CARD_PATH, f"对点击的答复里有不认识的字段 {key!r}")
        try:
            self._cards.apply(card, answer, CARD_PATH, person.staff_id)
        except ApiRefusal as refusal:
            self._platform.journal.blame(CARD_PATH, refusal.what)
