"""The AI bot by long connection: one live connection per bot, callbacks pushed down it, answers and pushes taken up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from aiohttp import web

from tests.simulators.wecom.bot_replies import PUSHES, UPDATES, WELCOMES, Asked, BotChat, BotReplies
from tests.simulators.wecom.lines import Line
from tests.simulators.wecom.platform import Json, Platform, Refused, Window
from tests.simulators.wecom.shapes import Group, Number, Text, faults_of

ANSWERS = frozenset({"stream", "template_card", "markdown"})
REPLY_LIFETIME = 24 * 3600
STREAM_LIFETIME = 600
EVENT_LIFETIME = 5
SUBSCRIBES = {60: 10}
SUBSCRIBE = Group({"bot_id": Text(needed=True), "secret": Text(needed=True)})
EVENT_COMMANDS = {
    "aibot_respond_welcome_msg": ("enter_chat", WELCOMES),
    "aibot_respond_update_msg": ("template_card_event", UPDATES),
}


@dataclass(slots=True)
class Callback:
    """One callback that went down, and the streams that answer it."""

    asked: Asked
    is_answered: bool = False
    streams: dict[str, Asked] = field(default_factory=dict)

    @property
    def event(self) -> str:
        """The event's type; empty for a message."""
        return str(self.asked.body.get("event", {}).get("eventtype", ""))


