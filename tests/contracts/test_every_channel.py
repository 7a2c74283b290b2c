"""The contract of all channels: the same conversation, the same facts, each within its limits."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.policy.values import value_to_json
from bot.sessions.codec import decode_state
from tests.content_fixture import shipped_bundle
from tests.contracts import speakers
from tests.contracts.speakers import Speaker

TALK = ("亦庄，小巨人", "科技保险交了86.2万", "数据入表有补贴吗", "数据券怎么补", "看结果", "依据1", "我的资料")
FIGURE = re.compile(r"[\d.,]*\d ?(?:万元|亿元|元|%|％)|\d{4}-\d{2}-\d{2}|\d{3,4}-?\d{5,8}|12345")
"""Sums, rates, days and telephone numbers."""
SOURCE = re.compile(r"第 ?[\d.]+(?:-\d+)? ?条")
GO_ON = re.compile(r"回复“(继续)”|“(更多)”看下一页")
PAGES = 12
CHANNELS: dict[str, speakers.Opening] = {"terminal": speakers.terminal, **speakers.CHANNELS}


@dataclass(frozen=True, slots=True)
class Told:
    """What a conversation came to: what is known afterwards, and the figures and articles that each answer names."""

    profile: dict[str, object]
    figures: Sequence[frozenset[str]]
    sources: Sequence[frozenset[str]]
    longest: int


async def hold(speaker: Speaker) -> Told:
    """The whole conversation, every page of every answer."""
    answers = [await _whole(speaker, text) for text in TALK]
    state = (await speaker.store.load(speaker.key)).state
    assert state is not None
    profile = decode_state(speaker.key, state, shipped_bundle().guide.knowledge.attributes).profile
    return Told(
        {name: value_to_json(value) for name, value in profile.values.items()},
        [frozenset(_normal(figure) for figure in FIGURE.findall("\n".join(shown))) for shown in answers],
        [frozenset(_normal(source) for source in SOURCE.findall("\n".join(shown))) for shown in answers],
        max(len(text.encode()) for shown in answers for text in shown),
    )


async def _whole(speaker: Speaker, text: str) -> Sequence[str]:
    shown = [*await speaker.talk(text)]
    for _ in range(PAGES):
        if not (more := GO_ON.search("\n".join(shown[-3:]))):
            return shown
        page = await speaker.talk(more[1] or more[2])
        shown += page
        if not GO_ON.search("\n".join(page)):
            return shown
    raise AssertionError("the pages do not end")


def _normal(found: str) -> str:
    return re.sub(r"[ ,]", "", found)


@pytest_asyncio.fixture(params=CHANNELS)
async def speaker(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Speaker]:
    async with CHANNELS[request.param](tmp_path, monkeypatch) as one:
        yield one


_REFERENCE: list[Told] = []


@pytest_asyncio.fixture
async def expected(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What it comes to without any channel."""
    if not _REFERENCE:
        patch = pytest.MonkeyPatch()
        async with speakers.nobody(tmp_path_factory.mktemp("nobody"), patch) as one:
            _REFERENCE.append(await hold(one))
    return _REFERENCE[0]


async def test_the_same_conversation_gives_the_same_facts_within_the_limits(speaker: Speaker, expected: Told) -> None:
    told = await hold(speaker)

    assert told.profile == expected.profile
    for here, there in zip(told.figures, expected.figures, strict=True):
        assert here == there
    for here, there in zip(told.sources, expected.sources, strict=True):
        assert here == there
    assert told.longest <= speaker.limit
    assert list(speaker.violations) == []
