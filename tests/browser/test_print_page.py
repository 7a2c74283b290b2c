"""The page to print, opened from the chat."""

from datetime import datetime

import pytest
from playwright.async_api import Browser, Page

from bot.messages import PrintedResult
from tests.browser.screens import DESKTOP, PHONE, SMALL_PHONE, Device, Visit, overflow, visit
from tests.channels.fakes import MARKUP, RESULT, ScriptedTurns

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROOF = f"第 1 项：数据资产首次入表奖励\n依据：《示例措施》第 4 条\n✓ 符合：{MARKUP}\n找谁：某局，可拨 12345 转接"
everywhere = pytest.mark.parametrize("device", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small"])


class OneReport:
    """Has the same result for everybody, or none; remembers of whom it was asked."""

    def __init__(self, report: PrintedResult | None) -> None:
        self.report = report
        self.asked: list[str] = []

    async def make(self, channel: str, conversation: str, now: datetime) -> PrintedResult | None:
        """The result."""
        self.asked.append(f"{channel} {conversation} {now.tzinfo}")
        return self.report


async def open_print_page(visitor: Visit) -> Page:
    page = await visitor.open()
    async with visitor.context.expect_page() as opened:
        await page.get_by_role("link", name="打印", exact=True).click()
    sheet = await opened.value
    sheet.on("pageerror", lambda error: visitor.troubles.append(str(error)))
    await sheet.locator("#sheet[aria-busy=false]").wait_for()
    return sheet


@everywhere
async def test_the_result_and_its_proofs_stand_on_the_page_as_text(browser: Browser, device: Device) -> None:
    reports = OneReport(PrintedResult("2026-07-15", RESULT, (PROOF,)))
    async with visit(browser, ScriptedTurns(), device, reports=reports) as visitor:
        sheet = await open_print_page(visitor)
        text, wide = await sheet.locator("#sheet").inner_text(), await overflow(sheet)
        proofs, images = await sheet.locator(".proof").count(), await sheet.locator("#sheet img").count()
        address = sheet.url

    assert "截至 2026-07-15" in text
    assert "数据资产首次入表奖励" in text
    assert MARKUP in text
    assert (proofs, images, wide) == (1, 0, 0)
    assert address.endswith("/print")
    assert len(reports.asked) == 1


async def test_on_paper_the_buttons_are_gone(browser: Browser) -> None:
    reports = OneReport(PrintedResult("2026-07-15", RESULT, (PROOF,)))
    async with visit(browser, ScriptedTurns(), reports=reports) as visitor:
        sheet = await open_print_page(visitor)
        can_print = await sheet.get_by_role("button", name="打印").is_enabled()
        await sheet.emulate_media(media="print")

        assert can_print
        assert not await sheet.locator(".bar").is_visible()
        assert await sheet.locator(".proof").is_visible()


async def test_without_a_result_the_page_says_how_to_come_to_one(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns(), reports=OneReport(None)) as visitor:
        sheet = await open_print_page(visitor)
        text = await sheet.locator("#sheet").inner_text()
        can_print = await sheet.get_by_role("button", name="打印").is_enabled()

    assert "还没有可以打印的结果" in text
    assert not can_print
