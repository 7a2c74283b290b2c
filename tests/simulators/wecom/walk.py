"""Walks through every door of a real `policybot serve`: verification, conversation, clicks, a person.

`python -m tests.simulators.wecom.walk` starts the simulator and the bot, each in its own process, with nothing in
common but the protocol. It ends with 1 if the bot did anything wrongly, or did not answer.
"""

import argparse
import asyncio
import contextlib
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.simulators.base import PATIENCE
from tests.simulators.wecom import Inbox, Shown, State, Timing, WeCom
from tests.simulators.wecom.bot_users import BotUser
from tests.simulators.wecom.desk import text_without_entries

DOORS = ("app", "bot", "group", "kf")
ANSWERS_WITHIN = PATIENCE
QUIET = 0.6
START_WITHIN, STEP = 60.0, 0.05
CLICKS = 4
AGENT = "kefu1"
Step = Callable[[str], Awaitable[object]]


class Walk:
    """One walk; `say` takes each line of what is seen."""

    def __init__(
        self, wecom: WeCom, say: Callable[[str], None], *, is_connected: bool = False, quiet: float = QUIET
    ) -> None:
        self._wecom = wecom
        self._say = say
        self._is_connected = is_connected
        self._quiet = quiet

    async def app(self) -> None:
        """The self-built app: as a member."""
        await self._wecom.app_door.verify()
        member = self._wecom.member("zhangsan")
        await self._talk(member.inbox, member.says, "你好", "通州区")
        await self._click_on(member.inbox, member.clicks)
        await self._talk(member.inbox, member.says, "为什么问这个", "看结果", "依据1")
        await self._other(member.inbox, "（发语音）", member.sends_voice)
        await self._other(member.inbox, "（发位置）", lambda: member.sends_location("北京市通州区运河东大街"))

    async def bot(self) -> None:
        """The AI bot in a single chat."""
        if not self._is_connected:
            await self._wecom.bot_door.verify()
        user = self._wecom.bot_user("zhangsan")
        await self._other(user.inbox, "（进入会话）", user.enters)
        await self._with_bot(user, "")

    async def group(self) -> None:
        """The AI bot in a group of two."""
        group = self._wecom.group()
        await group.member("wangwu").says("大家好，这句没有提到机器人")
        await self._with_bot(group.member("lisi"), f"@{self._wecom.platform.accounts.bot_name} ")

    async def kf(self) -> None:
        """微信客服: as somebody outside, in the end with a person."""
        customer, agent = self._wecom.customer("wmcustomer1"), self._wecom.agent(AGENT)
        await self._other(customer.inbox, "（点链接进入）", customer.enters)
        await self._talk(customer.inbox, customer.says, "通州区")
        await self._click_on(customer.inbox, customer.clicks_menu)
        await self._talk(customer.inbox, customer.says, "看结果", "转人工")
        if customer.session.state is not State.POOL:
            self._wecom.platform.violated(f"转人工之后会话状态是 {customer.session.state}，不是排队")
            return
        await agent.takes(customer)
        await agent.says(customer, "您好，我是客服小李")
        await agent.ends(customer)
        await asyncio.sleep(self._quiet)
        await self._talk(customer.inbox, customer.says, "你好")

    async def _with_bot(self, user: BotUser, mention: str) -> None:
        await self._talk(user.inbox, user.says, f"{mention}你好", f"{mention}通州区")
        await self._click_on(user.inbox, user.clicks)
        await self._talk(user.inbox, user.says, f"{mention}看结果")
        rated = [shown for shown in user.inbox if shown.feedback]
        if rated:
            await user.rates(rated[-1], 1)

    async def _talk(self, inbox: Inbox, says: Step, *texts: str) -> None:
        for text in texts:
            self._say(f"用户：{text}")
            await says(text)
            await self._hear(inbox)

    async def _other(self, inbox: Inbox, word: str, act: Callable[[], Awaitable[object]]) -> None:
        self._say(f"用户：{word}")
        await act()
        await self._hear(inbox)

    async def _click_on(self, inbox: Inbox, clicks: Step) -> None:
        """Click the first button of the newest card or menu, and so on."""
        for _ in range(CLICKS):
            shown = next((one for one in reversed(inbox) if one.labels), None)
            if shown is None:
                return
            label = shown.labels[0]
            self._say(f"用户：［点“{label}”］")
            before = look_of(shown)
            await clicks(label)
            await self._hear(inbox, lambda shown=shown, before=before: look_of(shown) != before)  # type: ignore[misc]
            if shown.replaced:
                self._say(f"　　　（按钮变成：{shown.replaced}）")

    async def _hear(self, inbox: Inbox, is_changed: Callable[[], bool] = lambda: False) -> None:
        """What is answered, once nothing more comes; no answer at all is the bot's fault."""
        try:
            await inbox.until(lambda: bool(inbox.unread) or is_changed(), ANSWERS_WITHIN)
        except AssertionError:
            self._wecom.platform.violated(f"{ANSWERS_WITHIN:.0f} 秒没有回答")
            return
        count = -1
        while count != len(inbox):
            count = len(inbox)
            await asyncio.sleep(self._quiet)
        for shown in await inbox.take(0):
            self._say(line_of(shown))


