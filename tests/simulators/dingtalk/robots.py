"""The robot's API: batchSend to single chats, and groupMessages/send."""

import json

from aiohttp import web

from tests.simulators.dingtalk.chats import BOT, Button, Chat, Message
from tests.simulators.dingtalk.markdown import buttons_in, problems_of_link, problems_of_markdown
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal, Json
from tests.simulators.dingtalk.requests import read_api_json, text_of, unknown_keys
from tests.simulators.dingtalk.tokens import Tokens

MAX_RECEIVERS = 20
MAX_PARAM_BYTES = 15_000
OPTIONAL = {"sampleLink": {"picUrl"}}
SINGLE_PATH, GROUP_PATH = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"


def _actions(count: int) -> tuple[str, ...]:
    names = [f"action{part}{number}" for number in range(1, count + 1) for part in ("Title", "URL")]
    return ("title", "text", *names)


PARAMS: dict[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("text", "title", "picUrl", "messageUrl"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    "sampleActionCard2": _actions(2),
    "sampleActionCard3": _actions(3),
    "sampleActionCard4": _actions(4),
    "sampleActionCard5": _actions(5),
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleVideo": ("duration", "videoMediaId", "videoType", "picMediaId"),
}


class Robots:
    """Sends by the API; `flow_controlled` are staff to whom nothing more gets through for now."""

    def __init__(self, platform: Platform, tokens: Tokens) -> None:
        self._platform = platform
        self._tokens = tokens
        self.flow_controlled: set[str] = set()

    async def send_single(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/robot/oToMessages/batchSend: HTTP 200 even where somebody gets nothing."""
        self._tokens.check(request)
        body = await read_api_json(request)
        self._note_unknown(SINGLE_PATH, body, {"robotCode", "userIds", "msgKey", "msgParam"})
        receivers = _receivers(body)
        message = self._message(body, SINGLE_PATH)
        invalid = [one for one in receivers if self._platform.employee(one) is None]
        controlled = [one for one in receivers if one in self.flow_controlled and one not in invalid]
        for one in receivers:
            if one not in invalid and one not in controlled:
                self._platform.single_chat(self._platform.people[one]).show(message)
        return web.json_response(
            {
                "processQueryKey": self._platform.number("query"),
                "invalidStaffIdList": invalid,
                "flowControlledStaffIdList": controlled,
            }
        )

    async def send_group(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/robot/groupMessages/send."""
        self._tokens.check(request)
        body = await read_api_json(request)
        known = {"robotCode", "openConversationId", "msgKey", "msgParam", "coolAppCode"}
        self._note_unknown(GROUP_PATH, body, known)
        chat = self._group(body)
        chat.show(self._message(body, GROUP_PATH))
        return web.json_response({"processQueryKey": self._platform.number("query")})

    def _group(self, body: Json) -> Chat:
        if not text_of(body, "openConversationId"):
            raise ApiRefusal("miss.openConversationId", "缺少openConversationId")
        chat = self._platform.group_of(body["openConversationId"])
        if chat is None:
            raise ApiRefusal("invalid.openConversationId", "无效的openConversationId")
        return chat

    def _message(self, body: Json, path: str) -> Message:
        if text_of(body, "robotCode") != self._platform.app.robot_code:
            raise ApiRefusal("invalidParameter.robotCode.notExsit", "机器人不存在")
        key = text_of(body, "msgKey")
        if key not in PARAMS:
            raise ApiRefusal("invalidParameter.msgKey.invalid", f"msgKey无效：{key!r}")
        param = _param(body, key)
        text = param.get("content") or param.get("text") or ""
        buttons = _buttons(param)
        odd = problems_of_markdown(text) if "Markdown" in key or "ActionCard" in key else []
        for problem in [*odd, *(problem for one in buttons for problem in problems_of_link(one.url))]:
            self._platform.journal.blame(path, problem)
        if key == "sampleMarkdown":
            buttons = buttons_in(text)
        now = self._platform.clock.now()
        return Message(BOT, key, text, param.get("title", ""), buttons, via=path, at=now)

    def _note_unknown(self, path: str, body: Json, known: set[str]) -> None:
        for key in unknown_keys(body, known):
            self._platform.journal.blame(path, f"不认识的字段 {key!r}")


def _receivers(body: Json) -> list[str]:
    receivers = body.get("userIds")
    if not isinstance(receivers, list) or not receivers or not all(isinstance(one, str) for one in receivers):
        raise ApiRefusal("invalidParameter.userIds.empty", "用户userId列表为空，或不是文字的列表")
    if len(receivers) > MAX_RECEIVERS:
        raise ApiRefusal("invalidParameter.userIds.overMax", f"用户userId列表超过最大限制{MAX_RECEIVERS}")
    return receivers


def _param(body: Json, key: str) -> dict[str, str]:
    """The parameters of a template: exactly those that it has, each a text with something in it."""
    written = text_of(body, "msgParam")
    if len(written.encode()) > MAX_PARAM_BYTES:
        raise ApiRefusal("invalidParameter.msgParam.tooLong", f"消息内容太长，msgParam 最多 {MAX_PARAM_BYTES} 字节")
    try:
        param = json.loads(written)
    except ValueError:
        param = None
    if not isinstance(param, dict):
        raise ApiRefusal("invalidParameter.msgParam.invalid", "msgParam必须是json格式的文字")
    needed = set(PARAMS[key]) - OPTIONAL.get(key, set())
    wrong = sorted(needed - set(param)) + unknown_keys(param, PARAMS[key])
    wrong += [name for name, value in param.items() if not isinstance(value, str) or not value.strip()]
    if wrong:
        raise ApiRefusal("invalidParameter.param.invalid", f"{key} 的参数不合法：{'、'.join(wrong)}")
    return param


def _buttons(param: dict[str, str]) -> tuple[Button, ...]:
    pairs = [("singleTitle", "singleURL"), ("title", "messageUrl")]
    pairs += [(f"actionTitle{number}", f"actionURL{number}") for number in range(1, 6)]
    pairs += [(f"buttonTitle{number}", f"buttonUrl{number}") for number in (1, 2)]
    return tuple(Button(param[label], param[url]) for label, url in pairs if url in param)
