"""Members of the company in the self-built app: what they do goes out as callbacks, what comes back is shown."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from tests.simulators.wecom import cards, passive
from tests.simulators.wecom.callbacks import Delivery, Door
from tests.simulators.wecom.crypto import Unreadable
from tests.simulators.wecom.inbox import Inbox, Shown, word_for
from tests.simulators.wecom.messages import Messages
from tests.simulators.wecom.platform import Platform, Refused

MSG_ID = 7123456789000000000


class Member:
    """One member who has the app in front of him."""

    def __init__(self, name: str, platform: Platform, door: Door, messages: Messages) -> None:
        self.name = name
        self.inbox = Inbox()
        self._platform = platform
        self._door = door
        self._messages = messages

    async def says(self, text: str, *, message_id: int = 0) -> Delivery:
        """Send a text; a test that names the id can send it twice."""
        return await self._message("text", {"Content": text}, message_id)

    async def sends_image(self) -> Delivery:
        """Send a picture."""
        return await self._message("image", {"PicUrl": "https://example.invalid/p.jpg", "MediaId": "MEDIA1"})

    async def sends_voice(self) -> Delivery:
        """Send a voice message, which here has no transcript."""
        return await self._message("voice", {"MediaId": "MEDIA2", "Format": "amr"})

    async def sends_video(self) -> Delivery:
        """Send a video."""
        return await self._message("video", {"MediaId": "MEDIA3", "ThumbMediaId": "MEDIA4"})

    async def sends_location(self, label: str, latitude: float = 39.91, longitude: float = 116.66) -> Delivery:
        """Send a place on the map."""
        fields = {"Location_X": latitude, "Location_Y": longitude, "Scale": 15, "Label": label, "AppType": "wxwork"}
        return await self._message("location", fields)

    async def sends_link(self, title: str, url: str = "https://example.invalid/") -> Delivery:
        """Send a link."""
        return await self._message("link", {"Title": title, "Description": "", "Url": url, "PicUrl": ""})

    async def enters(self) -> Delivery:
        """Open the app."""
        return await self.event("enter_agent", EventKey="")

    async def subscribes(self) -> Delivery:
        """Come into the app's visible range."""
        self._messages.hidden.discard(self.name.lower())
        return await self.event("subscribe")

    async def unsubscribes(self) -> Delivery:
        """Leave the app's visible range: nothing can be sent any more."""
        self._messages.hidden.add(self.name.lower())
        return await self.event("unsubscribe")

    async def clicks_menu(self, key: str) -> Delivery:
        """Click an entry of the app's menu."""
        return await self.event("click", EventKey=key)

    async def reports_location(self, latitude: float = 39.91, longitude: float = 116.66) -> Delivery:
        """Let the app know the place on opening it."""
        return await self.event("LOCATION", Latitude=latitude, Longitude=longitude, Precision=20.0, AppType="wxwork")

    async def clicks(
        self, label: str, choices: Mapping[str, str | tuple[str, ...]] | None = None, *, on: Shown | None = None
    ) -> Delivery:
        """Click a button of the newest card that has it, after choosing in its lists (by question or title)."""
        shown = on or self.inbox.clickable(label)
        card = shown.body
        key = cards.buttons_of(card)[label]
        menu = cards.items_of(card.get("action_menu") or {}, "action_list")
        is_menu = any(item["key"] == key for item in menu)
        chosen = {} if is_menu else cards.chosen_in(card, choices or {})
        event = "template_card_menu_event" if is_menu else "template_card_event"
        fields: dict[str, Any] = {"EventKey": key, "TaskId": card.get("task_id", ""), "CardType": card["card_type"]}
        fields["ResponseCode"] = self._messages.code_for({self.name.lower(): shown})
        if chosen:
            items = [{"QuestionKey": q, "OptionIds": {"OptionId": ids}} for q, ids in chosen.items()]
            fields["SelectedItems"] = {"SelectedItem": items}
        self._keep(f"［点了“{label}”］")
        return await self.event(event, shown, **fields)

    async def event(self, name: str, shown: Shown | None = None, **fields: Any) -> Delivery:
        """Cause any event."""
        if shown is None:
            self._keep(word_for(name, fields.get("EventKey")))
        message = passive.xml_of({**self._head("event"), "Event": name, **fields, "AgentID": self._agent})
        return self._open(await self._door.deliver(message, str(self._agent)), name, shown)

    async def _message(self, kind: str, fields: Mapping[str, Any], message_id: int = 0) -> Delivery:
        self._keep(str(fields.get("Content") or word_for(kind, fields.get("Label") or fields.get("Title"))))
        number = message_id or MSG_ID + self._platform.number()
        message = passive.xml_of({**self._head(kind), **fields, "MsgId": number, "AgentID": self._agent})
        return self._open(await self._door.deliver(message, str(self._agent)), "", None)

    @property
    def _agent(self) -> int:
        return self._platform.accounts.agent_id

    def _head(self, kind: str) -> dict[str, Any]:
        """What every callback begins with."""
        corp_id = self._platform.accounts.corp_id
        return {
            "ToUserName": corp_id,
            "FromUserName": self.name,
            "CreateTime": self._platform.seconds(),
            "MsgType": kind,
        }

    def _open(self, delivery: Delivery, event: str, shown: Shown | None) -> Delivery:
        """Show what the bot replied."""
        root = passive.open_reply(delivery.answer or b"", self._door.crypto, self._note)
        if root is not None:
            try:
                kind = passive.check_reply(root, self.name, self._platform.accounts.corp_id, event)
                self._show(kind, root, shown)
            except (Unreadable, Refused, ValueError) as error:
                self._note(f"被动回复：{error}")
        return delivery

    def _show(self, kind: str, root: ET.Element, shown: Shown | None) -> None:
        now = self._platform.clock.now()
        if shown is not None and kind == "update_button":
            self._messages.change(shown, None, root.findtext("Button/ReplaceName") or "")
        elif shown is not None and (element := root.find("TemplateCard")) is not None:
            card = passive.card_of_reply(element)
            for fault in cards.faults_of_card(card, cards.APP, is_updating=True):
                self._note(f"更新卡片：{fault.sentence}")
            shown.become(card)
        elif kind == "text":
            self.inbox.put(Shown(kind, passive.text_of_reply(root, self._note), {}, now))
        else:
            self.inbox.put(Shown(kind, f"[{kind}]", {}, now))
        self.inbox.note_change()

    def _keep(self, text: str) -> None:
        self.inbox.note(text, self.name, self._platform.clock.now())

    def _note(self, sentence: str) -> None:
        self._platform.violated(f"{self.name} {sentence}")
