"""How messages, clicks and events reach the bot, in the mode that the app chose."""

import json

from tests.simulators.dingtalk.application import Mode
from tests.simulators.dingtalk.callbacks import HttpCallbacks
from tests.simulators.dingtalk.card_api import Cards
from tests.simulators.dingtalk.chats import Button, LiveCard, Person
from tests.simulators.dingtalk.clicks import Clicks
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.frames import EVENT
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk.streams import Streams
from tests.simulators.dingtalk.webhooks import Webhooks


class Doors:
    """The one place that knows whether the bot listens by HTTP or by Stream."""

    def __init__(self, platform: Platform, mode: Mode, streams: Streams, webhooks: Webhooks, cards: Cards) -> None:
        self.mode = mode
        self.http = HttpCallbacks(platform)
        self._platform = platform
        self._streams = streams
        self._webhooks = webhooks
        self._clicks = Clicks(platform, cards, self.http, streams)

    async def deliver(self, delivery: Delivery, *, waits: bool) -> None:
        """Bring a message to the bot; by Stream, waiting for the ACK only when asked to."""
        if self.mode is Mode.STREAM:
            await self._streams.deliver(delivery)
            if waits:
                await delivery.settles(self._platform.timing.ack_limit)
            return
        await self.http.deliver(delivery)
        self._show_answer(delivery)

    async def repeat(self, delivery: Delivery, *, renewed: bool) -> bool:
        """Bring the same message once more, and say whether it was taken again."""
        if self.mode is Mode.HTTP:
            is_taken = await self.http.post(delivery)
            self._show_answer(delivery)
            return is_taken
        waiting = await self._streams.deliver(delivery, renewed=renewed)
        return waiting is not None and await waiting.answers(self._platform.timing.ack_limit)

    def _show_answer(self, delivery: Delivery) -> None:
        """Show what the bot said in its HTTP response, if that was a message."""
        if delivery.chat and delivery.answer and "msgtype" in delivery.answer:
            self._webhooks.answer_in_response(delivery.answer, delivery.chat)

    async def event(self, event_type: str, data: Json) -> Delivery:
        """Bring an event; by Stream only."""
        now = str(self._platform.clock.now())
        more = {"eventType": event_type, "eventBornTime": now, "eventCorpId": self._platform.app.corp_id}
        more |= {"eventId": self._platform.number("event"), "eventUnifiedAppId": self._platform.app.client_id}
        delivery = Delivery(EVENT, "*", json.dumps(data, ensure_ascii=False), more=more)
        await self._streams.deliver(delivery)
        await delivery.settles(self._platform.timing.ack_limit)
        return delivery

    async def click(self, card: LiveCard, person: Person, button: Button) -> bool:
        """Bring a click on a card, and say whether the bot answered it."""
        return await self._clicks.click(card.out_track_id, person, button)
