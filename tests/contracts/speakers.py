"""A person on each channel: says something, and sees what comes back, whatever way it takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest

from bot.channels.terminal import Terminal
from bot.channels.web.payloads import conversation_of
from bot.channels.web.server import create_web_app
from bot.content.reload import LiveContent
from bot.doors.building import build_doors, working
from bot.doors.foundation import Foundation, open_client
from bot.messages import InboundMessage
from bot.metrics import Metrics
from bot.sessions.base import SessionKey, Store
from bot.settings import load_settings
from tests.channels.fakes import Ready
from tests.channels.serving import serve_app
from tests.content_fixture import shipped_bundle
from tests.contracts.stores import create_store
from tests.simulators.dingtalk import DingTalk, Mode
from tests.simulators.wecom import WeCom
from tests.simulators.wecom.inbox import Inbox
from tests.waiting import until

PERSON, CUSTOMER, STAFF = "zhangsan", "wmzhangsan", "staffzhangsan"
"""Who speaks; in letters, so that no figure and no time has a name in it by chance."""


@dataclass(slots=True)
class Speaker:
    """One person in one chat. `limit` is the most that a message may have, in UTF-8 bytes."""

    store: Store
    key: SessionKey
    say: Callable[[str], Awaitable[object]]
    seen: Callable[[], Sequence[str]]
    limit: int
    violations: Sequence[str] = field(default_factory=list)

    async def talk(self, text: str) -> Sequence[str]:
        """All that is seen after the text, once the turn is done and nothing of it waits to be sent."""
        before, version = len(self.seen()), (await self.store.load(self.key)).version
        await self.say(text)
        await until(lambda: self._is_settled(before, version))
        return self.seen()[before:]

    async def _is_settled(self, before: int, version: int) -> bool:
        """Whether an answer is there, and no more of it is to come; going on with a long one need not be a turn."""
        is_done = (await self.store.load(self.key)).version > version or len(self.seen()) > before
        is_sent = all(one.is_dead for one in await self.store.outbox.waiting())
        return is_done and is_sent and len(self.seen()) > before


@dataclass(slots=True)
class House:
    """The bot with the doors that the settings open, and its address."""

    store: Store
    ground: Foundation
    url: str = ""


@asynccontextmanager
async def housed(folder: Path) -> AsyncIterator[House]:
    """The bot as `policybot serve` puts it together, on a store in the folder."""
    async with AsyncExitStack() as stack:
        store, metrics = create_store("sqlite", folder), Metrics()
        await store.open()
        stack.push_async_callback(store.close)
        client = await stack.enter_async_context(open_client())
        content = LiveContent(shipped_bundle(), lambda _: None, lambda _: None)
        ground = Foundation(store, client, metrics, content, 30)
        house = House(store, ground)
        doors = build_doors(load_settings(folder / "none.env"), ground)
        app = create_web_app(ground.turns("web"), Ready(), metrics)
        for door in doors:
            door.add_routes(app)
        house.url = await stack.enter_async_context(serve_app(app))
        await stack.enter_async_context(working(doors, store, metrics, asyncio.Event()))
        yield house


def _texts(inbox: Inbox) -> Sequence[str]:
    return [one.text for one in inbox]


@asynccontextmanager
async def nobody(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    """The turns alone, without any channel: what the others are compared with."""
    async with housed(folder) as house:
        seen: list[str] = []
        turns = house.ground.turns("text")

        async def say(text: str) -> None:
            message = InboundMessage("none", "me", uuid4().hex, text, datetime.now(UTC))
            seen.extend(one.text for one in (await turns.handle(message)).messages)

        yield Speaker(house.store, SessionKey("none", "me"), say, lambda: seen, 2048)


@asynccontextmanager
async def terminal(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed(folder) as house:
        seen: list[str] = []
        turns = house.ground.turns("text")

        async def say(text: str) -> None:
            shown = StringIO()
            await Terminal(turns, "me", StringIO(text + "\n"), shown).run()
            seen.append(shown.getvalue())

        yield Speaker(house.store, SessionKey("terminal", "me"), say, lambda: seen, 1_000_000)


@asynccontextmanager
async def page(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed(folder) as house:
        seen: list[str] = []

        async def say(text: str) -> None:
            asked = {"session": "contract", "text": text}
            async with house.ground.client.post(house.url + "/api/chat", json=asked) as response:
                seen.extend(one["text"] for one in (await response.json())["messages"])

        yield Speaker(house.store, SessionKey("web", conversation_of("contract")), say, lambda: seen, 2048)


@asynccontextmanager
async def housed_with_wecom(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_connected: bool = False, without: Sequence[str] = ()
) -> AsyncIterator[tuple[House, WeCom]]:
    """The bot with all doors to WeCom but those whose settings are left out, the AI bot's one once it is open."""
    async with WeCom() as wecom:
        for name, value in wecom.environment(is_connected=is_connected).items():
            if name.removeprefix("POLICYBOT_WECOM_") not in without:
                monkeypatch.setenv(name, value)
        if is_connected:
            wecom.use_long_connection()
        async with housed(folder) as house:
            wecom.bot_url = house.url
            if is_connected:
                await until(lambda: wecom.connection.subscribed > 0)
            yield house, wecom


