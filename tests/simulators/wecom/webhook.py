"""Group push by webhook: outgoing only, 20 messages a minute."""

from collections.abc import Mapping

from tests.simulators.wecom import cards
from tests.simulators.wecom.inbox import Inbox, Shown, show_card
from tests.simulators.wecom.platform import Call, Json, Platform, Refused, Window
from tests.simulators.wecom.shapes import Group, Shape, Text, faults_of
from tests.simulators.wecom.shapes import Several as ListOf

PER_MINUTE = 20
NAMES = ListOf(Text(), 0, 1000)
CONTENTS: Mapping[str, Shape] = {
    "text": Group({"content": Text(octets=2048, needed=True), "mentioned_list": NAMES, "mentioned_mobile_list": NAMES}),
    "markdown": Group({"content": Text(octets=4096, needed=True)}),
    "markdown_v2": Group({"content": Text(octets=4096, needed=True)}),
}


class Webhook:
    """One group's webhook."""

    def __init__(self, platform: Platform, key: str = "webhook-key-of-the-simulator") -> None:
        self._platform = platform
        self._window = Window(platform.clock, {60: PER_MINUTE})
        self.key = key
        self.inbox = Inbox()

    def send(self, call: Call) -> Json:
        """Serve webhook/send."""
        if call.query.get("key") != self.key:
            raise Refused(93000, "invalid webhook url")
        if not self._window.admits(self.key):
            raise Refused(45009, "api freq out of limit")
        kind = str(call.body.get("msgtype", ""))
        if kind == "template_card":
            return self._card(call.body.get("template_card"))
        if kind not in CONTENTS:
            raise Refused(40008, f"invalid message type {kind!r}")
        shape = Group({"msgtype": Text(needed=True), kind: CONTENTS[kind]})
        for fault in faults_of(call.body, shape, "body"):
            raise Refused(fault.errcode or 40058, fault.sentence)
        self.inbox.put(Shown(kind, call.body[kind]["content"], call.body[kind], self._platform.clock.now()))
        return {}

    def _card(self, card: object) -> Json:
        for fault in cards.faults_of_card(card, cards.APP):
            raise Refused(fault.errcode or 40058, fault.sentence)
        if not isinstance(card, dict) or card["card_type"] not in {"text_notice", "news_notice"}:
            raise Refused(40058, "这里只能发 text_notice 和 news_notice")
        self.inbox.put(show_card(card, self._platform.clock.now()))
        return {}
