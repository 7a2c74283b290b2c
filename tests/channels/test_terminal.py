"""The conversation in a terminal."""

import asyncio
import os
import signal
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.channels.terminal import FAREWELL, Terminal
from bot.messages import InboundMessage, Reply
from bot.turns import UNAVAILABLE, Pack, TurnFailed
from tests.channels.fakes import MARKUP, PLACES, WELCOME, ScriptedTurns
from tests.simulators.base import PATIENCE


class NoticingTurns(ScriptedTurns):
    """Tells when it was asked for the result."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        if message.text == "看结果":
            self.asked.set()
        return await super().handle(message, pack)


async def talk(typed: str, turns: ScriptedTurns | None = None) -> str:
    target = StringIO()
    await Terminal(turns or ScriptedTurns(), "me", StringIO(typed), target).run()
    return target.getvalue()


async def test_welcome_and_numbered_options_are_shown_first() -> None:
    shown = await talk("")

    assert WELCOME in shown
    assert f"  1. {PLACES[0].label}\n  2. {PLACES[1].label}\n" in shown
    assert shown.endswith(f"{FAREWELL}\n")


async def test_each_line_is_one_message_and_blank_lines_are_none() -> None:
    turns = ScriptedTurns()

    await talk("1\n\n   \n都没有", turns)

    assert [message.text for message in turns.received] == ["", "1", "都没有"]
    assert {message.conversation for message in turns.received} == {"me"}
    assert len({message.message_id for message in turns.received}) == 3


async def test_typed_lines_stand_in_piped_output() -> None:
    assert "› 看结果\n" in await talk("看结果\n")


async def test_markup_and_colours_are_plain_text() -> None:
    shown = await talk(f"{MARKUP}\n<[red]x[/red] :smile:\n")

    assert MARKUP in shown
    assert "[red]x[/red] :smile:" in shown
    assert "\x1b" not in shown


async def test_store_trouble_is_told_and_the_talk_goes_on() -> None:
    turns = ScriptedTurns([TurnFailed(UNAVAILABLE, is_temporary=True)])

    shown = await talk("看结果\n", turns)

    assert UNAVAILABLE in shown
    assert "咨询电话" in shown


async def test_lines_of_a_file_in_a_broken_encoding_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes("看结果\r\n".encode() + b"\xff\xfe\n")
    turns, target = ScriptedTurns(), TextIOWrapper(BytesIO(), encoding="utf-8")

    with path.open(encoding="utf-8") as source:
        await Terminal(turns, "me", source, target).run()

    assert [message.text for message in turns.received] == ["", "看结果", "\ufffd\ufffd"]


async def test_interrupt_ends_politely_while_waiting_for_a_line() -> None:
    reader, writer = os.pipe()
    target = StringIO()
    with os.fdopen(reader, encoding="utf-8") as source, os.fdopen(writer, "w", encoding="utf-8") as keyboard:
        turns = NoticingTurns()
        running = asyncio.create_task(Terminal(turns, "me", source, target).run())
        keyboard.write("看结果\n")
        keyboard.flush()
        await asyncio.wait_for(turns.asked.wait(), PATIENCE)

        os.kill(os.getpid(), signal.SIGINT)

        await asyncio.wait_for(running, PATIENCE)
        assert target.getvalue().endswith(f"{FAREWELL}\n")


@pytest.mark.parametrize("line", ["x" * 5000, "字" * 3000], ids=["ascii", "chinese"])
async def test_long_text_is_not_broken_into_lines(line: str) -> None:
    assert f"您说的是：<{line}\n" in await talk(f"<{line}\n")
