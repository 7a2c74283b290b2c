"""The same conversation in a terminal."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from threading import Thread
from typing import TextIO
from uuid import uuid4

from rich.console import Console

from bot.channels.base import Clock, Turns, read_clock
from bot.messages import InboundMessage, OutboundMessage
from bot.turns import TurnFailed

CHANNEL = "terminal"
PROMPT = "› "
HINT = "（直接输入文字或选项编号；按 Ctrl+D 结束）"
FAREWELL = "再见，祝申报顺利。"
MANY = 9
"""With more options than this they stand in one line."""


class Terminal:
    """Reads lines from one stream and writes the conversation to the other."""

    def __init__(self, turns: Turns, conversation: str, source: TextIO, target: TextIO) -> None:
        self._turns = turns
        self._conversation = conversation
        self._source = source
        self._is_typed = source.isatty()
        self._console = Console(file=target, highlight=False, markup=False, emoji=False, soft_wrap=True)

    async def run(self, clock: Clock = read_clock) -> None:
        """Talk until the input ends."""
        self._print(HINT, "dim")
        await self._take("", clock)
        async with aclosing(self._read_lines()) as lines:
            async for line in lines:
                await self._take_line(line, clock)
        self._print(f"\n{FAREWELL}" if self._is_typed else FAREWELL, "dim")

    async def _take_line(self, line: str, clock: Clock) -> None:
        if not self._is_typed:
            self._print(f"\n{PROMPT}{line}", "bold cyan")
        if line.strip():
            await self._take(line, clock)

    async def _take(self, text: str, clock: Clock) -> None:
        message = InboundMessage(CHANNEL, self._conversation, uuid4().hex, text, clock())
        try:
            reply = await self._turns.handle(message)
        except TurnFailed as error:
            self._print(str(error), "red")
        else:
            for one in reply.messages:
                self._show(one)

    def _show(self, message: OutboundMessage) -> None:
        self._print(f"\n{message.text}")
        numbered = [f"{number}. {option.label}" for number, option in enumerate(message.options, 1)]
        if len(numbered) == 1:
            self._print(f"  （{message.options[0].label}）", "cyan")
        elif numbered:
            self._print("  " + ("　" if len(numbered) > MANY else "\n  ").join(numbered), "cyan")

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(text, style=style, soft_wrap=True)

    async def _read_lines(self) -> AsyncGenerator[str, None]:
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        with suppress(
            NotImplementedError, RuntimeError, ValueError
        ):  # only the main thread of a POSIX system has signals
            loop.add_signal_handler(signal.SIGINT, lines.put_nowait, None)
        # A thread of its own, not the loop's pool: the end must not wait for a line that never comes.
        Thread(target=_pump, args=(_open_own(self._source), lines, loop), daemon=True).start()
        try:
            self._invite()
            while (line := await lines.get()) is not None:
                yield line
                self._invite()
        finally:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(signal.SIGINT)

    def _invite(self) -> None:
        if self._is_typed:
            self._console.print(f"\n{PROMPT}", style="bold cyan", end="")


def _open_own(source: TextIO) -> TextIO:
    # Standard input's own reader is locked while a thread waits in it, which would crash the program's end.
    try:
        return open(os.dup(source.fileno()), encoding="utf-8", errors="replace")  # noqa: PTH123
    except OSError:
        return source


def _pump(source: TextIO, lines: "asyncio.Queue[str | None]", loop: asyncio.AbstractEventLoop) -> None:
    with source, suppress(RuntimeError):  # the loop is closed: nobody listens any more
        for line in source:
            loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)
