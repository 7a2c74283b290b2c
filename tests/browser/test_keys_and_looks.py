"""The chat page: the keyboard, the sizes, the themes and the paper."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.screens import DESKTOP, PHONE, SMALL_PHONE, Device, bubbles, overflow, visit
from tests.channels.fakes import PLACES, TIERS, ScriptedTurns

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAPER = "getComputedStyle(document.body).backgroundColor"
FOCUSED = "document.activeElement.id"


async def type_into(page: Page, text: str) -> None:
    await page.get_by_label("输入消息").press_sequentially(text)


async def test_enter_sends_and_shift_enter_makes_a_new_line(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await type_into(page, "一行")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("两行")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.bot")).to_have_count(2)
        left = await page.get_by_label("输入消息").input_value()

    assert turns.received[-1].text == "一行\n两行"
    assert left == ""


async def test_enter_that_ends_a_pinyin_word_does_not_send(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await type_into(page, "shuju")
        await page.get_by_label("输入消息").dispatch_event("keydown", {"key": "Enter", "isComposing": True})

        assert await bubbles(page, "user") == []


async def test_whole_conversation_needs_only_the_keyboard(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        assert await page.evaluate(FOCUSED) == "input"
        await page.keyboard.press("Shift+Tab")
        ring = await page.locator(":focus").evaluate("node => getComputedStyle(node).outlineStyle")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name=TIERS[0].label).wait_for()
        await expect(page.locator(".option:enabled").first).to_be_focused()
        await page.keyboard.press("4")
        await page.get_by_text("咨询电话").wait_for()
        await expect(page.get_by_label("输入消息")).to_be_focused()

    assert ring == "solid"
    assert [message.text for message in turns.received] == ["", PLACES[2].label, TIERS[3].label]


async def test_digit_in_the_input_is_typed_and_counts_when_sent(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await page.keyboard.press("2")
        typed = await page.get_by_label("输入消息").input_value(), await bubbles(page, "user")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name=TIERS[0].label).wait_for()

    assert typed == ("2", [])
    assert turns.received[-1].text == "2"


async def test_digit_chooses_nothing_while_something_is_typed(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await type_into(page, "约")
        await page.locator(".option").first.focus()
        await page.keyboard.press("2")
        await expect(page.get_by_label("输入消息")).to_have_value("约2")

        assert await bubbles(page, "user") == []


async def test_escape_and_letters_lead_back_to_the_input(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.locator(".option").first.focus()
        await page.keyboard.press("Escape")
        await expect(page.get_by_label("输入消息")).to_be_focused()
        await page.locator(".option").first.focus()
        await page.keyboard.press("a")
        await expect(page.get_by_label("输入消息")).to_have_value("a")


async def test_input_takes_2000_characters_and_counts_near_the_end(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.get_by_label("输入消息").fill("字" * 1_799)
        assert await page.locator("#counter").inner_text() == ""
        await page.get_by_label("输入消息").fill("字" * 1_999)
        await page.keyboard.type("满了")

        assert await page.locator("#counter").inner_text() == "2000 / 2000"


@pytest.mark.parametrize("device", [SMALL_PHONE, PHONE, DESKTOP], ids=["320", "390", "1280"])
async def test_nothing_is_wider_than_the_window(browser: Browser, device: Device) -> None:
    async with visit(browser, ScriptedTurns(), device) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.get_by_role("button", name="看结果").click()
        await page.get_by_text("咨询电话").wait_for()
        await page.get_by_label("输入消息").fill("<" + "长" * 300 + "w" * 300)
        await page.get_by_role("button", name="发送").click()
        await expect(page.locator(".row.bot")).to_have_count(4)
        outside = await page.locator("#scroll").evaluate("node => node.scrollWidth - node.clientWidth")

        assert (await overflow(page), outside) == (0, 0)


@pytest.mark.parametrize("device", [SMALL_PHONE, DESKTOP], ids=["320", "1280"])
async def test_every_button_is_big_enough_for_a_thumb(browser: Browser, device: Device) -> None:
    async with visit(browser, ScriptedTurns(), device) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name="看结果").click()
        await page.get_by_role("button", name="复制").last.wait_for()
        sizes = await page.locator("button").evaluate_all(
            "nodes => nodes.map((node) => node.getBoundingClientRect()).map((box) => [box.width, box.height])"
        )

    assert len(sizes) >= 9
    assert all(width >= 44 and height >= 44 for width, height in sizes)


async def test_input_stays_in_view_when_a_soft_keyboard_takes_half(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns(), PHONE) as visitor:
        page = await visitor.open()
        await page.set_viewport_size({"width": 390, "height": 400})
        await page.wait_for_function("window.innerHeight === 400")
        box = await page.get_by_label("输入消息").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] <= 400


async def test_theme_follows_the_system_until_one_is_chosen(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns(), scheme="dark") as visitor:
        page = await visitor.open()
        dark = await page.evaluate(PAPER)
        await page.get_by_role("button", name="切换到浅色").click()
        light = await page.evaluate(PAPER)
        await page.reload()
        kept = await page.evaluate(PAPER)

    assert (dark, light, kept) == ("rgb(16, 23, 21)", "rgb(244, 245, 241)", "rgb(244, 245, 241)")


async def test_paper_shows_the_conversation_alone(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns(), scheme="dark") as visitor:
        page = await visitor.open()
        await page.emulate_media(media="print")

        assert await page.evaluate(PAPER) == "rgb(255, 255, 255)"
        assert await page.locator(".row.bot").first.is_visible()
        for control in (".actions", ".composer", ".options", "#theme"):
            assert not await page.locator(control).first.is_visible()


async def test_roles_tell_a_screen_reader_what_is_what(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()

        assert await page.get_by_role("log", name="对话").get_attribute("aria-live") == "polite"
        assert await page.get_by_role("group", name="可选答案").count() == 1
        assert await page.get_by_role("navigation", name="快捷操作").count() == 1
        assert await page.get_by_role("heading", name="政策小助手", level=1).count() == 1
        assert await page.get_by_text("仅供参考，以主管部门答复为准").is_visible()
