"""The AI bot as the settings turn it on, in each of its two ways, with the store in a file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.content.reload import LiveContent
from bot.doors.building import build_doors, working
from bot.doors.foundation import Foundation, open_client
from bot.errors import SettingsError
from bot.metrics import Metrics
from bot.sessions.sqlite import SqliteStore
from bot.settings import load_settings
from tests.content_fixture import shipped_bundle
from tests.simulators.wecom import WeCom

OF_THE_BOT = ("_BOT_", "_API_URL")


@asynccontextmanager
async def served(folder: Path, *, is_connected: bool) -> AsyncIterator[WeCom]:
    """The server's doors, with nothing set but the bot's settings."""
    async with AsyncExitStack() as stack:
        wecom = await stack.enter_async_context(WeCom())
        if is_connected:
            wecom.use_long_connection()
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in wecom.environment(is_connected=is_connected).items():
            if any(part in name for part in OF_THE_BOT):
                patch.setenv(name, value)
        store, metrics = SqliteStore(folder / "kept.db", keep_days=30), Metrics()
        await store.open()
        stack.push_async_callback(store.close)
        client = await stack.enter_async_context(open_client())
        content = LiveContent(shipped_bundle(), lambda _: None, lambda _: None)
        doors = build_doors(load_settings(folder / "none.env"), Foundation(store, client, metrics, content, 30))
        app = web.Application()
        for door in doors:
            door.add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        wecom.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await stack.enter_async_context(working(doors, store, metrics, asyncio.Event()))
        yield wecom


@pytest.mark.parametrize("is_connected", [False, True], ids=["callback", "long connection"])
async def test_conversation_with_clicks_and_a_group(tmp_path: Path, *, is_connected: bool) -> None:
    async with served(tmp_path, is_connected=is_connected) as wecom:
        if is_connected:
            async with asyncio.timeout(5):
                while wecom.connection.line is None:  # noqa: ASYNC110 - nobody rings for it
                    await asyncio.sleep(0.005)
        user, member = wecom.bot_user("zhangsan"), wecom.group().member("zhangsan")

        await user.enters()
        await user.inbox.find("政策小助手")
        await user.says("通州区")
        await user.inbox.find("注册地：通州区")
        await user.inbox.until(lambda: bool(user.inbox[-1].labels), 5)
        await user.clicks("都没有")
        await user.inbox.find("没有专精特新类认定")
        await member.says("@政策小助手 我的资料")
        await member.inbox.find("单聊")

        assert "注册地：通州区" not in "".join(member.inbox.texts)
        assert wecom.violations == []


def test_two_ways_at_once_are_refused_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"TOKEN": "abc", "AES_KEY": "a" * 43, "ID": "AIBOT1", "SECRET": "s"}
    for name, value in given.items():
        monkeypatch.setenv(f"POLICYBOT_WECOM_BOT_{name}", value)

    with pytest.raises(SettingsError, match="只能用一种方式"):
        load_settings(tmp_path / "none.env")
