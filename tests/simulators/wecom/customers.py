"""People of 微信客服: customers outside the company, and the company's own people who take over from the bot."""

from typing import Any

from tests.simulators.wecom import passive
from tests.simulators.wecom.callbacks import Delivery, Door
from tests.simulators.wecom.inbox import Inbox, Shown, clicks_of, word_for
from tests.simulators.wecom.kf_sessions import SESSION_LIFETIME, KfSessions, Servicer, Session, State
from tests.simulators.wecom.platform import Json, Platform


class KfBell:
    """Tells the bot that there is something to read."""

    def __init__(self, platform: Platform, door: Door, kf: KfSessions) -> None:
        self._platform = platform
        self._door = door
        self._kf = kf
        self.is_muted = False
        """Whether callbacks are lost, so that the next one brings several messages at once."""

    async def ring(self) -> Delivery | None:
        """Send the event; nothing but the accepted answer may come back."""
        if self.is_muted:
            return None
        head = {
            "ToUserName": self._platform.accounts.corp_id,
            "CreateTime": self._platform.seconds(),
            "MsgType": "event",
        }
        event = {"Event": "kf_msg_or_event", "Token": self._kf.token(), "OpenKfId": self._kf.open_kfid}
        delivery = await self._door.deliver(passive.xml_of({**head, **event}))
        if (delivery.answer or b"").strip() not in {b"", b"success"}:
            self._platform.violated(f"kf_msg_or_event 不能被动回复：{(delivery.answer or b'')[:80]!r}")
        return delivery


class Customer:
    """Somebody outside who writes from WeChat."""

    def __init__(self, name: str, kf: KfSessions, bell: KfBell) -> None:
        self.name = name
        self._kf = kf
        self._bell = bell

    @property
    def session(self) -> Session:
        """Who serves, and how much the bot may still send."""
        return self._kf.session(self.name)

    @property
    def inbox(self) -> Inbox:
        """What the customer sees."""
        return self._kf.session(self.name).inbox

    async def says(self, text: str, *, message_id: str = "", menu_id: str = "") -> Json:
        """Write a text; gives the item that sync_msg will show."""
        content = {"content": text} | ({"menu_id": menu_id} if menu_id else {})
        return await self._sends("text", content, message_id)

    async def clicks_menu(self, label: str, *, on: Shown | None = None) -> Json:
        """Click an entry of the newest menu that has it: the customer says its text."""
        shown = on or self.inbox.clickable(label)
        click = next(click for click in clicks_of(shown.body) if click["content"] == label)
        return await self.says(label, menu_id=str(click.get("id", "")))

    async def sends_image(self) -> Json:
        """Send a picture."""
        return await self._sends("image", {"media_id": "MEDIA1"})

    async def sends_voice(self) -> Json:
        """Send a voice message."""
        return await self._sends("voice", {"media_id": "MEDIA2"})

    async def sends_file(self) -> Json:
        """Send a file."""
        return await self._sends("file", {"media_id": "MEDIA3"})

    async def sends_location(self, name: str, address: str = "") -> Json:
        """Send a place on the map."""
        return await self._sends("location", {"latitude": 39.9, "longitude": 116.6, "name": name, "address": address})

    async def sends_link(self, title: str) -> Json:
        """Send a link."""
        return await self._sends("link", {"title": title, "desc": "", "url": "https://example.invalid/", "pic_url": ""})

    async def enters(self, scene: str = "policy") -> Json:
        """Open the chat by the account's link; a welcome is possible if none was given in two days."""
        session, now = self.session, self._kf.platform.clock.now()
        event: Json = {"event_type": "enter_session", "scene": scene, "scene_param": ""}
        if now - max(session.heard_at, session.welcomed_at) > SESSION_LIFETIME:
            event["welcome_code"] = self._kf.code("welcome", session)
        return await self.event(event)

    async def recalls(self, message_id: str) -> Json:
        """Take a message back."""
        return await self.event({"event_type": "user_recall_msg", "recall_msgid": message_id})

    async def event(self, event: Json) -> Json:
        """Cause any event."""
        self._keep(word_for(event["event_type"]))
        item = self._kf.append(self.name, 4, "event", event)
        await self._bell.ring()
        return item

    def _keep(self, text: str) -> None:
        self.inbox.note(text, self.name, self._kf.platform.clock.now())

    async def _sends(self, kind: str, content: Json, message_id: str = "") -> Json:
        self._kf.hear(self.session)
        self._keep(str(content.get("content") or word_for(kind, content.get("name") or content.get("title"))))
        item = self._kf.append(self.name, 3, kind, content, message_id)
        await self._bell.ring()
        return item


class Agent:
    """One of the company's people, at his own WeCom."""

    def __init__(self, servicer: Servicer, kf: KfSessions, bell: KfBell) -> None:
        self.servicer = servicer
        self._kf = kf
        self._bell = bell

    async def takes(self, customer: Customer) -> None:
        """Take a customer from the pool; the bot hears of it."""
        session = customer.session
        assert session.state is State.POOL, f"{customer.name} 不在待接入池：{session.state}"
        session.state, session.servicer = State.HUMAN, self.servicer.name
        await self._changed(
            customer, 1, new_servicer_userid=self.servicer.name, msg_code=self._kf.code("reply", session)
        )

    async def says(self, customer: Customer, text: str) -> None:
        """Write to the customer."""
        session = customer.session
        if session.state is State.ENDED:
            session.state, session.servicer = State.HUMAN, self.servicer.name
            await self._changed(customer, 4, new_servicer_userid=self.servicer.name)
        session.inbox.put(Shown("human", text, {}, self._kf.platform.clock.now()))
        self._kf.append(customer.name, 5, "text", {"content": text}, servicer_userid=self.servicer.name)
        await self._bell.ring()

    async def ends(self, customer: Customer) -> None:
        """End the session; the bot hears of it."""
        session = customer.session
        session.state, session.servicer = State.ENDED, ""
        await self._changed(customer, 3, old_servicer_userid=self.servicer.name, msg_code=self._kf.code("end", session))

    async def hands_to(self, other: "Agent", customer: Customer) -> None:
        """Let a colleague go on."""
        customer.session.servicer = other.servicer.name
        names = {"old_servicer_userid": self.servicer.name, "new_servicer_userid": other.servicer.name}
        await self._changed(customer, 2, **names)

    async def stops(self) -> None:
        """Receive nobody for now; the bot hears of it."""
        await self._receives(is_receiving=False)

    async def starts(self) -> None:
        """Receive customers again; the bot hears of it."""
        await self._receives(is_receiving=True)

    async def _receives(self, *, is_receiving: bool) -> None:
        self.servicer.is_receiving = is_receiving
        event: Json = {"event_type": "servicer_status_change", "servicer_userid": self.servicer.name}
        event |= {"open_kfid": self._kf.open_kfid, "status": 1 if is_receiving else 2}
        self._kf.append("", 4, "event", event)
        await self._bell.ring()

    async def _changed(self, customer: Customer, change_type: int, **more: Any) -> None:
        event = {"event_type": "session_status_change", "change_type": change_type, **more}
        self._kf.append(customer.name, 4, "event", event)
        customer.session.changed_at = len(self._kf.log)
        await self._bell.ring()
