"""The chat page: a conversation by clicks and by typing, and what happens when the network fails."""

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.turns import UNAVAILABLE, TurnFailed
from tests.browser.screens import DESKTOP, PHONE, Device, Scheme, bubbles, sent_id, visit
from tests.channels.fakes import DELETED, DELETION, DISTRICTS, MARKUP, PLACES, RESULT, TIERS, WELCOME, ScriptedTurns

pytestmark = pytest.mark.asyncio(loop_scope="session")

devices = pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@devices
@schemes
async def test_options_lead_through_the_conversation(browser: Browser, device: Device, scheme: Scheme) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns, device, scheme) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.get_by_role("button", name=TIERS[3].label).click()
        await page.get_by_text("咨询电话").wait_for()
        said = await bubbles(page, "user")
        active = await page.locator(".option:enabled").count()
        chosen = await page.locator(".option.chosen").all_inner_texts()

    assert said == [PLACES[0].label, TIERS[3].label]
    assert [message.text for message in turns.received] == ["", *said]
    assert active == 0
    assert [text.split("\n")[-1] for text in chosen] == said


async def test_first_visit_asks_for_the_welcome_once(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        shown = await page.locator(".row.bot .bubble").first.evaluate("node => node.textContent")
        said = await bubbles(page, "user")

    assert shown.replace("\n", "") == WELCOME.replace("\n", "")
    assert said == []
    assert [message.text for message in turns.received] == [""]


async def test_only_the_last_message_has_active_options(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[1].label).click()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()

        assert await page.locator(".option:disabled").count() == len(PLACES)
        assert await page.locator(".option:enabled").count() == len(TIERS)


async def test_long_list_of_options_shrinks_to_the_one_chosen(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.get_by_label("输入消息").fill("各区")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name=DISTRICTS[9].label).click()
        await expect(page.locator(".row.bot")).to_have_count(3)

        assert await page.locator(".row.bot").nth(1).locator(".option:visible").all_inner_texts() == ["10\n第10区"]


@pytest.mark.parametrize("name", ["看结果", "我的资料", "重新开始", "帮助"])
async def test_quick_action_says_its_name(browser: Browser, name: str) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns, PHONE) as visitor:
        page = await visitor.open()
        await page.get_by_role("navigation").get_by_role("button", name=name).click()
        await expect(page.locator(".row.bot")).to_have_count(2)

    assert turns.received[-1].text == name