def look_of(shown: Shown) -> tuple[str, str]:
    """What tells one state of a card from another."""
    return shown.text, shown.replaced


def line_of(shown: Shown) -> str:
    """An answer as it is printed, with its buttons."""
    who = "客服" if shown.kind == "human" else "机器人"
    text = text_without_entries(shown).replace("\n", "\n　　　　")
    return f"{who}：{text}" + (f"\n　　　　［{'］［'.join(shown.labels)}］" if shown.labels else "")


@asynccontextmanager
async def bot_running(wecom: WeCom, folder: Path, *, is_connected: bool) -> AsyncIterator[None]:
    """A `policybot serve` that knows the simulator, with a store of its own, until the walk is over."""
    own = {"POLICYBOT_PORT": "0", "POLICYBOT_STORE": f"sqlite:///{folder / 'walk.sqlite3'}"}
    settings = {**os.environ, **wecom.environment(is_connected=is_connected), **own}
    with (folder / "bot.log").open("wb") as log:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=settings, stdout=log, stderr=log
        )
        try:
            wecom.bot_url = await told_address(folder / "bot.log")
            if is_connected:
                await subscribed(wecom)
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.terminate()
            await bot.wait()


async def told_address(log: Path) -> str:
    """Where the bot can be asked, once it says so."""
    async with asyncio.timeout(START_WITHIN):
        while not (address := address_in(log)):  # noqa: ASYNC110 - it is in another program
            await asyncio.sleep(STEP)
    return address


def address_in(log: Path) -> str:
    """The address that stands in the log, or nothing."""
    found = re.search(r"http://[\d.]+:\d+", log.read_text(encoding="utf-8"))
    return found[0] if found else ""


async def subscribed(wecom: WeCom) -> None:
    """Return once the bot has its long connection, which it opens after it can answer."""
    for _ in range(round(START_WITHIN / STEP)):
        if wecom.connection.line is not None:
            return
        await asyncio.sleep(STEP)
    wecom.platform.violated("长连接一直没有建立")


async def walk(
    doors: tuple[str, ...], say: Callable[[str], None], *, is_connected: bool = False, quiet: float = QUIET
) -> list[str]:
    """Walk through the doors; gives what the bot did wrongly, and what its log has of errors."""
    with tempfile.TemporaryDirectory() as folder:
        async with WeCom(timing=Timing(poll=0.2)) as wecom:
            if is_connected:
                wecom.use_long_connection()
            wecom.agent(AGENT)
            async with bot_running(wecom, Path(folder), is_connected=is_connected):
                walker = Walk(wecom, say, is_connected=is_connected, quiet=quiet)
                steps = {"app": walker.app, "bot": walker.bot, "group": walker.group, "kf": walker.kf}
                for door in doors:
                    say(f"\n== {door} ==")
                    await steps[door]()
            return wecom.violations + errors_in(Path(folder))


def errors_in(folder: Path) -> list[str]:
    """The lines of the bot's log that tell of errors."""
    log = (folder / "bot.log").read_text(encoding="utf-8")
    return [line for line in log.splitlines() if " error " in line or "Traceback" in line]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Walk and print; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulators.wecom.walk", description="走一遍企业微信的各个入口"
    )
    parser.add_argument("--doors", nargs="+", choices=DOORS, default=DOORS, help="走哪些入口，不写就都走")
    parser.add_argument("--long-connection", action="store_true", help="智能机器人用长连接，不用回调")
    options = parser.parse_args()
    wrong = asyncio.run(walk(tuple(options.doors), say, is_connected=options.long_connection))
    say("\n" + ("\n".join(["有违规或错误：", *wrong]) if wrong else "没有发现违规。"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
