"""The conversation in both READMEs is what the program says, word for word."""

import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.app import build_memory_store, build_turns, quiet
from bot.channels.terminal import Terminal
from bot.cli import app
from tests.content_fixture import shipped_bundle

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime(2026, 7, 15, 2, tzinfo=UTC)


async def play(lines: list[str]) -> str:
    """What `policybot chat` prints when these lines are piped into it on that day."""
    store, target = build_memory_store(), StringIO()
    await store.open()
    turns = build_turns(shipped_bundle(), store, quiet, "web")
    await Terminal(turns, "readme", StringIO("".join(f"{line}\n" for line in lines)), target).run(lambda: DAY)
    await store.close()
    return target.getvalue().strip()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
async def test_the_conversation_in_the_readme_is_a_real_one(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    block = re.search(r"<!-- transcript: .*? -->\n```\n(.*?)\n```", text, re.DOTALL)
    assert block is not None

    said = re.findall(r"^› (.*)$", block[1], re.MULTILINE)

    assert len(said) > 5
    assert await play(said) == block[1].strip()


def test_every_file_that_the_readme_points_to_exists() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command(name: str) -> None:
    told = re.findall(r"^policybot ([\w-]+)  ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    program = get_command(app)

    assert isinstance(program, TyperGroup)
    assert sorted(told) == sorted(program.commands)
