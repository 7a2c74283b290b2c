"""The simulated long connection of the AI bot."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.simulators.base import PATIENCE
from tests.simulators.wecom import WeCom

CARD: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "task_id": "t-1",
    "button_list": [{"text": "通州区", "key": "a"}],
}


class Client:
    """A bot at the other end of the line."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self._number = 0

    async def send(self, cmd: str, body: Any = None, req_id: str = "") -> str:
        """Send a frame; gives its req_id."""
        self._number += 1
        req_id = req_id or f"own-{id(self)}-{self._number}"
        frame = {"cmd": cmd, "headers": {"req_id": req_id}} | ({} if body is None else {"body": body})
        await self.socket.send_str(json.dumps(frame, ensure_ascii=False))
        return req_id

    async def next(self) -> dict[str, Any]:
        """The next frame that comes."""
        frame: dict[str, Any] = await self.socket.receive_json(timeout=PATIENCE)
        return frame

    async def ask(self, cmd: str, body: Any = None, req_id: str = "") -> int:
        """The errcode that answers a frame."""
        req_id = await self.send(cmd, body, req_id)
        answer = await self.next()
        assert answer["headers"]["req_id"] == req_id
        return int(answer["errcode"])

    async def hear(self) -> tuple[str, dict[str, Any]]:
        """req_id and body of the next callback."""
        frame = await self.next()
        return frame["headers"]["req_id"], frame["body"]


class Meeting:
    """A WeCom and as many clients as a test connects."""

    def __init__(self, wecom: WeCom, session: aiohttp.ClientSession) -> None:
        self.wecom = wecom
        self._session = session
        self.address = wecom.environment(is_connected=True)["POLICYBOT_WECOM_BOT_URL"]

    async def connect(self, secret: str = "bot-secret-of-the-simulator") -> Client:
        client = Client(await self._session.ws_connect(self.address))
        if secret:
            assert await client.ask("aibot_subscribe", {"bot_id": "AIBOT1", "secret": secret}) == 0
        return client


@pytest.fixture
async def met() -> AsyncIterator[Meeting]:
    async with WeCom() as wecom, aiohttp.ClientSession() as session:
        wecom.use_long_connection()
        yield Meeting(wecom, session)


def stream(content: str, *, finish: bool = True, name: str = "S1") -> dict[str, Any]:
    return {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": content}}


async def test_a_message_is_answered_by_a_stream_with_its_req_id(met: Meeting) -> None:
    client = await met.connect()
    user = met.wecom.bot_user("zhangsan")

    await user.says("你好")
    req_id, body = await client.hear()
    codes = [await client.ask("aibot_respond_msg", stream(text, finish=text == "完"), req_id) for text in ("一", "完")]

    assert body["text"]["content"] == "你好"
    assert "response_url" not in body
    assert codes == [0, 0]
    assert (await user.inbox.reply()).text == "完"
    assert met.wecom.violations == []


async def test_a_wrong_secret_is_refused_and_nothing_can_be_done(met: Meeting) -> None:
    client = await met.connect(secret="")

    wrong = await client.ask("aibot_subscribe", {"bot_id": "AIBOT1", "secret": "x"})
    send = await client.ask("aibot_send_msg", {"chatid": "a", "msgtype": "markdown", "markdown": {"content": "x"}})

    assert (wrong, send) == (40001, 40014)
    assert await client.ask("ping") == 0


async def test_a_new_subscription_kicks_the_old_connection(met: Meeting) -> None:
    first = await met.connect()

    second = await met.connect()
    _, body = await first.hear()
    closed = await first.socket.receive(timeout=PATIENCE)
    await met.wecom.bot_user("zhangsan").says("你好")

    assert body["event"]["eventtype"] == "disconnected_event"
    assert closed.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED}
    assert (await second.hear())[1]["msgtype"] == "text"


async def test_subscribing_again_and_again_is_refused(met: Meeting) -> None:
    client = await met.connect()
    body = {"bot_id": "AIBOT1", "secret": "bot-secret-of-the-simulator"}

    codes = [await client.ask("aibot_subscribe", body) for _ in range(10)]

    assert codes[-1] == 45009
    assert codes[:-1] == [0] * 9


@pytest.mark.parametrize(
    ("wait", "errcode"), [pytest.param(599, 0, id="in time"), pytest.param(601, 846608, id="too late")]
)
async def test_a_stream_must_end_within_ten_minutes(met: Meeting, wait: float, errcode: int) -> None:
    client = await met.connect()
    await met.wecom.bot_user("zhangsan").says("你好")
    req_id, _ = await client.hear()
    await client.ask("aibot_respond_msg", stream("一", finish=False), req_id)

    met.wecom.clock.advance(wait)

    assert await client.ask("aibot_respond_msg", stream("二"), req_id) == errcode


async def test_an_ended_stream_and_an_unknown_req_id_are_refused(met: Meeting) -> None:
    client = await met.connect()
    await met.wecom.bot_user("zhangsan").says("你好")
    req_id, _ = await client.hear()

    answers = [("完", req_id), ("完", req_id), ("还有", req_id), ("完", "unknown")]
    codes = [await client.ask("aibot_respond_msg", stream(text), name) for text, name in answers]

    assert codes == [0, 846608, 846608, 846605]
    assert len(met.wecom.violations) == 2, "the same again is no fault"


