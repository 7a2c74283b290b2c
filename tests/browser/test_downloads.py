"""What is handed out to a user is saved from the page, by the keys or the mouse, and stands in no address."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.messages import OutboundMessage, Reply
from tests.browser.screens import DESKTOP, PHONE, Device, bubbles, visit
from tests.channels.fakes import ScriptedTurns

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXPORT = "导出我的资料"
KEPT = {"profile": {"region": "经开区", "insurance_premium": 530000}, "conversation": []}
PIECES = tuple(json.dumps(KEPT, ensure_ascii=False, indent=1).split("\n", 2))


class Handing(ScriptedTurns):
    """Hands out what it keeps, the JSON in several messages."""

    def _answer(self, conversation: str, text: str) -> Reply:
        if text != EXPORT:
            return super()._answer(conversation, text)
        said = OutboundMessage("这是我记的全部内容", file="我的资料.txt")
        pieces = tuple(OutboundMessage(piece, file="我的资料.json") for piece in PIECES)
        return Reply((said, *pieces, OutboundMessage("刚才的问题：在哪个区？")))


async def export(page: Page) -> None:
    await page.get_by_label("输入消息").fill(EXPORT)
    await page.get_by_label("发送").click()
    await page.get_by_text("刚才的问题").wait_for()


async def saved(page: Page, name: str) -> str:
    async with page.expect_download() as download:
        await page.get_by_role("button", name=name).click()
    done = await download.value
    assert done.suggested_filename == name.removeprefix("下载 ")
    return Path(await done.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_what_is_handed_out_is_saved_whole(browser: Browser, device: Device) -> None:
    async with visit(browser, Handing(), device) as visitor:
        page = await visitor.open()
        await export(page)

        assert json.loads(await saved(page, "下载 我的资料.json")) == KEPT
        assert await saved(page, "下载 我的资料.txt") == "这是我记的全部内容"


async def test_the_text_is_read_on_the_page_and_the_json_is_not(browser: Browser) -> None:
    async with visit(browser, Handing()) as visitor:
        page = await visitor.open()
        await export(page)

        shown = "\n".join(await bubbles(page, "bot"))
        assert "这是我记的全部内容" in shown
        assert "insurance_premium" not in shown


async def test_it_is_fetched_by_post_and_no_address_has_any_of_it(browser: Browser) -> None:
    async with visit(browser, Handing()) as visitor:
        page = await visitor.open()
        asked: list[tuple[str, str]] = []
        page.on("request", lambda request: asked.append((request.method, request.url)))
        await export(page)
        await saved(page, "下载 我的资料.json")

    sent = [(method, url) for method, url in asked if not url.startswith("blob:")]
    assert sent == [("POST", f"{visitor.address}/api/chat")]


async def test_it_can_still_be_saved_after_the_page_was_reloaded(browser: Browser) -> None:
    async with visit(browser, Handing()) as visitor:
        page = await visitor.open()
        await export(page)
        await page.reload()

        assert json.loads(await saved(page, "下载 我的资料.json")) == KEPT
