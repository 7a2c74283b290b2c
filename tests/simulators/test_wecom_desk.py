"""The developer's page of the simulated WeCom, and the command that starts it."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.simulators.base import PATIENCE
from tests.simulators.scripted_bot import ScriptedBot, meet, text_reply
from tests.simulators.wecom import WeCom
from tests.simulators.wecom.__main__ import serve
from tests.simulators.wecom.desk import Desk
from tests.waiting import until

CARD: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "注册在哪里？"},
    "task_id": "t-1",
    "button_list": [{"text": "通州区", "key": "a"}],
}
Met = tuple[WeCom, ScriptedBot, aiohttp.ClientSession]


@pytest.fixture
async def met() -> AsyncIterator[Met]:
    async with meet(prepare=Desk) as (wecom, bot), aiohttp.ClientSession(wecom.url) as session:
        yield wecom, bot, session


async def do(session: aiohttp.ClientSession, door: str, action: str, **more: Any) -> None:
    async with session.post("/ui/do", json={"door": door, "who": "zhangsan", "action": action, **more}) as response:
        assert response.status == 200


async def state(session: aiohttp.ClientSession, door: str) -> dict[str, Any]:
    async with session.get("/ui/state", params={"door": door, "who": "zhangsan"}) as response:
        found: dict[str, Any] = await response.json()
    return found


async def state_with(session: aiohttp.ClientSession, door: str, text: str) -> dict[str, Any]:
    """The state as soon as it contains a text."""

    async def is_there() -> bool:
        return text in str(await state(session, door))

    await until(is_there)
    return await state(session, door)


async def test_the_page_and_its_parts_are_served(met: Met) -> None:
    for path, kind in (("/", "text/html"), ("/desk/desk.js", "text/javascript"), ("/desk/desk.css", "text/css")):
        async with met[2].get(path) as response:
            assert (response.status, response.content_type) == (200, kind)
    async with met[2].get("/desk/desk.py") as response:
        assert response.status == 404


@pytest.mark.parametrize("door", ["app", "single", "group", "kf"])
async def test_what_is_said_and_done_stands_in_the_chat(met: Met, door: str) -> None:
    _, bot, session = met
    bot.on_app = lambda message: text_reply(message, "收到") if message.findtext("FromUserName") else None
    bot.on_bot = lambda _: {"msgtype": "stream", "stream": {"id": "S", "finish": True, "content": "收到"}}

    await do(session, door, "says", text="@政策小助手 你好")
    found = await state_with(session, door, "→ 200" if door == "kf" else "收到")

    assert found["items"][0] == {
        "kind": "user", "text": "@政策小助手 你好", "who": "zhangsan", "at": found["items"][0]["at"],
        "labels": [], "replaced": "", "finished": True, "links": [], "selectors": [],
    }  # fmt: skip
    assert found["violations"] == []
    assert found["log"]


async def test_a_button_is_clicked_by_its_place(met: Met) -> None:
    wecom, bot, session = met
    await state(session, "app")
    wecom.messages.put_card("zhangsan", CARD)

    await do(session, "app", "clicks", index=0, label="通州区")
    found = await state_with(session, "app", "→ 200")

    assert found["items"][0]["labels"] == ["通州区"]
    assert bot.heard[-1].findtext("EventKey") == "a"


async def test_the_page_says_whether_a_bot_is_connected(met: Met) -> None:
    before = (await state(met[2], "single"))["connection"]
    met[0].use_long_connection()

    assert (before, (await state(met[2], "single"))["connection"]) == ("", "长连接：没有连接")


@pytest.mark.parametrize(
    ("door", "action", "word"),
    [
        ("app", "enters", "［进入应用］"),
        ("app", "image", "［图片］"),
        ("app", "voice", "［语音］"),
        ("app", "location", "［位置］北京市通州区"),
        ("single", "voice", "［语音］有什么政策"),
        ("single", "enters", "［进入会话］"),
        ("kf", "enters", "［进入会话］"),
        ("kf", "agent_says", "客服小李"),
        ("kf", "agent_takes", "不在待接入池"),
    ],
)
async def test_other_actions_are_done(met: Met, door: str, action: str, word: str) -> None:
    await do(met[2], door, action)

    assert word in str(await state_with(met[2], door, word))


async def test_the_command_says_how_to_start_the_bot(capsys: pytest.CaptureFixture[str]) -> None:
    serving = asyncio.create_task(serve("http://127.0.0.1:9", 0, is_connected=True))
    text = ""
    async with asyncio.timeout(PATIENCE):
        while "Ctrl+C" not in text:
            await asyncio.sleep(0.005)
            text += capsys.readouterr().out
    serving.cancel()

    address = re.search(r"浏览器打开：(\S+)/", text)
    assert address is not None
    assert f"export POLICYBOT_WECOM_API_URL={address[1]}\n" in text
    assert "export POLICYBOT_WECOM_BOT_URL=ws://127.0.0.1:" in text
    assert "BOT_AES_KEY" not in text
    with pytest.raises(asyncio.CancelledError):
        await serving