async def test_html_is_shown_as_text(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.get_by_label("输入消息").fill(MARKUP)
        await page.get_by_role("button", name="发送").click()
        await expect(page.locator(".row.bot")).to_have_count(2)

        assert await bubbles(page, "user") == [MARKUP]
        assert (await bubbles(page, "bot"))[-1] == f"您说的是：{MARKUP}"
        assert await page.locator("#log img, #log b").count() == 0
        assert await page.evaluate("window.hacked") is None


async def test_telephone_numbers_are_links_and_amounts_are_not(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        page = await visitor.open()
        await page.get_by_label("输入消息").fill("<12345 万元、12345.6、112345、www.a.cn 与 12345、010-62564159")
        await page.get_by_role("button", name="发送").click()
        await expect(page.locator(".row.bot")).to_have_count(2)

        links = await page.locator("#log a").evaluate_all("nodes => nodes.map((node) => node.getAttribute('href'))")

    assert links == ["tel:12345", "tel:01062564159"]


async def test_lost_message_is_sent_again_with_its_own_id(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns, expects_trouble=True) as visitor:
        page = await visitor.open()
        sent: list[str] = []
        page.on("request", lambda request: sent.append(sent_id(request)))
        await visitor.context.set_offline(True)
        await page.get_by_role("button", name=PLACES[0].label).click()
        notice = page.get_by_role("alert")
        await expect(notice).to_contain_text("没有发出去")
        await visitor.context.set_offline(False)
        await notice.get_by_role("button", name="重试").click()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()
        notices, said = await notice.count(), await bubbles(page, "user")

    assert len(sent) == 2
    assert sent[0] == sent[1] == turns.received[-1].message_id
    assert (notices, said) == (0, [PLACES[0].label])


async def test_store_trouble_is_told_and_can_be_retried(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns, expects_trouble=True) as visitor:
        page = await visitor.open()
        turns.failures.append(TurnFailed(UNAVAILABLE, is_temporary=True))
        await page.get_by_role("button", name="看结果").click()
        await expect(page.get_by_role("alert")).to_contain_text(UNAVAILABLE)
        await page.get_by_role("button", name="重试").click()
        await page.get_by_text("咨询电话").wait_for()


async def test_refused_message_is_told_without_retry(browser: Browser) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=413, json={"error": "内容太长，一次最多 64 KB。"})

    async with visit(browser, ScriptedTurns(), expects_trouble=True) as visitor:
        page = await visitor.open()
        await page.route("**/api/chat", refuse)
        await page.get_by_role("button", name="看结果").click()
        await expect(page.get_by_role("alert")).to_have_text("内容太长，一次最多 64 KB。")

        assert await page.get_by_role("button", name="重试").count() == 0


async def test_reload_brings_the_conversation_back(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()
        before = await page.locator("#log").inner_text()
        await page.reload()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()

        assert await page.locator("#log").inner_text() == before
        assert await page.locator(".option:enabled").count() == len(TIERS)
    assert len(turns.received) == 2


async def test_reload_while_a_message_is_on_its_way_counts_it_once(browser: Browser) -> None:
    held: list[str] = []

    async def hold_the_first(route: Route) -> None:
        held.append(sent_id(route.request))
        if len(held) > 1:
            await route.continue_()

    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await page.route("**/api/chat", hold_the_first)
        async with page.expect_request("**/api/chat"):
            await page.get_by_role("button", name=PLACES[0].label).click()
        assert len(turns.received) == 1
        await page.reload()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()
        said = await bubbles(page, "user")

    assert held == [turns.received[-1].message_id] * 2
    assert said == [PLACES[0].label]


async def test_two_tabs_share_the_session_and_show_their_own_messages(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        first, second = await visitor.open(), await visitor.open()
        await first.get_by_role("button", name=PLACES[0].label).click()
        await first.get_by_role("button", name=TIERS[0].label).wait_for()
        await second.get_by_role("button", name="看结果").click()
        await second.get_by_text("咨询电话").wait_for()
        said = await bubbles(first, "user"), await bubbles(second, "user")

    assert said == ([PLACES[0].label], ["看结果"])
    assert len({message.conversation for message in turns.received}) == 1


async def test_two_visitors_have_sessions_of_their_own(browser: Browser) -> None:
    turns = ScriptedTurns()
    for _ in range(2):
        async with visit(browser, turns) as visitor:
            await visitor.open()

    assert len({message.conversation for message in turns.received}) == 2


async def test_page_works_without_storage(browser: Browser) -> None:
    deny = (
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {get() {throw 1}})"
    )
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        await visitor.context.add_init_script(deny)
        page = await visitor.open()
        await page.get_by_role("button", name="切换到深色").click()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()

    assert len({message.conversation for message in turns.received}) == 1


async def test_long_result_can_be_copied_as_it_was_sent(browser: Browser) -> None:
    async with visit(browser, ScriptedTurns()) as visitor:
        await visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await visitor.open()
        await page.get_by_role("button", name="看结果").click()
        await page.locator(".row.bot").nth(1).get_by_role("button", name="复制").click()
        await page.get_by_role("button", name="已复制").wait_for()

        assert await page.evaluate("navigator.clipboard.readText()") == RESULT


async def say(page: Page, text: str) -> None:
    await page.get_by_label("输入消息").fill(text)
    await page.keyboard.press("Enter")


async def test_deletion_leaves_nothing_in_the_page_and_begins_a_new_session(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.get_by_role("button", name=TIERS[0].label).wait_for()
        await say(page, DELETION)
        await page.get_by_text(DELETED).wait_for()
        await expect(page.locator(".row")).to_have_count(1)
        await page.reload()
        await page.get_by_role("button", name=PLACES[0].label).wait_for()
        kept = await page.evaluate("JSON.stringify(sessionStorage) + document.body.innerText")
        said = await bubbles(page, "user")

    assert said == []
    assert TIERS[0].label not in kept
    assert DELETION not in kept
    *before, after = [message.conversation for message in turns.received]
    assert after not in before


async def test_deletion_in_one_tab_clears_the_others(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        first, second = await visitor.open(), await visitor.open()
        await say(second, "保费 12 万元")
        await expect(second.locator(".row.user")).to_have_count(1)
        await say(first, DELETION)
        await first.get_by_text(DELETED).wait_for()
        await expect(second.locator(".row.user")).to_have_count(0)
        await second.get_by_role("button", name=PLACES[0].label).wait_for()
        kept = await second.evaluate("JSON.stringify(sessionStorage)")

    assert "保费" not in kept
    assert turns.received[-1].conversation != turns.received[0].conversation


async def test_option_goes_with_the_question_that_it_answers_and_typing_with_none(browser: Browser) -> None:
    turns = ScriptedTurns()
    async with visit(browser, turns) as visitor:
        page = await visitor.open()
        await page.get_by_role("button", name=PLACES[0].label).click()
        await page.reload()
        await page.get_by_role("button", name=TIERS[3].label).click()
        await page.get_by_text("咨询电话").wait_for()
        await say(page, "各区")
        await page.get_by_role("button", name=DISTRICTS[9].label).click()
        await expect(page.locator(".row.user")).to_have_count(4)

    assert [message.question for message in turns.received] == [None, "registration", "tier", None, ""]
