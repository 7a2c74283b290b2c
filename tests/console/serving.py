"""A server with the console on, and a member of staff with a browser that keeps cookies."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape

import aiohttp
from aiohttp import web
from yarl import URL

from bot.channels.web.server import create_web_app
from bot.console.ground import Ground
from bot.console.server import open_console
from bot.console.tickets import Seal
from bot.content.bundle import Bundle
from bot.content.reload import LiveContent
from bot.metrics import Metrics
from bot.sessions.base import Store
from tests.channels.fakes import Ready, ScriptedTurns
from tests.channels.serving import serve_app
from tests.content_fixture import shipped_bundle

PASSWORD = "correct horse battery"
TOKEN = re.compile(r'name="token" value="([\w-]+)"')
Headers = Mapping[str, str]
SEAL = Seal(PASSWORD)


def ref(text: str) -> str:
    """What stands for an id or a number in addresses."""
    return SEAL.ref_of(text)


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as a browser has it."""

    status: int
    text: str
    headers: Headers
    path: str

    @property
    def token(self) -> str:
        """That of the forms on the page."""
        found = TOKEN.search(self.text)
        return found[1] if found else ""

    @property
    def words(self) -> str:
        """What is read on the page, without its head."""
        body = self.text.partition("<main")[2]
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", f"<main{body}"))).strip()


class Staff:
    """Opens pages and sends their forms."""

    def __init__(self, client: aiohttp.ClientSession, address: str) -> None:
        self.client = client
        self.address = address

    async def open(self, path: str = "", headers: Headers | None = None) -> Shown:
        """The page, after all that it leads on to."""
        async with self.client.get(f"{self.address}/console{path}", headers=headers) as response:
            return await _read(response)

    async def send(self, path: str, headers: Headers | None = None, **fields: str) -> Shown:
        """What a form leads to; the headers are those of a browser, unless others are given."""
        told = {"Origin": self.address, **(headers or {})}
        async with self.client.post(f"{self.address}/console{path}", data=fields, headers=told) as response:
            return await _read(response)

    async def log_in(self, password: str = PASSWORD, headers: Headers | None = None) -> Shown:
        """What the password leads to."""
        page = await self.open("/login", headers)
        return await self.send("/login", headers, token=page.token, password=password)

    def cookie(self, name: str = "policybot_console") -> str:
        """The value of a cookie; empty where there is none."""
        found = {cookie.key: cookie.value for cookie in self.client.cookie_jar}
        return found.get(name, "")

    def set_cookie(self, value: str, name: str = "policybot_console", path: str = "/console") -> None:
        """Put another one in its place."""
        self.client.cookie_jar.clear(lambda cookie: cookie.key == name)
        self.client.cookie_jar.update_cookies({name: value}, URL(f"{self.address}{path}"))


async def _read(response: aiohttp.ClientResponse) -> Shown:
    return Shown(response.status, await response.text(), response.headers, response.url.path)


class Content(LiveContent):
    """Content that nobody watches."""

    def __init__(self, bundle: Bundle | None = None) -> None:
        super().__init__(bundle or shipped_bundle(), lambda _: None, lambda _: None)


def create_app(
    store: Store,
    clock: Callable[[], float],
    password: str = PASSWORD,
    content: LiveContent | None = None,
    metrics: Metrics | None = None,
) -> web.Application:
    """The server's addresses, with those of the console."""
    metrics = metrics or Metrics()
    app = create_web_app(ScriptedTurns(), Ready(), metrics)
    now = lambda: datetime.fromtimestamp(clock(), UTC)  # noqa: E731
    open_console(app, Ground(store, content or Content(), metrics, ("网页聊天",), 30, clock=now), password)
    return app


@asynccontextmanager
async def console(app: web.Application) -> AsyncIterator[Staff]:
    """Somebody before the server, not logged in."""
    async with serve_app(app) as address, browser_of(address) as staff:
        yield staff


@asynccontextmanager
async def browser_of(address: str) -> AsyncIterator[Staff]:
    """Somebody with another browser before the same server."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Staff(client, address)