class LongConnection:
    """The websocket endpoint."""

    def __init__(
        self, platform: Platform, replies: BotReplies, find_chat: Callable[[str, int], BotChat | None]
    ) -> None:
        self._platform = platform
        self._replies = replies
        self._find_chat = find_chat
        self._callbacks: dict[str, Callback] = {}
        self._req_ids: set[str] = set()
        self._subscribes = Window(platform.clock, SUBSCRIBES)
        self._window = Window(platform.clock, {60: 30, 3600: 1000})
        self._lines: set[Line] = set()
        self.line: Line | None = None
        """The connection that is subscribed now."""
        self.refusals = 0
        """How many of the next connections are refused."""
        self.lost: list[Asked] = []
        """What happened while no bot was connected: nobody hears of it later."""
        self.heartbeat_limit = 0.0
        """A connection that was silent for so long is closed by the next callback; 0: never."""
        self.close_chance = 0.0
        """How likely each frame of the bot closes its connection, after it was heard."""
        self.random = Random(1)
        self.subscribed = 0
        """How often a bot subscribed."""

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve the websocket."""
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(request, socket, self._platform, self._obey)
        self._lines.add(line)
        try:
            await line.serve()
        finally:
            self._lines.discard(line)
            if self.line is line:
                self.line = None
        return socket

    async def stop(self) -> None:
        """Close every connection."""
        for line in list(self._lines):
            await line.close()

    def drop(self) -> None:
        """Cut the wire of the connection that is subscribed."""
        if self.line is not None:
            self.line.drop()

    def go_half_open(self) -> None:
        """Let the connection stand, but hear and say nothing any more."""
        if self.line is not None:
            self.line.is_silent = True

    async def carry(self, asked: Asked) -> None:
        """Push a callback down, if a bot is connected."""
        req_id = f"callback-{self._platform.number()}"
        kind = asked.body["msgtype"]
        if kind in {"image", "file", "video"}:
            asked.body[kind]["aeskey"] = self._platform.accounts.bot_aes_key
        command = "aibot_event_callback" if kind == "event" else "aibot_msg_callback"
        self._callbacks[req_id] = Callback(asked)
        frame = {"cmd": command, "headers": {"req_id": req_id}, "body": asked.body}
        await self._close_silent()
        if self.line is None or not await self.line.send(frame):
            self.lost.append(asked)

    async def _close_silent(self) -> None:
        """Close the connection if its heartbeat has stopped."""
        silent = self._platform.clock.now() - self.line.heard_at if self.line is not None else 0.0
        if self.line is not None and 0 < self.heartbeat_limit < silent:
            line, self.line = self.line, None
            await line.close()

    async def kick(self, line: Line) -> None:
        """Tell a connection that another has taken its place, and close it."""
        body = {"msgid": f"CAIQ{self._platform.number()}", "create_time": self._platform.seconds(), "msgtype": "event"}
        body |= {"aibotid": self._platform.accounts.bot_id, "event": {"eventtype": "disconnected_event"}}
        req_id = f"kick-{self._platform.number()}"
        await line.send({"cmd": "aibot_event_callback", "headers": {"req_id": req_id}, "body": body})
        await line.close()

    def _obey(self, line: Line, command: str, req_id: str, body: Json) -> None:
        """Do what one frame asks."""
        if self.random.random() < self.close_chance:
            line.start(line.close())
        if command == "ping":
            line.pings += 1
        elif command == "aibot_subscribe":
            self._subscribe(line, req_id, body)
        elif not line.is_subscribed:
            raise Refused(40014, f"{command}：还没有订阅")
        elif command == "aibot_respond_msg":
            self._respond(req_id, body)
        elif command in EVENT_COMMANDS:
            self._respond_to_event(command, req_id, body)
        elif command == "aibot_send_msg":
            self._push(req_id, body)
        else:
            raise Refused(40058, f"没有 {command} 这个命令")

    def _subscribe(self, line: Line, req_id: str, body: Json) -> None:
        """Make a connection the one, if bot and secret are right."""
        self._own(req_id)
        for fault in faults_of(body, SUBSCRIBE, "body"):
            raise Refused(fault.errcode, fault.sentence)
        accounts = self._platform.accounts
        if (body["bot_id"], body["secret"]) != (accounts.bot_id, accounts.bot_secret):
            raise Refused(40001, "invalid bot_id or secret")
        if not self._subscribes.admits("subscribe"):
            raise Refused(45009, "api freq out of limit: aibot_subscribe")
        before, self.line = self.line, line
        line.is_subscribed = True
        self.subscribed += 1
        if before is not None and before is not line:
            before.is_subscribed = False
            before.start(self.kick(before))

    def _own(self, req_id: str) -> None:
        """Note the id of a request that the bot began; it must be new."""
        if req_id in self._req_ids:
            self._platform.violated(f"req_id 重复：{req_id}")
        self._req_ids.add(req_id)

    def _respond(self, req_id: str, body: Json) -> None:
        """Answer a message: a stream refreshed as often as wanted, a card, a text in markdown."""
        callback = self._callbacks.get(req_id)
        if callback is None or callback.event:
            raise Refused(846605, f"invalid req_id {req_id!r}")
        now = self._platform.clock.now()
        if now - callback.asked.at > REPLY_LIFETIME:
            raise Refused(846605, "req_id expired", is_wrong=False)
        self._limit(callback.asked.chat)
        asked = self._stream_of(callback, body) if body.get("msgtype") == "stream" else replace(callback.asked)
        if asked.stream is not None and now - asked.stream_at > STREAM_LIFETIME:
            asked.stream.is_finished = True
            raise Refused(846608, "stream message update expired")
        self._replies.take(body, asked, ANSWERS)

    def _stream_of(self, callback: Callback, body: Json) -> Asked:
        """The stream with that id; each new id begins another."""
        stream = body.get("stream")
        if isinstance(stream, dict) and stream.get("msg_item"):
            raise Refused(40058, "长连接暂不支持 msg_item")
        stream_id = str(stream.get("id", "")) if isinstance(stream, dict) else ""
        return callback.streams.setdefault(stream_id, replace(callback.asked))

    def _respond_to_event(self, command: str, req_id: str, body: Json) -> None:
        """Answer an event, once and within five seconds."""
        event, allowed = EVENT_COMMANDS[command]
        callback = self._callbacks.get(req_id)
        if callback is None or callback.event != event or callback.is_answered:
            raise Refused(846605, f"invalid req_id {req_id!r}")
        if self._platform.clock.now() - callback.asked.at > EVENT_LIFETIME:
            raise Refused(846605, "req_id expired: 5 s", is_wrong=False)
        self._replies.take(body, callback.asked, allowed)
        callback.is_answered = True

    def _push(self, req_id: str, body: Json) -> None:
        """Send without a callback, where somebody has written before."""
        self._own(req_id)
        given = {name: value for name, value in body.items() if name in {"chatid", "chat_type"}}
        for fault in faults_of(given, Group({"chatid": Text(needed=True), "chat_type": Number((0, 1, 2))}), "body"):
            raise Refused(fault.errcode, fault.sentence)
        chat = self._find_chat(str(body["chatid"]), int(body.get("chat_type", 0)))
        if chat is None or not chat.is_written:
            raise Refused(40003, f"会话 {body['chatid']} 里没有人给机器人发过消息")
        self._limit(chat)
        content = {name: value for name, value in body.items() if name not in given}
        self._replies.take(content, Asked(chat, "", {}, PUSHES, self._platform.clock.now()), PUSHES)

    def _limit(self, chat: BotChat) -> None:
        if not self._window.admits(chat.chat_id):
            raise Refused(45009, "api freq out of limit: 30/min, 1000/h per conversation")
