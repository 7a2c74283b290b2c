"""Lets many users do anything at a real `policybot serve` while the platform has troubles; says what went wrong.

`python -m tests.simulators.wecom.soak --seconds 60 --seed 1`: members, customers, single chats and groups write, click
and send what they like; calls fail, hang or lose their answers. In the end everybody asks once more, and must be
answered.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

from tests.simulators.wecom import Inbox, Timing, WeCom
from tests.simulators.wecom.bot_users import BotUser
from tests.simulators.wecom.customers import Customer
from tests.simulators.wecom.members import Member
from tests.simulators.wecom.walk import AGENT, DOORS, bot_running, errors_in, say

Person = Member | BotUser | Customer
TEXTS = (
    *(
        "你好",
        "通州区",
        "亦庄",
        "1",
        "2",
        "3",
        "不清楚",
        "跳过",
        "上一题",
        "看结果",
        "更多",
        "依据1",
        "重新开始",
        "谢谢",
    ),
    *("我们在经开区，国家级小巨人", "有没有数据资产登记的补贴", "如果注册到通州区", "为什么问这个", "😀😀", "<b>&]]>"),
    *("查看我的资料", "删除我的资料", "确认", "导出我的资料", "按 2027-12-31 算", "对比1和2", "我要投诉", "转人工"),
    *("重新开始", "a" * 600, "再见", "\t", "保费交了 86.2 万"),
)
QUESTION, LATE = "看结果", 90.0
PAUSE = 0.3


class Soak:
    """Everybody and every trouble, chosen by one seed."""

    def __init__(self, wecom: WeCom, seed: int, *, is_connected: bool) -> None:
        self._wecom = wecom
        self._random = Random(seed)
        self._is_connected = is_connected
        self.acts = 0

    def people(self, doors: tuple[str, ...]) -> list[Person]:
        """Some at each door."""
        wecom = self._wecom
        made: dict[str, list[Person]] = {
            "app": [wecom.member(f"member{number}") for number in range(5)],
            "bot": [wecom.bot_user(f"single{number}") for number in range(3)],
            "group": [wecom.group().member(f"grouped{number}") for number in range(3)],
            "kf": [wecom.customer(f"wmcustomer{number}") for number in range(4)],
        }
        return [person for door in doors for person in made[door]]

    async def live(self, person: Person, until: float) -> None:
        """One person's time."""
        while time.monotonic() < until:
            await self._act(person)
            self.acts += 1
            await asyncio.sleep(self._random.random() * PAUSE)

    async def _act(self, person: Person) -> None:
        """Click if something can be clicked, else say or send something."""
        name = person.user_id if isinstance(person, BotUser) else person.name
        labels = [(shown, label) for shown in person.inbox[-3:] for label in shown.labels_for(name)]
        chance = self._random.random()
        if labels and chance < 0.4:
            shown, label = self._random.choice(labels)
            click = person.clicks_menu if isinstance(person, Customer) else person.clicks
            await click(label, on=shown)
        elif chance < 0.9:
            await self.says(person, self._random.choice(TEXTS))
        else:
            await self._random.choice(self._others(person))()

    def _others(self, person: Person) -> list[Callable[[], Awaitable[object]]]:
        if isinstance(person, BotUser):
            if person.chat.is_group:
                return [lambda: self.says(person, "有什么政策")]
            return [person.enters, lambda: person.sends_voice("通州区"), person.sends_image, person.sends_file]
        return [person.enters, person.sends_image, person.sends_voice, lambda: person.sends_location("通州区")]

    async def says(self, person: Person, text: str) -> None:
        """Say it, with a mention where one is needed."""
        is_grouped = isinstance(person, BotUser) and person.chat.is_group
        await person.says(f"@{self._wecom.platform.accounts.bot_name} {text}" if is_grouped else text)

    async def trouble(self, until: float) -> None:
        """What goes wrong on the platform meanwhile."""
        faults = self._wecom.faults
        kinds: list[Callable[[], object]] = [
            faults.lose_answer, faults.close, faults.garble, faults.answer_status, self._wecom.tokens.revoke,
            lambda: faults.fail(-1), lambda: faults.delay(0.5), lambda: faults.fail(45009), lambda: faults.go_down(2),
        ]  # fmt: skip
        if self._is_connected:
            kinds += [self._wecom.connection.drop] * 2
        while time.monotonic() < until:
            await asyncio.sleep(self._random.random() * 2)
            self._random.choice(kinds)()
        faults.come_up()

    async def ask_at_last(self, person: Person) -> None:
        """Ask once more; somebody whom a person serves is first given back."""
        if isinstance(person, Customer) and person.session.state in {2, 3}:
            await self._wecom.agent(AGENT).ends(person)
            await asyncio.sleep(1)
        await asyncio.sleep(2)
        count = len(person.inbox)
        await self.says(person, QUESTION)
        await self._answered(person.inbox, count, person.name)

    async def _answered(self, inbox: Inbox, count: int, name: str) -> None:
        try:
            await inbox.until(lambda: len(inbox) > count and inbox[-1].is_finished, LATE)
        except AssertionError:
            self._wecom.platform.violated(f"{name} 最后问的没有回答")


async def soak(
    doors: tuple[str, ...], seconds: float, seed: int, *, is_connected: bool
) -> tuple[int, list[str], Counter[str]]:
    """How much was done, what went wrong, and how often the log told the operator of the troubles."""
    with tempfile.TemporaryDirectory() as folder:
        async with WeCom(timing=Timing(poll=0.2, patience=60.0)) as wecom:
            wecom.agent(AGENT)
            if is_connected:
                wecom.use_long_connection()
            async with bot_running(wecom, Path(folder), is_connected=is_connected):
                made, until = Soak(wecom, seed, is_connected=is_connected), time.monotonic() + seconds
                people = made.people(doors)
                await asyncio.gather(made.trouble(until), *(made.live(person, until) for person in people))
                await asyncio.gather(*(made.ask_at_last(person) for person in people))
            log = errors_in(Path(folder))
            return made.acts, wecom.violations + [line for line in log if "Traceback" in line], tally(log)


def tally(log: list[str]) -> Counter[str]:
    """How often each event stands in the log as an error."""
    return Counter(line.split(" error ", 1)[1].split(" ", 1)[0] for line in log if " error " in line)


def main() -> int:
    """Soak and print; 1 if anything was wrong."""
    parser = argparse.ArgumentParser("python -m tests.simulators.wecom.soak", description="很多人同时用，平台时好时坏")
    parser.add_argument("--doors", nargs="+", choices=DOORS, default=DOORS, help="哪些入口，不写就都有")
    parser.add_argument("--seconds", type=float, default=60.0, help="多少秒")
    parser.add_argument("--seed", type=int, default=1, help="换一个数，就换一种经过")
    parser.add_argument("--long-connection", action="store_true", help="智能机器人用长连接，不用回调")
    given = parser.parse_args()
    work = soak(tuple(given.doors), given.seconds, given.seed, is_connected=given.long_connection)
    acts, wrong, told = asyncio.run(work)
    say("日志里的告警：" + ("、".join(f"{event} {count} 次" for event, count in told.most_common()) or "没有"))
    say(f"做了 {acts} 件事。" + ("\n".join(["有违规或错误：", *wrong]) if wrong else "没有发现违规。"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
