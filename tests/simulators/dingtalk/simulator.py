"""A DingTalk on loopback: the platform, its people, and what can go wrong."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.simulators.dingtalk.application import Application, Limits, Mode, Timing
from tests.simulators.dingtalk.card_api import (
    CREATE_AND_DELIVER_PATH,
    DELIVER_PATH,
    INSTANCES_PATH,
    REGISTER_PATH,
    STREAMING_PATH,
    Cards,
)
from tests.simulators.dingtalk.clock import Clock, SystemClock
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.doors import Doors
from tests.simulators.dingtalk.faults import Faults
from tests.simulators.dingtalk.gateway import CONNECT_PATH, OPEN_PATH, Gateway
from tests.simulators.dingtalk.journal import Call
from tests.simulators.dingtalk.members import Group, Member
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Json
from tests.simulators.dingtalk.robots import GROUP_PATH, SINGLE_PATH, Robots
from tests.simulators.dingtalk.server import Server
from tests.simulators.dingtalk.streams import Streams
from tests.simulators.dingtalk.tokens import Tokens
from tests.simulators.dingtalk.webhooks import SEND_PATH, SESSION_PATH, Webhooks


class DingTalk:
    """The whole platform; use it with `async with`, and assert at the end that `violations` is empty."""

    def __init__(
        self,
        bot_url: str = "",
        *,
        mode: Mode = Mode.HTTP,
        app: Application | None = None,
        timing: Timing | None = None,
        limits: Limits | None = None,
        clock: Clock | None = None,
        port: int = 0,
        seed: int = 0,
        pages: Callable[["DingTalk"], Sequence[web.RouteDef]] = lambda _: (),
    ) -> None:
        self.platform = Platform(
            app or Application(), timing or Timing(), limits or Limits(), clock or SystemClock(), bot_url=bot_url
        )
        self.faults = Faults(self.platform.clock, self.platform.limits.calls)
        self.tokens = Tokens(self.platform)
        self.webhooks = Webhooks(self.platform)
        self.robots = Robots(self.platform, self.tokens)
        self.cards = Cards(self.platform, self.tokens)
        self.streams = Streams(self.platform, seed)
        self.doors = Doors(self.platform, mode, self.streams, self.webhooks, self.cards)
        self._server = Server(self.platform, self.faults, [*self._routes(), *pages(self)], port)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._server.start()
        self._tasks = [asyncio.create_task(self.streams.repeat()), asyncio.create_task(self._ping())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        self.streams.cut()
        await self.doors.http.close()
        await self._server.stop()
        for end in ends:
            if isinstance(end, Exception):
                raise end

    @property
    def url(self) -> str:
        """The base address of the API, of webhooks and of the gateway."""
        return self.platform.url

    @property
    def bot_url(self) -> str:
        """The base address of the bot, for HTTP mode."""
        return self.platform.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.platform.bot_url = url.rstrip("/")

    @property
    def settings(self) -> dict[str, str]:
        """The settings to start the bot with."""
        app = self.platform.app
        settings = {
            "POLICYBOT_DINGTALK_CLIENT_ID": app.client_id,
            "POLICYBOT_DINGTALK_CLIENT_SECRET": app.client_secret,
            "POLICYBOT_DINGTALK_API_URL": self.url,
        }
        return settings | ({"POLICYBOT_DINGTALK_STREAM": "1"} if self.doors.mode is Mode.STREAM else {})

    @property
    def violations(self) -> list[str]:
        """What the bot did wrong so far."""
        return self.platform.journal.violations

    def signed_headers(self, timestamp: int | None = None) -> dict[str, str]:
        """The headers of a message by HTTP, for tests that post what no platform would."""
        return self.doors.http.signed_headers(timestamp)

    def calls(self, path: str) -> list[Call]:
        """The calls of one address so far."""
        return self.platform.journal.calls_of(path)

    def member(self, staff_id: str, nick: str = "", *, outside: bool = False) -> Member:
        """A person in the single chat with the robot."""
        person = self.platform.person(staff_id, nick, outside=outside)
        return Member(self.platform, self.webhooks, self.doors, self.platform.single_chat(person), person)

    def group(self, title: str = "测试群") -> Group:
        """The group of that title, with the robot in it."""
        return Group(self.platform, self.webhooks, self.doors, self.platform.group_chat(title))

    async def repeats(self, delivery: Delivery, *, renewed: bool = True) -> bool:
        """Bring a message to the bot once more, by Stream under a new messageId or the old one; was it taken?"""
        return await self.doors.repeat(delivery, renewed=renewed)

    async def event(self, event_type: str, data: Json) -> Delivery:
        """Bring an event to the bot; by Stream only."""
        return await self.doors.event(event_type, data)

    async def goes_down(self) -> None:
        """Cut every connection, and refuse new ones."""
        await self._server.vanish()

    async def comes_back(self) -> None:
        """Listen again under the same port."""
        await self._server.listen()

    async def _ping(self) -> None:
        every = self.platform.timing.ping_every
        while every:
            await asyncio.sleep(every)
            await self.streams.ping()

    def _routes(self) -> list[web.RouteDef]:
        gateway = Gateway(self.platform, self.streams)
        return [
            web.post("/v1.0/oauth2/accessToken", self.tokens.issue),
            web.post(SINGLE_PATH, self.robots.send_single),
            web.post(GROUP_PATH, self.robots.send_group),
            web.post(SESSION_PATH, self.webhooks.send_by_session),
            web.post(SEND_PATH, self.webhooks.send_by_robot),
            web.post(OPEN_PATH, gateway.open),
            web.get(CONNECT_PATH, gateway.connect),
            web.post(CREATE_AND_DELIVER_PATH, self.cards.create_and_deliver),
            web.post(INSTANCES_PATH, self.cards.create),
            web.post(DELIVER_PATH, self.cards.deliver),
            web.put(INSTANCES_PATH, self.cards.update),
            web.put(STREAMING_PATH, self.cards.stream),
            web.post(REGISTER_PATH, self.cards.register),
        ]
