"""The staff's console in a browser: by day and night, on a desk and on a phone, with and without scripts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from bot.sessions.base import Parcel
from bot.sessions.memory import MemoryStore
from tests.browser.screens import DESKTOP, PATIENCE, PHONE, SMALL_PHONE, Device, overflow
from tests.channels.serving import serve_app
from tests.console.serving import PASSWORD, create_app, ref
from tests.contracts.stores import Clock, asking

pytestmark = pytest.mark.asyncio(loop_scope="session")

everywhere = pytest.mark.parametrize("device", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small"])
LONG = "dingtalk:" + "0123456789abcdef" * 6


@asynccontextmanager
async def before_console(browser: Browser, store: MemoryStore, device: Device = DESKTOP) -> AsyncIterator[Page]:
    """The login, in a browser without scripts, in which nothing goes wrong but what is refused."""
    await store.open()
    troubles: list[str] = []
    async with serve_app(create_app(store, Clock())) as address:
        context = await browser.new_context(
            viewport={"width": device.width, "height": device.height},
            is_mobile=device.is_mobile,
            has_touch=device.is_mobile,
            java_script_enabled=False,
        )
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("console", lambda line: troubles.append(line.text) if "status of 4" not in line.text else None)
        page.on(
            "request", lambda request: troubles.append(request.url) if not request.url.startswith(address) else None
        )
        await page.goto(f"{address}/console")
        try:
            yield page
        finally:
            await context.close()
    assert troubles == []


async def log_in(page: Page, password: str = PASSWORD) -> None:
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录").click()


async def fill(store: MemoryStore) -> None:
    await store.open()
    await store.outbox.post([Parcel(f"{LONG}:{n}", "dingtalk", f"<b>{LONG}</b>", b"") for n in range(3)])
    for n in range(3):
        await store.outbox.bury(f"{LONG}:{n}", "status 400 code " + "x" * 80)
    await store.commit(asking(0, "1234-5678", b"x"))


async def test_staff_come_in_see_a_page_each_and_leave(browser: Browser) -> None:
    async with before_console(browser, MemoryStore()) as page:
        await log_in(page, "a wrong password")
        told = await page.get_by_role("alert").inner_text()
        await log_in(page)
        titles = [await page.locator("h1").inner_text()]
        for name in ("没送到的消息", "转人工", "知识库"):
            await page.get_by_role("link", name=name, exact=True).click()
            titles.append(await page.locator("h1").inner_text())
        await page.get_by_role("button", name="退出").click()
        left = await page.locator("h1").inner_text()
        await page.go_back()
        await page.reload()
        after = await page.locator("h1").inner_text()

    assert told == "密码不对，请再试一次。"
    assert titles == ["概况", "没送到的消息", "转人工", "知识库"]
    assert left == after == "登录后台"


async def test_messages_are_sent_again_and_dropped_after_a_second_look(browser: Browser) -> None:
    store = MemoryStore()
    await fill(store)
    async with before_console(browser, store) as page:
        await log_in(page)
        await page.get_by_role("link", name="条没送到").click()
        await page.get_by_role("button", name="重发", exact=True).first.click()
        retried = await page.get_by_role("status").inner_text()
        await page.get_by_role("link", name="放弃…", exact=True).first.click()
        warned = await page.locator(".alert").inner_text()
        await page.get_by_role("button", name="放弃", exact=True).click()
        dropped = await page.get_by_role("status").inner_text()
        kept = {one.parcel.id: one.is_dead for one in await store.outbox.waiting()}

    assert "马上再发" in retried
    assert "永远收不到" in warned
    assert "已经放弃" in dropped
    assert kept == {f"{LONG}:0": False, f"{LONG}:2": True}


async def test_clauses_are_searched(browser: Browser) -> None:
    async with before_console(browser, MemoryStore()) as page:
        await log_in(page)
        await page.get_by_role("link", name="知识库", exact=True).click()
        await page.get_by_role("searchbox", name="查条款").fill("数据券")
        await page.get_by_role("button", name="查").click()

        assert "经开区数据产业措施第 8 条" in await page.locator("main").inner_text()


@everywhere
async def test_no_page_is_wider_than_its_window_and_all_can_be_touched(browser: Browser, device: Device) -> None:
    store = MemoryStore()
    await fill(store)
    async with before_console(browser, store, device) as page:
        await log_in(page)
        base = page.url
        for path in ("", "/undelivered", "/undelivered/drop?all=1", "/handoffs", "/handoffs/1234-5678", "/knowledge"):
            await page.goto(base + path.replace("1234-5678", ref("1234-5678")))

            assert await overflow(page) <= 0, path
            for button in await page.locator("button:visible, a.button:visible, nav a:visible, summary:visible").all():
                box = await button.bounding_box()
                assert box is not None
                assert box["height"] >= 44, path
