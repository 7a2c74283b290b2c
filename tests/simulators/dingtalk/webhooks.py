"""Webhooks: the sessionWebhook that comes with each message, and those of custom robots in groups."""

from dataclasses import dataclass, field
from urllib.parse import quote_plus

from aiohttp import web

from tests.simulators.dingtalk.bodies import Webhook
from tests.simulators.dingtalk.chats import BOT, Chat, Message
from tests.simulators.dingtalk.limits import RateLimit
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Json, OapiRefusal
from tests.simulators.dingtalk.requests import read_oapi_json, text_of
from tests.simulators.dingtalk.signing import sign_callback
from tests.simulators.dingtalk.webhook_payloads import Payload, read_payload

MINUTE, BLOCK = 60.0, 600.0
SIGN_WINDOW = 3_600_000
IN_RESPONSE = "对消息的答复"
OK: Json = {"errcode": 0, "errmsg": "ok"}
SESSION_PATH, SEND_PATH = "/robot/sendBySession", "/robot/send"
TOO_FAST = "发送速度太快而限流：一分钟内的条数超过上限后停 10 分钟"


@dataclass(slots=True)
class Session:
    """One sessionWebhook."""

    chat: Chat
    expires: int


@dataclass(slots=True)
class CustomRobot:
    """A custom robot in a group: its address is all that is needed to write there."""

    name: str
    url: str
    secret: str
    chat: Chat
    limit: RateLimit
    seen: set[str] = field(default_factory=set)


class Webhooks:
    """All webhooks, and the two addresses that serve them."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._sessions: dict[str, Session] = {}
        self._limits: dict[str, RateLimit] = {}
        self._robots: dict[str, CustomRobot] = {}

    def open_session(self, chat: Chat) -> Webhook:
        """A new sessionWebhook for a chat."""
        token = self._platform.number("session")
        expires = self._platform.clock.now() + round(self._platform.timing.webhook_life * 1000)
        self._sessions[token] = Session(chat, expires)
        return Webhook(f"{self._platform.url}{SESSION_PATH}?session={token}", expires)

    def forget_sessions(self) -> None:
        """End all sessionWebhooks before the time they carry, as has been seen in the wild."""
        self._sessions.clear()

    def add_robot(self, chat: Chat, secret: str) -> CustomRobot:
        """A custom robot in a group; with a secret, calls must be signed."""
        token = quote_plus(self._platform.number("custom"))
        url = f"{self._platform.url}{SEND_PATH}?access_token={token}"
        robot = CustomRobot("群机器人", url, secret, chat, self._new_limit())
        self._robots[token] = robot
        return robot

    async def send_by_session(self, request: web.Request) -> web.StreamResponse:
        """POST /robot/sendBySession."""
        session = self._sessions.get(request.query.get("session", ""))
        if session is None:
            raise OapiRefusal(300001, "session 不存在", is_violation=False)
        body = await read_oapi_json(request)
        if self._platform.clock.now() >= session.expires:
            raise OapiRefusal(300001, "session 不存在（已过 sessionWebhookExpiredTime）")
        limit = self._limits.setdefault(session.chat.conversation_id, self._new_limit())
        if not limit.passes():
            raise OapiRefusal(410100, TOO_FAST)
        self._accept(read_payload(body), session.chat, SESSION_PATH)
        return web.json_response(OK)

    async def send_by_robot(self, request: web.Request) -> web.StreamResponse:
        """POST /robot/send."""
        robot = self._robots.get(request.query.get("access_token", ""))
        if robot is None:
            raise OapiRefusal(400101, "access_token不存在")
        self._check_signature(request, robot)
        body = await read_oapi_json(request)
        uuid = text_of(body, "msgUuid")
        if uuid and uuid in robot.seen:
            return web.json_response(OK)
        if not robot.limit.passes():
            raise OapiRefusal(410100, TOO_FAST)
        self._accept(read_payload(body), robot.chat, SEND_PATH)
        robot.seen.add(uuid)
        return web.json_response(OK)

    def answer_in_response(self, body: Json, chat: Chat) -> None:
        """Show what the bot answered in the HTTP response to a message."""
        try:
            self._accept(read_payload(body), chat, IN_RESPONSE)
        except OapiRefusal as refusal:
            self._platform.journal.blame(IN_RESPONSE, refusal.what)

    def _accept(self, payload: Payload, chat: Chat, via: str) -> None:
        for problem in [*payload.findings.odd, *_mentioned_in_vain(payload, chat)]:
            self._platform.journal.blame(via, problem)
        if not payload.is_known:
            raise OapiRefusal(400105, "不支持的消息类型")
        if payload.findings.refused:
            raise OapiRefusal(40035, "缺少参数 json：" + "；".join(payload.findings.refused))
        if payload.kind != "empty":
            chat.show(self._message(payload, chat, via))

    def _message(self, payload: Payload, chat: Chat, via: str) -> Message:
        heard = tuple(one for one in payload.mentions.user_ids if chat.is_group and one in chat.people)
        return Message(
            BOT,
            payload.kind,
            payload.text,
            payload.title,
            payload.buttons,
            heard,
            payload.mentions.at_all and chat.is_group,
            via,
            self._platform.clock.now(),
        )

    def _check_signature(self, request: web.Request, robot: CustomRobot) -> None:
        if not robot.secret:
            return
        stamp = request.query.get("timestamp", "")
        if not stamp.isdigit() or abs(self._platform.clock.now() - int(stamp)) > SIGN_WINDOW:
            raise OapiRefusal(310000, "invalid timestamp")
        if request.query.get("sign") != sign_callback(stamp, robot.secret):
            raise OapiRefusal(310000, "sign not match")

    def _new_limit(self) -> RateLimit:
        return RateLimit(self._platform.clock, self._platform.limits.webhook_per_minute, MINUTE, BLOCK)


def _mentioned_in_vain(payload: Payload, chat: Chat) -> list[str]:
    """Mentions that alert nobody; in a single chat `at` means nothing, and does no harm."""
    if not chat.is_group:
        return []
    unwritten = [f"at 里的 {one} 没有写在正文里（应写 @{one}），不会提醒到他" for one in payload.mentions.unwritten]
    return unwritten + [f"@ 的 {one} 不在群里" for one in payload.mentions.user_ids if one not in chat.people]
