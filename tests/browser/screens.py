"""Pages opened in a browser, watched for errors and for requests to other hosts."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, Request

from bot.channels.base import Reports
from tests.channels.fakes import ScriptedTurns
from tests.channels.serving import serve

Scheme = Literal["light", "dark"]
PATIENCE = 30_000


@dataclass(frozen=True, slots=True)
class Device:
    """What a visitor holds in hand."""

    width: int
    height: int
    is_mobile: bool = False


PHONE = Device(390, 844, is_mobile=True)
SMALL_PHONE = Device(320, 568, is_mobile=True)
DESKTOP = Device(1280, 800)


@dataclass(slots=True)
class Visit:
    """One visitor: the address, the browser context, and what went wrong in it."""

    address: str
    context: BrowserContext
    troubles: list[str] = field(default_factory=list)

    async def open(self) -> Page:
        """A new tab with the chat page, once it has been greeted."""
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type in {"error", "warning"} else None)
        page.on("request", lambda request: self._check_host(request.url))
        await page.goto(self.address)
        await page.locator(".row.bot").first.wait_for()
        return page

    def _check_host(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.troubles.append(f"request to another host: {url}")


@asynccontextmanager
async def visit(
    browser: Browser,
    turns: ScriptedTurns,
    device: Device = DESKTOP,
    scheme: Scheme = "light",
    *,
    expects_trouble: bool = False,
    reports: Reports | None = None,
) -> AsyncIterator[Visit]:
    """A visitor of a server that answers with the turns; no trouble is left unnoticed."""
    async with serve(turns, reports=reports) as address:
        context = await browser.new_context(
            viewport={"width": device.width, "height": device.height},
            is_mobile=device.is_mobile,
            has_touch=device.is_mobile,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        visitor = Visit(address, context)
        try:
            yield visitor
        finally:
            await context.close()
    assert expects_trouble or visitor.troubles == []


async def bubbles(page: Page, who: str) -> list[str]:
    """What was said by the `bot` or the `user`, as it is read on the page."""
    return await page.locator(f".row.{who} .bubble").all_inner_texts()


def sent_id(request: Request) -> str:
    """The message id that a request to the chat carries."""
    return str(json.loads(request.post_data or "{}")["message_id"])


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
