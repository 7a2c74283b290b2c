"""微信客服 as the settings turn it on: the app's address takes its events, both doors send, the store is a file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.content.reload import LiveContent
from bot.doors.building import build_doors, working
from bot.doors.foundation import Foundation, open_client
from bot.metrics import Metrics
from bot.sessions.sqlite import SqliteStore
from bot.settings import load_settings
from tests.content_fixture import shipped_bundle
from tests.simulators.wecom import WeCom


@asynccontextmanager
async def served(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WeCom]:
    async with AsyncExitStack() as stack:
        wecom = await stack.enter_async_context(WeCom())
        for name, value in wecom.environment().items():
            monkeypatch.setenv(name, value)
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


async def test_a_customer_is_welcomed_asked_answered_and_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(tmp_path, monkeypatch) as wecom:
        agent, customer = wecom.agent("xiaoli"), wecom.customer()

        await customer.enters()
        [welcome] = await customer.inbox.take()
        await customer.says("1")
        [asked] = await customer.inbox.take()
        await customer.clicks_menu("4 国家级专精特新“小巨人”")
        [after] = await customer.inbox.take()
        await customer.says("转人工")
        handed = await customer.inbox.take(2)
        await agent.takes(customer)

        assert "政策小助手" in welcome.text
        assert asked.kind == "msgmenu"
        assert "国家级专精特新“小巨人”" in after.text
        assert ["记录号" in handed[0].text, "请稍等" in handed[1].text] == [True, True]
        assert wecom.violations == []


async def test_the_app_and_customer_service_work_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(tmp_path, monkeypatch) as wecom:
        member, customer = wecom.member("zhangsan"), wecom.customer()

        await member.says("亦庄")
        await customer.says("我的资料")
        to_member = await member.inbox.take()
        to_customer = await customer.inbox.take()

        assert "注册地：经开区" in to_member[0].text
        assert "注册地：经开区" not in to_customer[0].text
        assert wecom.violations == []
