"""The page of the simulated DingTalk, clicked through as a developer does."""

import asyncio
import json
from urllib.parse import quote

import pytest
from aiohttp import web
from playwright.async_api import Browser, expect

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk
from tests.simulators.dingtalk.__main__ import desk_routes
from tests.simulators.dingtalk_partners import HttpRobot, call, http_robot

pytestmark = pytest.mark.asyncio(loop_scope="session")

MARKDOWN = {
    "msgtype": "markdown",
    "markdown": {
        "title": "选一个",
        "text": f"### 问题\n\n- **甲** <b>\n- 乙\n\n[选甲](dtmd://dingtalkclient/sendMessage?content={quote('甲')})",
    },
}
TABLE = {"msgtype": "markdown", "markdown": {"title": "表", "text": "|a|b|\n|---|---|"}}
CARD = {
    "cardTemplateId": "t1",
    "outTrackId": "o1",
    "callbackType": "HTTP",
    "callbackRouteKey": "policybot",
    "cardData": {"cardParamMap": {"title": "哪个区", "buttons": json.dumps([{"text": "通州区", "id": "1"}])}},
    "openSpaceId": "dtv1.card//IM_ROBOT.0147",
    "imRobotOpenSpaceModel": {"supportForward": False},
    "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
}
CHOSEN = {
    "cardData": {"cardParamMap": {"title": "选了通州区", "buttons": "[]"}},
    "cardUpdateOptions": {"updateCardDataByKey": True},
}


async def test_a_developer_talks_clicks_and_sees_what_is_wrong(browser: Browser) -> None:
    async with http_robot() as robot, DingTalk(robot.url, pages=desk_routes) as dingtalk:
        troubles: list[str] = []
        page = await browser.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type in {"error", "warning"} else None)
        await page.goto(dingtalk.url)

        robot.answers = [web.json_response(MARKDOWN), web.json_response(TABLE)]
        await page.get_by_label("要说的话").fill("有补贴吗")
        await page.get_by_role("button", name="发送", exact=True).click()
        await expect(page.locator(".bubble li").first).to_have_text("甲 <b> ")
        await page.get_by_role("link", name="选甲").click()
        await expect(page.locator("#violations")).to_contain_text("Markdown 不支持表格")

        await _choose_on_a_card(dingtalk, robot)
        await page.get_by_role("button", name="小钉").click()
        await page.get_by_role("button", name="通州区").click()
        await expect(page.locator(".bubble dl")).to_contain_text("选了通州区")
        await page.close()

    assert [body.get("text") for body in robot.bodies[:2]] == [{"content": " 有补贴吗"}, {"content": " 甲"}]
    assert troubles == []


async def _choose_on_a_card(dingtalk: DingTalk, robot: HttpRobot) -> None:
    robot.answers = [web.json_response(CHOSEN)]
    async with asyncio.timeout(PATIENCE):
        await call(dingtalk, "/v1.0/card/instances/createAndDeliver", CARD)