@asynccontextmanager
async def wecom_app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed_with_wecom(folder, monkeypatch) as (house, wecom):
        member = wecom.member(PERSON)
        key = SessionKey("wecom", PERSON)
        yield Speaker(house.store, key, member.says, lambda: _texts(member.inbox), 2048, wecom.violations)


@asynccontextmanager
async def wecom_app_passive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed_with_wecom(folder, monkeypatch, without=("SECRET", "KF_SECRET")) as (house, wecom):
        member = wecom.member(PERSON)
        key = SessionKey("wecom", PERSON)
        yield Speaker(house.store, key, member.says, lambda: _texts(member.inbox), 2048, wecom.violations)


@asynccontextmanager
async def wecom_bot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed_with_wecom(folder, monkeypatch) as (house, wecom):
        user = wecom.bot_user(PERSON)
        key = SessionKey("wecom_bot", f"single:{PERSON}")
        yield Speaker(house.store, key, user.says, lambda: _texts(user.inbox), 20_480, wecom.violations)


@asynccontextmanager
async def wecom_bot_connected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed_with_wecom(folder, monkeypatch, is_connected=True) as (house, wecom):
        user = wecom.bot_user(PERSON)
        key = SessionKey("wecom_bot", f"single:{PERSON}")
        yield Speaker(house.store, key, user.says, lambda: _texts(user.inbox), 20_480, wecom.violations)


@asynccontextmanager
async def wecom_kf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with housed_with_wecom(folder, monkeypatch) as (house, wecom):
        customer = wecom.customer(CUSTOMER)

        async def say(text: str) -> None:
            await asyncio.sleep(1.05)  # five messages for each of the customer's, whose times are in whole seconds
            await customer.says(text)

        key = SessionKey("wecom_kf", f"{wecom.platform.accounts.open_kfid}:{customer.name}")
        yield Speaker(house.store, key, say, lambda: _texts(customer.inbox), 2048, wecom.violations)


@asynccontextmanager
async def _with_dingtalk(folder: Path, monkeypatch: pytest.MonkeyPatch, mode: Mode) -> AsyncIterator[Speaker]:
    async with DingTalk(mode=mode) as dingtalk:
        for name, value in dingtalk.settings.items():
            monkeypatch.setenv(name, value)
        async with housed(folder) as house:
            dingtalk.bot_url = house.url
            if mode is Mode.STREAM:
                await dingtalk.streams.connects()
            user = dingtalk.member(STAFF)
            key = SessionKey("dingtalk", f"single:{STAFF}")
            yield Speaker(
                house.store, key, user.says, lambda: [one.text for one in user.inbox], 15_000, dingtalk.violations
            )


@asynccontextmanager
async def dingtalk_http(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with _with_dingtalk(folder, monkeypatch, Mode.HTTP) as speaker:
        yield speaker


@asynccontextmanager
async def dingtalk_stream(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    async with _with_dingtalk(folder, monkeypatch, Mode.STREAM) as speaker:
        yield speaker


Opening = Callable[[Path, pytest.MonkeyPatch], AbstractAsyncContextManager[Speaker]]
CHANNELS: dict[str, Opening] = {
    "web": page,
    "wecom app": wecom_app,
    "wecom app, passive": wecom_app_passive,
    "wecom bot": wecom_bot,
    "wecom bot, long connection": wecom_bot_connected,
    "wecom kf": wecom_kf,
    "dingtalk": dingtalk_http,
    "dingtalk, stream": dingtalk_stream,
}
"""Every channel of a server, as a test opens it."""
