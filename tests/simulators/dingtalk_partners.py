"""The smallest robots that can talk to the simulated DingTalk: one by HTTP, one by Stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import aiohttp
from aiohttp import web

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk, Timing
from tests.simulators.dingtalk.frames import BOT_TOPIC, CARD_TOPIC, EVENT

Json = dict[str, Any]
QUICK = Timing(http_pause=0.01, redeliver_after=0.03, redeliveries=5, ack_limit=PATIENCE, card_limit=PATIENCE)
CALM = replace(QUICK, redeliver_after=60)
"""For tests in which nothing is to come twice, however slow the machine is."""
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "platform_vectors.json").read_text("utf-8"))["dingtalk"]
TOKEN_PATH = "/v1.0/oauth2/accessToken"
BUTTONS = json.dumps([{"text": "是", "id": "yes"}, {"text": "否", "id": "no"}], ensure_ascii=False)
SUBSCRIPTIONS = [{"type": "CALLBACK", "topic": topic} for topic in (BOT_TOPIC, CARD_TOPIC)]


class HttpRobot:
    """Notes every callback, and answers with what the test put into `answers`, then with nothing."""

    def __init__(self) -> None:
        self.bodies: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[web.Response | float] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        """One callback."""
        self.bodies.append(json.loads(await request.text()))
        self.headers.append(dict(request.headers))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return web.Response()
        return answer


@asynccontextmanager
async def http_robot() -> AsyncIterator[HttpRobot]:
    """A listening robot."""
    robot = HttpRobot()
    app = web.Application(client_max_size=8 << 20)
    app.add_routes([web.post("/dingtalk/robot", robot.take), web.post("/dingtalk/card", robot.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    robot.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield robot
    await runner.cleanup()


class StreamRobot:
    """One websocket; the test reads frames and says what goes up."""

    def __init__(self, session: aiohttp.ClientSession, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.session = session
        self.ws = ws

    async def frame(self, topic: str = "") -> Json:
        """The next frame down, of that topic if one is named."""
        while True:
            frame: Json = json.loads(await self.ws.receive_str(timeout=PATIENCE))
            if not topic or frame["headers"]["topic"] == topic:
                return frame

    async def ack(self, frame: Json, data: str = '{"response":"OK"}', **changes: object) -> None:
        """Acknowledge a frame, with fields changed as the test wants."""
        headers = {"contentType": "application/json", "messageId": frame["headers"]["messageId"]}
        up = {"code": 200, "headers": headers, "message": "OK", "data": data} | changes
        await self.ws.send_str(json.dumps(up))


async def open_gateway(session: aiohttp.ClientSession, dingtalk: DingTalk, **changes: object) -> Json:
    """What the gateway answers to a right call, with fields changed as the test wants."""
    app = dingtalk.platform.app
    body = {"clientId": app.client_id, "clientSecret": app.client_secret, "subscriptions": SUBSCRIPTIONS} | changes
    url = f"{dingtalk.url}/v1.0/gateway/connections/open"
    async with session.post(url, json=body, headers={"Accept": "application/json"}) as response:
        answer: Json = {"status": response.status} | await response.json()
        return answer


def address(opened: Json) -> str:
    """Where to connect with an answer of the gateway."""
    return f"{opened['endpoint']}?ticket={quote_plus(opened['ticket'])}"


@asynccontextmanager
async def stream_robot(dingtalk: DingTalk, *, events: bool = False, waits: bool = True) -> AsyncIterator[StreamRobot]:
    """A connected robot."""
    more = [{"type": EVENT, "topic": "*"}] if events else []
    async with aiohttp.ClientSession() as session:
        opened = await open_gateway(session, dingtalk, subscriptions=[*SUBSCRIPTIONS, *more])
        async with session.ws_connect(address(opened), max_msg_size=0) as ws:
            if waits:
                await dingtalk.streams.connects()
            yield StreamRobot(session, ws)


async def post(dingtalk: DingTalk, path: str, body: object, **headers: str) -> tuple[int, Json]:
    """Status and answer of a call; a path may be a whole address."""
    url = path if path.startswith("http") else dingtalk.url + path
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as response:
        return response.status, await response.json()


async def call(dingtalk: DingTalk, path: str, body: object, method: str = "POST") -> tuple[int, Json]:
    """Status and answer of a call of the new API, with a fresh token."""
    app = dingtalk.platform.app
    _, token = await post(dingtalk, TOKEN_PATH, {"appKey": app.client_id, "appSecret": app.client_secret})
    headers = {"x-acs-dingtalk-access-token": token["accessToken"]}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, dingtalk.url + path, json=body) as response,
    ):
        return response.status, await response.json()


def card(**changes: object) -> Json:
    """A card for one person that is as it should be, with fields changed as the test wants."""
    body: Json = {
        "cardTemplateId": "t1",
        "outTrackId": "o1",
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": {"title": "请选择", "buttons": BUTTONS}},
        "openSpaceId": "dtv1.card//IM_ROBOT.0147",
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
    }
    return body | changes
