"""The Stream gateway: POST /v1.0/gateway/connections/open, tickets, and the websocket's address."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from tests.simulators.dingtalk.connections import Connection
from tests.simulators.dingtalk.frames import CALLBACK, EVENT
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal, Json
from tests.simulators.dingtalk.requests import read_api_json, text_of
from tests.simulators.dingtalk.streams import Streams

OPEN_PATH, CONNECT_PATH = "/v1.0/gateway/connections/open", "/connect"
KNOWN = {"clientId", "clientSecret", "subscriptions", "ua", "localIp", "extras"}
XML = "<OpenConnectionResponse><endpoint>{}</endpoint><ticket>{}</ticket></OpenConnectionResponse>"


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to connect once, until a time, with these subscriptions."""

    expires: int
    subscriptions: frozenset[tuple[str, str]]


class Gateway:
    """Gives tickets, and takes each of them once."""

    def __init__(self, platform: Platform, streams: Streams) -> None:
        self._platform = platform
        self._streams = streams
        self._tickets: dict[str, Ticket] = {}
        self._used: set[str] = set()

    async def open(self, request: web.Request) -> web.StreamResponse:
        """Answer with an endpoint and a ticket: as JSON where the caller asks for it, else as XML."""
        body = await read_api_json(request)
        app = self._platform.app
        if (text_of(body, "clientId"), text_of(body, "clientSecret")) != (app.client_id, app.client_secret):
            raise ApiRefusal("authFailed", "clientId 或 clientSecret 不对", 401)
        subscriptions = _subscriptions(body)
        expires = self._platform.clock.now() + round(self._platform.timing.ticket_life * 1000)
        ticket = f"{self._platform.number('ticket')}+/=="
        self._tickets[ticket] = Ticket(expires, subscriptions)
        endpoint = f"{self._platform.url.replace('http', 'ws', 1)}{CONNECT_PATH}"
        if "application/json" in request.headers.get("Accept", ""):
            return web.json_response({"endpoint": endpoint, "ticket": ticket})
        self._platform.journal.blame(OPEN_PATH, "没有 Accept: application/json，答复会是 XML")
        return web.Response(text=XML.format(endpoint, ticket), content_type="application/xml")

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket."""
        written = request.query.get("ticket", "")
        ticket = self._tickets.pop(written, None)
        if ticket is None:
            raise ApiRefusal("ticket.invalid", self._why(written), 401)
        self._used.add(written)
        if self._platform.clock.now() >= ticket.expires:
            raise ApiRefusal("ticket.expired", "ticket 已过期", 401, is_violation=False)
        connection = Connection(self._platform, ticket.subscriptions, self._streams.acknowledge)
        await connection.ws.prepare(request)
        await self._serve(connection, request)
        return connection.ws

    async def _serve(self, connection: Connection, request: web.Request) -> None:
        """Send and read at the same time: who only sends never sees the ACKs, and in the end both stand still."""
        connection.accept(request)
        self._streams.join(connection)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._streams.welcome(connection))
                both.create_task(connection.serve())
        finally:
            self._streams.leave(connection)

    def _why(self, written: str) -> str:
        if written in self._used:
            return "ticket 只能用一次"
        is_unquoted = written.replace(" ", "+") in self._tickets
        return "ticket 在地址里要做 URL 编码" if is_unquoted else "没有发过这个 ticket"


def _subscriptions(body: Json) -> frozenset[tuple[str, str]]:
    entries = body.get("subscriptions")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise ApiRefusal("invalidParameter.subscriptions", "subscriptions 应是不空的列表")
    found = frozenset((text_of(entry, "type"), text_of(entry, "topic")) for entry in entries)
    if not all(kind in {EVENT, CALLBACK} and topic for kind, topic in found):
        raise ApiRefusal("invalidParameter.subscriptions", "subscriptions 的 type 应是 EVENT 或 CALLBACK，topic 不能空")
    return found
