"""Plays the conversations of tests/conversations/*.yaml and checks what the user sees after each turn."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.app import build_memory_store, build_turns
from bot.batch.replaying import Replay
from bot.batch.understanding import single
from bot.policy.values import value_to_json
from bot.responder import BEIJING
from bot.turns import Trouble
from tests.content_fixture import shipped_bundle

FOLDER = Path(__file__).parent / "conversations"
Conversation = Mapping[str, Any]


def conversations() -> list[Any]:
    return [
        pytest.param(conversation, id=f"{path.stem}: {conversation['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for conversation in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("conversation", conversations())
async def test_the_conversation_goes_as_written(conversation: Conversation) -> None:
    replay = await start(conversation)

    for number, turn in enumerate(conversation["turns"], 1):
        said_before = len(replay.said)
        await replay.take(turn["say"])
        answer = replay.said[-1]["bot"] if len(replay.said) > said_before else ""
        where = f"turn {number}, {turn['say']!r} was answered:\n{answer}"
        for wanted in turn.get("shows", ()):
            assert str(wanted) in answer, f"{wanted!r} is missing; {where}"
        for banned in turn.get("hides", ()):
            assert str(banned) not in answer, f"{banned!r} must not be there; {where}"
    await check_end(conversation, replay)


async def start(conversation: Conversation) -> Replay:
    bundle, store = shipped_bundle(), build_memory_store()
    troubles: list[Trouble] = []
    await store.open()
    on = conversation.get("on", date(2026, 7, 15))
    now = datetime.combine(date.fromisoformat(str(on)), time(9), BEIJING)
    return Replay(
        build_turns(bundle, store, troubles.append), store, bundle, conversation.get("channel", "web"), now, troubles
    )


async def check_end(conversation: Conversation, replay: Replay) -> None:
    state = await replay.state()
    known = {name: single(value) for name, value in state.profile.values.items()}
    for name, value in conversation.get("knows", {}).items():
        expected = value_to_json(value) if isinstance(value, date) else value
        assert known.get(name) == expected, f"{name} is {known.get(name)!r}, expected {expected!r}"
    for name in conversation.get("knows_not", ()):
        assert name not in known, f"{name} must not be known, but is {known[name]!r}"
    if "waits_for" in conversation:
        assert state.pending is not None
        assert state.pending.attribute == conversation["waits_for"]
