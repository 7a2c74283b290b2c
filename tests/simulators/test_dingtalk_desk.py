"""The page for developers, and the program that serves it."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.dingtalk.__main__ import desk_routes
from tests.simulators.dingtalk.desk import FILES, NOT_IN_GROUPS, NOT_TAKEN, NOT_TOLD
from tests.simulators.dingtalk_partners import QUICK, HttpRobot, http_robot, stream_robot

ROOT = Path(__file__).parents[2]
CARD = {
    "msgtype": "actionCard",
    "actionCard": {
        "title": "请选择",
        "text": "正文",
        "btns": [
            {"title": "是", "actionURL": "dtmd://dingtalkclient/sendMessage?content=%E6%98%AF"},
            {"title": "看原文", "actionURL": "https://a.cn"},
        ],
    },
}


class Page:
    """What the page's script does."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def state(self) -> Any:
        async with self._session.get("/-/state") as response:
            return await response.json()

    async def post(self, path: str, **body: object) -> tuple[int, Any]:
        async with self._session.post(path, json=body) as response:
            return response.status, await response.json() if response.status == 200 else None

    async def chat(self, index: int) -> Any:
        return (await self.state())["chats"][index]


@pytest.fixture
async def robot() -> AsyncIterator[HttpRobot]:
    async with http_robot() as listening:
        yield listening


@pytest.fixture
async def dingtalk(robot: HttpRobot) -> AsyncIterator[DingTalk]:
    async with DingTalk(robot.url, timing=QUICK, pages=desk_routes) as running:
        yield running


@pytest.fixture
async def page(dingtalk: DingTalk) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession(dingtalk.url) as session:
        yield Page(session)


async def test_every_file_of_the_page_is_served(dingtalk: DingTalk) -> None:
    async with aiohttp.ClientSession() as session:
        html = await (await session.get(dingtalk.url)).text()
        scripts = "".join(path.read_text("utf-8") for path in FILES.iterdir())
        for address in {*re.findall(r'(?:href|src)="(/[^"]+)"', html), *re.findall(r'from "(/[^"]+)"', scripts)}:
            async with session.get(dingtalk.url + address) as response:
                assert response.status == 200, address


async def test_what_is_typed_in_a_group_reaches_the_robot_with_a_mention_only(page: Page, robot: HttpRobot) -> None:
    group = await page.chat(0)
    said = {"chat": group["id"], "person": "0148", "kind": "text"}

    await page.post("/-/say", **said, text="早上好", mentioned=False)
    await page.post("/-/say", **said, text="有补贴吗", mentioned=True)

    assert [body["text"]["content"] for body in robot.bodies] == [" 有补贴吗"]
    assert [message["sender"] for message in (await page.chat(0))["messages"]] == ["小王", "小王"]


@pytest.mark.parametrize("kind", ["audio", "picture", "file", "richText", "quota"])
async def test_each_type_can_be_sent_in_a_single_chat(page: Page, robot: HttpRobot, kind: str) -> None:
    single = await page.chat(1)

    status, _ = await page.post("/-/say", chat=single["id"], person="", kind=kind, text="文字", mentioned=True)

    assert (status, robot.bodies[0]["msgtype"]) == (200, "text" if kind == "quota" else kind)


async def test_speech_in_a_group_is_explained(page: Page) -> None:
    group = await page.chat(0)

    _, said = await page.post("/-/say", chat=group["id"], person="0148", kind="audio", text="喂", mentioned=True)

    assert said == {"note": NOT_IN_GROUPS}


async def test_the_page_says_why_the_robot_does_not_answer(page: Page, robot: HttpRobot) -> None:
    said = {"chat": (await page.chat(0))["id"], "person": "0148", "kind": "text", "text": "早"}
    robot.answers = [web.Response(status=500) for _ in range(3)]

    notes = [(await page.post("/-/say", **said, mentioned=mentioned))[1]["note"] for mentioned in (False, True, True)]

    assert notes == [NOT_TOLD, NOT_TAKEN, ""]


async def test_buttons_can_be_clicked(page: Page, robot: HttpRobot) -> None:
    single = await page.chat(1)
    robot.answers = [web.json_response(CARD)]
    await page.post("/-/say", chat=single["id"], person="", kind="text", text="你好", mentioned=False)
    shown = (await page.chat(1))["messages"][1]

    said = await page.post("/-/click", chat=single["id"], person="", message=1, button=0)
    opened = await page.post("/-/click", chat=single["id"], person="", message=1, button=1)

    assert (shown["title"], shown["buttons"]) == ("请选择", ["是", "看原文"])
    assert (said[1], opened[1]) == ({"opened": ""}, {"opened": "https://a.cn"})
    assert robot.bodies[1]["text"]["content"] == "是"


async def test_every_trouble_of_the_page_exists_and_all_can_be_mended(page: Page, dingtalk: DingTalk) -> None:
    script = (FILES / "page.js").read_text("utf-8").partition("const TROUBLES")[2].partition("};")[0]
    names = re.findall(r"(\w+):", script)

    assert len(names) == 12
    assert [(await page.post(f"/-/trouble/{name}"))[0] for name in names] == [200] * 12
    assert dingtalk.robots.flow_controlled == set()


async def test_the_page_knows_of_connections() -> None:
    async with (
        DingTalk(mode=Mode.STREAM, timing=QUICK, pages=desk_routes) as dingtalk,
        stream_robot(dingtalk),
        aiohttp.ClientSession(dingtalk.url) as session,
    ):
        state = await Page(session).state()

    assert (state["mode"], state["connections"]) == ("stream", 1)
    assert state["settings"]["POLICYBOT_DINGTALK_STREAM"] == "1"


@pytest.mark.parametrize("mode", list(Mode))
async def test_the_program_prints_the_settings_for_the_robot(mode: Mode) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.simulators.dingtalk", "--port", "0", "--mode", mode),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        printed = (await process.stdout.readuntil("结束。\n".encode())).decode()
    process.kill()
    await process.communicate()

    address = re.search(r"http://127\.0\.0\.1:\d+", printed)
    assert address
    assert f"export POLICYBOT_DINGTALK_API_URL={address[0]}" in printed
    assert "export POLICYBOT_DINGTALK_CLIENT_ID=" in printed
    assert ("POLICYBOT_DINGTALK_STREAM=1" in printed) is (mode is Mode.STREAM)
