"""The command line in this process, as a clerk uses it: words in, status and text out."""

import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import bot.app
import bot.changes.sides
import bot.cli_cases
from bot.cli import main
from bot.content.bundle import Bundle
from bot.content.loading import load_content, version_of

_LOADED: dict[str, Bundle] = {}


def load_once(folder: Path) -> Bundle:
    """The content of a folder; content that is the same to the last byte is loaded only once in a run of the tests."""
    version = version_of(folder)
    if version not in _LOADED:
        _LOADED[version] = load_content(folder)
    return replace(_LOADED[version], folder=folder)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit status, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def run(*words: str | Path, text: str = "") -> Done:
    """Run `policybot` with these words."""
    out, err, status = StringIO(), StringIO(), 0
    argv = ["policybot", *(str(word) for word in words)]
    with ExitStack() as during:
        during.enter_context(patch.object(sys, "argv", argv))
        during.enter_context(patch.object(sys, "stdin", StringIO(text)))
        for module in (bot.app, bot.cli_cases, bot.changes.sides):
            during.enter_context(patch.object(module, "load_content", load_once))
        during.enter_context(redirect_stdout(out))
        during.enter_context(redirect_stderr(err))
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return Done(status, out.getvalue(), err.getvalue())
