"""One long connection of the AI bot: its frames, whatever the other side says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.platform_errors import Kind
from bot.channels.wecom.bot_socket import BotSocket, Frame, FrameRefused, SocketLost, open_socket
from tests.channels.serving import serve_app
from tests.channels.wecom.bot_stage import FAST
from tests.simulators.base import PATIENCE

Reply = Callable[[dict[str, Any]], list[str | bytes]]


@asynccontextmanager
async def connected(reply: Reply) -> AsyncIterator[tuple[BotSocket, list[Frame]]]:
    """A connection to somebody who answers each frame with what `reply` gives, and the frames that it told."""

    async def serve(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            for answer in reply(json.loads(message.data)):
                await (socket.send_str(answer) if isinstance(answer, str) else socket.send_bytes(answer))
        return socket

    app = web.Application()
    app.router.add_get("/", serve)
    told: list[Frame] = []
    async with serve_app(app) as url, aiohttp.ClientSession() as client:
        socket = await open_socket(client, url, FAST)

        async def listen() -> None:
            note = told.append  # each as it comes
            async for frame in socket.listen():
                note(frame)

        listening = asyncio.create_task(listen())
        yield socket, told
        await socket.close()
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def answer(frame: dict[str, Any], **more: Any) -> str:
    return json.dumps({"headers": frame["headers"], **more})


@pytest.mark.parametrize("more", [{}, {"cmd": "aibot_respond_msg"}, {"body": {}}], ids=["plain", "command", "body"])
async def test_frame_is_taken_when_its_id_comes_back_with_0(more: dict[str, Any]) -> None:
    async with connected(lambda frame: [answer(frame, errcode=0, errmsg="ok", **more)]) as (socket, told):
        await socket.ask("aibot_respond_msg", {"msgtype": "markdown"}, "r1")

        assert told == []


async def test_code_of_a_refusal_is_told() -> None:
    async with connected(lambda frame: [answer(frame, errcode=846605)]) as (socket, _):
        with pytest.raises(FrameRefused, match="846605"):
            await socket.ask("aibot_respond_msg", {}, "r1")

        assert socket.is_open


async def test_answer_without_a_code_is_no_yes() -> None:
    async with connected(lambda frame: [answer(frame)]) as (socket, _):
        with pytest.raises(FrameRefused):
            await socket.ask("ping")


async def test_what_is_no_frame_is_passed_over() -> None:
    def babble(frame: dict[str, Any]) -> list[str | bytes]:
        odd: list[str | bytes] = ["", "[]", "{", "1", b"\xff\x00", '{"cmd":"x"}']
        odd.append('{"cmd":"x","headers":{"req_id":1},"body":{}}')
        deep = "[" * 50_000
        foreign = json.dumps({"headers": {"req_id": "nobody"}, "errcode": 1})
        callback = json.dumps({"cmd": "aibot_msg_callback", "headers": {"req_id": "c1"}, "body": {"msgid": "m"}})
        return [*odd, deep, foreign, callback, answer(frame, errcode=0)]

    async with connected(babble) as (socket, told):
        await socket.ask("ping")

        assert told == [Frame("c1", {"msgid": "m"})]


async def test_silence_ends_the_connection() -> None:
    async with connected(lambda _: []) as (socket, _):
        with pytest.raises(SocketLost):
            await asyncio.wait_for(socket.ask("ping"), PATIENCE)

        assert not socket.is_open


async def test_frames_of_one_id_go_one_after_the_other() -> None:
    open_frames: list[str] = []

    def check(frame: dict[str, Any]) -> list[str | bytes]:
        open_frames.append(frame["body"]["n"])
        return [answer(frame, errcode=0)]

    async with connected(check) as (socket, _):
        await asyncio.gather(*(socket.ask("aibot_respond_msg", {"n": str(n)}, "same") for n in range(5)))

        assert open_frames == ["0", "1", "2", "3", "4"]


async def test_address_where_nobody_is_is_told_and_counted() -> None:
    counted: list[tuple[str, str, Kind]] = []
    async with aiohttp.ClientSession() as client:
        with pytest.raises(SocketLost):
            await open_socket(client, "ws://127.0.0.1:9/", FAST, lambda *error: counted.append(error))

    assert counted == [("connect", "no_answer", Kind.RETRY)]
