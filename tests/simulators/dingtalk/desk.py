"""The page for developers: chats to click through, the calls, and what the bot did wrong."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from tests.simulators.dingtalk.chats import BOT, Chat, Message
from tests.simulators.dingtalk.contents import Content, QuotaExhausted, RichText, Text, audio, file, picture
from tests.simulators.dingtalk.journal import Call
from tests.simulators.dingtalk.members import Place
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk.robots import SINGLE_PATH
from tests.simulators.dingtalk.simulator import DingTalk
from tests.simulators.dingtalk.webhooks import SESSION_PATH

FILES = Path(__file__).parent / "page"
TYPES = {"css": "text/css", "js": "text/javascript", "html": "text/html"}
SHOWN_CALLS, SHOWN_CHARACTERS = 80, 2000
PEOPLE = (("0147", "小钉", False), ("0148", "小王", False), ("x001", "外部客户", True))
GROUP = "政策咨询群"
NOT_IN_GROUPS = "群里不能发语音和文件给机器人。"
NOT_TOLD = "这句没有 @ 机器人，平台不会转给它。"
NOT_TAKEN = "机器人没有收下：它开着吗？右边的调用记录里有经过。"
CONTENTS: dict[str, Callable[[str], Content]] = {
    "text": Text,
    "audio": audio,
    "file": file,
    "picture": lambda _: picture(),
    "richText": lambda text: RichText((text, None)),
    "quota": lambda _: QuotaExhausted(),
}


class Desk:
    """The addresses of the page."""

    def __init__(self, dingtalk: DingTalk) -> None:
        self._dingtalk = dingtalk
        for staff_id, nick, outside in PEOPLE:
            dingtalk.group(GROUP).member(staff_id, nick, outside=outside)
            if not outside:
                dingtalk.member(staff_id)
        self._troubles: dict[str, Callable[[], Awaitable[object]]] = {
            "cut": self._now(dingtalk.streams.cut),
            "half_open": self._now(dingtalk.streams.half_open),
            "disconnect": dingtalk.streams.disconnect,
            "redeliver": dingtalk.streams.redeliver,
            "end_sessions": self._now(dingtalk.webhooks.forget_sessions),
            "end_token": self._now(dingtalk.tokens.revoke),
            "fail_session": self._now(lambda: dingtalk.faults.fail(SESSION_PATH)),
            "hang_session": self._now(lambda: dingtalk.faults.hang(SESSION_PATH)),
            "control_flow": self._now(lambda: dingtalk.robots.flow_controlled.update(name for name, _, _ in PEOPLE)),
            "fail_batch": self._now(lambda: dingtalk.faults.fail(SINGLE_PATH)),
            "ban": self._now(dingtalk.faults.ban),
            "mend": self._now(self._mend),
        }

    @property
    def routes(self) -> list[web.RouteDef]:
        """The page, its files, and what it calls."""
        return [
            web.get("/", self._page),
            web.get("/-/{name:page\\.(?:css|js)|markdown\\.js}", self._file),
            web.get("/-/state", self._state),
            web.post("/-/say", self._say),
            web.post("/-/click", self._click),
            web.post("/-/trouble/{name}", self._trouble),
        ]

    async def _page(self, _: web.Request) -> web.Response:
        return _file("page.html")

    async def _file(self, request: web.Request) -> web.Response:
        return _file(request.match_info["name"])

    async def _state(self, _: web.Request) -> web.Response:
        dingtalk, journal = self._dingtalk, self._dingtalk.platform.journal
        people = [
            {"id": person.staff_id, "nick": person.nick, "outside": person.outside}
            for person in dingtalk.platform.people.values()
        ]
        state = {
            "mode": dingtalk.doors.mode,
            "bot": dingtalk.bot_url,
            "name": dingtalk.platform.app.bot_name,
            "connections": len(dingtalk.streams.open_connections),
            "waiting": len(dingtalk.streams.unacknowledged),
            "settings": dingtalk.settings,
            "people": people,
            "chats": [self._chat(chat) for chat in dingtalk.platform.chats.values()],
            "violations": journal.violations,
            "calls": [_call(call) for call in list(journal.calls)[-SHOWN_CALLS:]],
        }
        return web.json_response(state)

    def _chat(self, chat: Chat) -> Json:
        nick = self._dingtalk.platform.people
        members = list(chat.people)
        title = chat.title if chat.is_group else nick[members[0]].nick
        return {
            "id": chat.conversation_id,
            "group": chat.is_group,
            "title": title,
            "members": members,
            "messages": [self._message(message, members[0]) for message in chat.messages],
        }

    def _message(self, message: Message, reader: str) -> Json:
        people = self._dingtalk.platform.people
        return {
            "sender": self._dingtalk.platform.app.bot_name if message.sender == BOT else people[message.sender].nick,
            "mine": message.sender != BOT,
            "kind": message.kind,
            "title": message.title,
            "text": message.text,
            "buttons": [button.label for button in message.buttons_for(reader)],
            "only": [people[one].nick for one in message.recipients if one in people],
            "mentions": ["所有人"] * message.at_all + [people[one].nick for one in message.mentions],
            "via": message.via,
            "at": message.at,
            "card": dict(message.card.values) if message.card else None,
        }

    async def _say(self, request: web.Request) -> web.Response:
        body = await request.json()
        place = self._place(body)
        text, kind = body["text"], body["kind"]
        if kind == "text" and place.chat.is_group and body["mentioned"]:
            text = f"@{self._dingtalk.platform.app.bot_name} {text}"
        try:
            delivery = await place.sends(CONTENTS[kind](text), mentioned=body["mentioned"])
        except ValueError:
            return web.json_response({"note": NOT_IN_GROUPS})
        if delivery is None:
            return web.json_response({"note": NOT_TOLD})
        return web.json_response({"note": "" if delivery.is_acknowledged else NOT_TAKEN})

    async def _click(self, request: web.Request) -> web.Response:
        body = await request.json()
        place = self._place(body)
        message = place.chat.messages[body["message"]]
        clicked = await place.presses(message, message.buttons_for(place.person.staff_id)[body["button"]])
        return web.json_response({"opened": clicked.opened})

    async def _trouble(self, request: web.Request) -> web.Response:
        await self._troubles[request.match_info["name"]]()
        return web.json_response({})

    def _place(self, body: Json) -> Place:
        chat = self._dingtalk.platform.chats[body["chat"]]
        if chat.is_group:
            return self._dingtalk.group(chat.title).member(body["person"])
        return self._dingtalk.member(next(iter(chat.people)))

    def _mend(self) -> None:
        self._dingtalk.faults.clear()
        self._dingtalk.robots.flow_controlled.clear()

    @staticmethod
    def _now(act: Callable[[], object]) -> Callable[[], Awaitable[None]]:
        async def do() -> None:
            act()

        return do


def _file(name: str) -> web.Response:
    text = (FILES / name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=TYPES[name.rpartition(".")[2]], headers={"Cache-Control": "no-store"})


def _call(call: Call) -> Json:
    texts = {"request": _pretty(call.request), "response": _pretty(call.response)}
    return {"at": call.at, "path": call.path, "status": call.status, **texts}


def _pretty(text: str) -> str:
    """JSON with indents, whatever it was; long texts are cut."""
    with suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + " …"
