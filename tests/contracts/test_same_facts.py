"""The contract of every channel with the shipped content: the same conversation, the same facts, within its limits."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import pytest

from bot.app import build_turns, quiet
from bot.channels.base import read_clock
from bot.messages import InboundMessage
from bot.sessions.memory import MemoryStore
from tests.channels.dingtalk.running import QUICK, running
from tests.channels.serving import connect
from tests.content_fixture import shipped_bundle
from tests.simulators.dingtalk import DingTalk, Mode

SAID = ("亦庄", "国家级小巨人", "买了科技保险，保费86.2万", "数据券怎么补", "看结果", "依据1", "更多", "我的资料")
FIGURE = re.compile(
    r"[\d,.]*\d ?(?:万元|元|%|天|号)|第 ?[\d.]+(?:-\d+)? ?[条项页]|\d{4}-\d{2}-\d{2}|\d{3,4}-?\d{5,8}|12345"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a user of a channel read: one text for each thing said, and the most bytes of one message."""

    answers: tuple[str, ...]
    longest: int


Talk = Callable[[Sequence[str]], Awaitable[Heard]]


def heard_of(answers: Sequence[Sequence[str]]) -> Heard:
    longest = max(len(message.encode()) for answer in answers for message in answer)
    return Heard(tuple("\n".join(answer) for answer in answers), longest)


def figures_of(text: str) -> frozenset[str]:
    """Sums, rates, articles, days and telephones, however they are set."""
    plain = text.translate(str.maketrans("．％（）", ".%()"))
    return frozenset(found.replace(" ", "").lstrip(",.") for found in FIGURE.findall(plain))


async def talk_directly(said: Sequence[str]) -> Heard:
    store = MemoryStore()
    await store.open()
    turns, answers = build_turns(shipped_bundle(), store, quiet), []
    for number, text in enumerate(said):
        reply = await turns.handle(InboundMessage("none", "me", str(number), text, read_clock()))
        answers.append([message.text for message in reply.messages])
    return heard_of(answers)


async def talk_over_the_web(said: Sequence[str]) -> Heard:
    store, answers = MemoryStore(), []
    await store.open()
    async with connect(build_turns(shipped_bundle(), store, quiet, "web")) as client:
        for text in said:
            async with client.post("/api/chat", json={"session": "facts", "text": text}) as response:
                answers.append([message["text"] for message in (await response.json())["messages"]])
    return heard_of(answers)


async def talk_by_dingtalk(said: Sequence[str], mode: Mode) -> Heard:
    answers = []
    async with DingTalk(mode=mode, timing=QUICK) as dingtalk, running(dingtalk) as bot:
        user = dingtalk.member("0147", "小钉")
        for text in said:
            before = len(user.inbox)
            await user.says(text)
            await bot.settles()
            answers.append([message.text for message in user.inbox[before:]])
        assert dingtalk.violations == []
    return heard_of(answers)


async def talk_by_dingtalk_http(said: Sequence[str]) -> Heard:
    return await talk_by_dingtalk(said, Mode.HTTP)


async def talk_by_dingtalk_stream(said: Sequence[str]) -> Heard:
    return await talk_by_dingtalk(said, Mode.STREAM)


@pytest.mark.parametrize(
    ("talk", "limit"),
    [
        pytest.param(talk_over_the_web, 2_048, id="web"),
        pytest.param(talk_by_dingtalk_http, 15_000, id="dingtalk by HTTP"),
        pytest.param(talk_by_dingtalk_stream, 15_000, id="dingtalk by Stream"),
    ],
)
async def test_every_channel_tells_the_same_facts_within_its_limits(talk: Talk, limit: int) -> None:
    expected, heard = await talk_directly(SAID), await talk(SAID)

    told = [figures_of(answer) for answer in heard.answers]
    assert told[1:] == [figures_of(answer) for answer in expected.answers][1:]  # the greetings are worded differently
    assert any(told)
    assert heard.longest <= limit
