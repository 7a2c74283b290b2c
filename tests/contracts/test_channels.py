"""The contract of every channel: the same conversation gives the same texts and the same options."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from io import StringIO

import pytest

from bot.channels.base import Turns, read_clock
from bot.channels.terminal import FAREWELL, HINT, PROMPT, Terminal
from bot.messages import InboundMessage, OutboundMessage
from bot.turns import FAILED, TurnFailed
from tests.channels.fakes import MARKUP, PLACES, TIERS, ScriptedTurns
from tests.channels.serving import connect
from tests.simulators.base import PATIENCE

Talk = Callable[[Turns, Sequence[str]], Awaitable[str]]


def write_out(messages: Sequence[OutboundMessage]) -> str:
    """Messages as plain lines, the options numbered."""
    lines = []
    for message in messages:
        lines += ["", *message.text.split("\n")]
        lines += [f"  {number}. {option.label}" for number, option in enumerate(message.options, 1)]
    return "\n".join(lines)


async def talk_directly(turns: Turns, texts: Sequence[str]) -> str:
    """What the conversation gives without any channel."""
    shown = []
    for number, text in enumerate(texts):
        try:
            reply = await turns.handle(InboundMessage("none", "me", str(number), text, read_clock()))
            shown.append(write_out(reply.messages))
        except TurnFailed as error:
            shown.append(str(error))
    return "\n".join(shown)


async def talk_over_the_web(turns: Turns, texts: Sequence[str]) -> str:
    shown = []
    async with connect(turns) as client:
        for text in texts:
            async with client.post("/api/chat", json={"session": "contract-1", "text": text}) as response:
                answer = await response.json()
            shown.append(answer.get("error") or _write_out_json(answer["messages"]))
    return "\n".join(shown)


def _write_out_json(messages: list[dict[str, object]]) -> str:
    lines = []
    for message in messages:
        lines += ["", *str(message["text"]).split("\n")]
        options = message["options"]
        assert isinstance(options, list)
        lines += [f"  {number}. {option['label']}" for number, option in enumerate(options, 1)]
    return "\n".join(lines)


async def talk_in_a_terminal(turns: Turns, texts: Sequence[str]) -> str:
    assert texts[0] == "", "a terminal always starts with the welcome"
    target = StringIO()
    async with asyncio.timeout(PATIENCE):
        await Terminal(turns, "me", StringIO("\n".join(texts[1:])), target).run()
    shown = target.getvalue().removeprefix(f"{HINT}\n").removesuffix(f"{FAREWELL}\n").rstrip("\n")
    for text in texts[1:]:
        shown = shown.replace(f"\n\n{PROMPT}{text}\n", "\n", 1)
    return shown


@pytest.mark.parametrize("talk", [talk_over_the_web, talk_in_a_terminal], ids=["web", "terminal"])
@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([""], id="welcome"),
        pytest.param(["", PLACES[0].label, TIERS[1].label, "看结果"], id="by label"),
        pytest.param(["", "1", "5"], id="by number"),
        pytest.param(["", MARKUP, "😀", "看结果"], id="odd texts"),
    ],
)
async def test_same_conversation_gives_the_same_texts_and_options(talk: Talk, texts: Sequence[str]) -> None:
    assert await talk(ScriptedTurns(), texts) == await talk_directly(ScriptedTurns(), texts)


@pytest.mark.parametrize("talk", [talk_over_the_web, talk_in_a_terminal], ids=["web", "terminal"])
async def test_failed_turn_is_told_in_its_own_sentence(talk: Talk) -> None:
    shown = await talk(ScriptedTurns([TurnFailed(FAILED, is_temporary=False)]), ["", "看结果"])

    assert shown.startswith(FAILED)
    assert "咨询电话" in shown
