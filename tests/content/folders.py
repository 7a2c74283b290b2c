"""Copies of the shipped content with something wrong in them."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.loading import PARTS, load_content, shipped_content
from bot.content.problems import ContentProblems, Problem


def copy_content(folder: Path, changes: Mapping[str, bytes] | None = None) -> Path:
    """The shipped content in the folder, with some files put in place of its own or beside them."""
    for part in PARTS:
        shutil.copytree(shipped_content() / part, folder / part)
    for name, raw in (changes or {}).items():
        (folder / name).write_bytes(raw)
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the content of a folder; a folder without a problem fails the test."""
    with pytest.raises(ContentProblems) as raised:
        load_content(folder)
    return raised.value.problems


def lines_of(folder: Path) -> list[str]:
    """The same as staff read it."""
    return [str(problem) for problem in problems_of(folder)]