@pytest.mark.parametrize(
    ("wait", "errcode"), [pytest.param(4, 0, id="in time"), pytest.param(6, 846605, id="too late")]
)
async def test_a_welcome_must_come_within_five_seconds(met: Meeting, wait: float, errcode: int) -> None:
    client = await met.connect()
    await met.wecom.bot_user("zhangsan").enters()
    req_id, body = await client.hear()
    met.wecom.clock.advance(wait)

    code = await client.ask("aibot_respond_welcome_msg", {"msgtype": "text", "text": {"content": "欢迎"}}, req_id)

    assert body["event"]["eventtype"] == "enter_chat"
    assert code == errcode


async def test_a_card_is_clicked_and_updated(met: Meeting) -> None:
    client = await met.connect()
    user = met.wecom.bot_user("zhangsan")
    await user.says("你好")
    req_id, _ = await client.hear()
    await client.ask("aibot_respond_msg", {"msgtype": "template_card", "template_card": CARD}, req_id)

    await user.clicks("通州区")
    req_id, body = await client.hear()
    update = {"response_type": "update_template_card", "template_card": {**CARD, "replace_text": "已选"}}
    code = await client.ask("aibot_respond_update_msg", update, req_id)

    assert body["event"]["template_card_event"]["event_key"] == "a"
    assert code == 0
    assert user.inbox[-1].replaced == "已选"


async def test_a_push_needs_a_conversation_and_no_plain_text(met: Meeting) -> None:
    client = await met.connect()
    user = met.wecom.bot_user("zhangsan")
    push = {"chatid": "zhangsan", "chat_type": 1, "msgtype": "markdown", "markdown": {"content": "**提醒**"}}

    before = await client.ask("aibot_send_msg", push)
    await user.says("你好")
    await client.hear()
    after = await client.ask("aibot_send_msg", push)
    plain = await client.ask("aibot_send_msg", {"chatid": "zhangsan", "msgtype": "text", "text": {"content": "x"}})

    assert (before, after, plain) == (40003, 0, 40008)
    assert user.inbox.texts == ["**提醒**"]


async def test_a_conversation_takes_thirty_a_minute(met: Meeting) -> None:
    client = await met.connect()
    await met.wecom.bot_user("zhangsan").says("你好")
    req_id, _ = await client.hear()

    codes = [await client.ask("aibot_respond_msg", stream(str(n), finish=False), req_id) for n in range(31)]

    assert codes == [0] * 30 + [45009]


async def test_frames_of_one_req_id_wait_for_each_other(met: Meeting) -> None:
    met.wecom.platform.timing.acknowledge = 0.02
    client = await met.connect()
    await met.wecom.bot_user("zhangsan").says("你好")
    req_id, _ = await client.hear()

    for text in ("一", "二"):
        await client.send("aibot_respond_msg", stream(text, finish=False), req_id)
    await client.next()
    await client.next()

    assert "还没有应答" in met.wecom.violations[0]


@pytest.mark.parametrize(
    "frame", ["x", "[]", '{"cmd":"ping"}', '{"cmd":"ping","headers":{}}', '{"headers":{"req_id":"1"}}']
)
async def test_a_frame_of_another_form_is_a_violation(met: Meeting, frame: str) -> None:
    client = await met.connect()

    await client.socket.send_str(frame)
    await client.ask("ping")

    assert len(met.wecom.violations) == 1


async def test_the_line_can_be_cut_fall_silent_or_be_refused(met: Meeting) -> None:
    client = await met.connect()
    met.wecom.connection.go_half_open()
    await client.send("ping")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.next(), 0.05)
    met.wecom.connection.drop()
    closed = await client.socket.receive(timeout=PATIENCE)
    met.wecom.connection.refusals = 1

    with pytest.raises(aiohttp.WSServerHandshakeError):
        await met.connect()
    await met.wecom.bot_user("zhangsan").says("有人吗")
    await met.connect()

    assert closed.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    assert len(met.wecom.connection.lost) == 1
    assert met.wecom.connection.subscribed == 2


async def test_the_line_can_close_by_chance(met: Meeting) -> None:
    client = await met.connect()
    met.wecom.connection.close_chance = 1.0

    await client.send("ping")
    frames = [await client.socket.receive(timeout=PATIENCE) for _ in range(2)]

    assert aiohttp.WSMsgType.CLOSED in {frame.type for frame in frames} or client.socket.closed


async def test_pictures_carry_a_key_of_their_own(met: Meeting) -> None:
    client = await met.connect()

    await met.wecom.bot_user("zhangsan").sends_image()
    _, body = await client.hear()

    assert set(body["image"]) == {"url", "aeskey"}


async def test_a_line_whose_heartbeat_has_stopped_is_closed(met: Meeting) -> None:
    client = await met.connect()
    met.wecom.connection.heartbeat_limit = 100
    met.wecom.clock.advance(90)
    await client.ask("ping")
    met.wecom.clock.advance(90)
    await met.wecom.bot_user("zhangsan").says("还在吗")
    await client.hear()
    met.wecom.clock.advance(101)

    await met.wecom.bot_user("zhangsan").says("现在呢")

    assert len(met.wecom.connection.lost) == 1
    assert (await client.socket.receive(timeout=PATIENCE)).type is aiohttp.WSMsgType.CLOSE
