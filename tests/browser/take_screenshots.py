"""Takes the pictures in docs/screenshots from a running server: `python -m tests.browser.take_screenshots URL`.

With POLICYBOT_CONSOLE_PASSWORD, that of the server, those of the console too.
"""

import asyncio
import os
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.screens import DESKTOP, PHONE, Device, Scheme

FOLDER = Path("docs/screenshots")
SAID = ("我们在亦庄，国家级小巨人，科技保险今年交了 86.2 万，没有处罚、失信和刑事记录", "看结果")
LOOKS: tuple[tuple[str, Device, Scheme], ...] = (
    ("phone-light", PHONE, "light"),
    ("phone-dark", PHONE, "dark"),
    ("desktop-light", DESKTOP, "light"),
    ("desktop-dark", DESKTOP, "dark"),
)


async def take_all(address: str) -> None:
    """The welcome and a result on every kind of screen."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, device, scheme in LOOKS:
            await take(browser, address, name, device, scheme)
        if password := os.environ.get("POLICYBOT_CONSOLE_PASSWORD"):
            for name, device in (("console-desktop", DESKTOP), ("console-phone", PHONE)):
                await take_console(browser, f"{address}/console", password, FOLDER / f"{name}.png", device)
        await browser.close()


async def take(browser: Browser, address: str, name: str, device: Device, scheme: Scheme) -> None:
    """Two pictures of one kind of screen."""
    page = await browser.new_page(
        viewport={"width": device.width, "height": device.height},
        is_mobile=device.is_mobile,
        has_touch=device.is_mobile,
        device_scale_factor=2 if device.is_mobile else 1,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    await page.goto(address)
    await page.locator(".row.bot").first.wait_for()
    await page.screenshot(path=FOLDER / f"welcome-{name}.png")
    for text in SAID:
        await say(page, text)
    await page.screenshot(path=FOLDER / f"result-{name}.png")
    await page.close()


async def take_console(browser: Browser, address: str, password: str, path: Path, device: Device) -> None:
    """A picture of the console's first page."""
    page = await browser.new_page(
        viewport={"width": device.width, "height": device.height},
        is_mobile=device.is_mobile,
        has_touch=device.is_mobile,
    )
    await page.goto(address)
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录").click()
    await page.get_by_role("heading", name="概况").wait_for()
    await page.screenshot(path=path)
    await page.close()


async def say(page: Page, text: str) -> None:
    """Type a text, send it and wait for the answer."""
    await page.get_by_label("输入消息").fill(text)
    await page.get_by_label("输入消息").press("Enter")
    await page.locator("#typing").wait_for(state="hidden")


if __name__ == "__main__":
    asyncio.run(take_all(sys.argv[1]))
