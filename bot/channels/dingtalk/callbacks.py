"""The addresses of HTTP mode: a robot's messages and the clicks on its cards, each answered at once."""

from collections.abc import Callable

import structlog
from aiohttp import web

from bot.channels.dingtalk.clicks import Desk, read_click
from bot.channels.dingtalk.listening import Listener
from bot.channels.dingtalk.payloads import read_heard
from bot.channels.dingtalk.signing import is_equal, is_recent, sign_card, sign_robot
from bot.channels.trees import Tree, read_object
from bot.channels.web.chat import read_body
from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable

ROBOT_PATH = "/dingtalk/robot"
CARD_PATH = "/dingtalk/card"
LATER = "暂时保存不了消息，请稍后再推送。"

_log = structlog.get_logger(__name__)


class RobotCallback:
    """Takes the messages of the robot."""

    def __init__(self, listener: Listener, secret: str, now: Callable[[], int]) -> None:
        self._listener = listener
        self._secret = secret
        self._now = now

    async def post(self, request: web.Request) -> web.Response:
        """Nothing to say: the answer goes its own way, once the message is kept."""
        timestamp, sign = request.headers.get("timestamp", ""), request.headers.get("sign", "")
        if not is_recent(timestamp, self._now()) or not is_equal(sign, sign_robot(self._secret, timestamp)):
            raise _refuse()
        heard = read_heard(await _read_tree(request))
        try:
            await self._listener.accept([] if heard is None else [heard])
        except StoreUnavailable as error:
            raise _ask_again() from error
        return web.json_response({"msgtype": "empty"})


class CardCallback:
    """Takes the clicks on cards."""

    def __init__(self, desk: Desk, secret: str, now: Callable[[], int]) -> None:
        self._desk = desk
        self._secret = secret
        self._now = now

    async def post(self, request: web.Request) -> web.Response:
        """The card as it is from now on."""
        timestamp = request.headers.get("x-ddpaas-signature-timestamp", "")
        signature = request.headers.get("x-ddpaas-signature", "")
        if not is_recent(timestamp, self._now()) or not is_equal(signature, sign_card(self._secret, timestamp)):
            raise _refuse()
        click = read_click(await _read_tree(request))
        try:
            return web.json_response(await self._desk.answer(click))
        except StoreUnavailable as error:
            raise _ask_again() from error


async def _read_tree(request: web.Request) -> Tree:
    tree = read_object(await read_body(request))
    if tree is None:
        raise RequestError("请求内容应是 UTF-8 编码的 JSON 对象。")
    return tree


def _refuse() -> web.HTTPForbidden:
    _log.warning("dingtalk_signature_refused")
    return web.HTTPForbidden(text="签名不对，或者时间相差超过 1 小时。")


def _ask_again() -> web.HTTPServiceUnavailable:
    _log.error("dingtalk_not_kept", frames=1)
    return web.HTTPServiceUnavailable(text=LATER, headers={"Retry-After": "5"})
