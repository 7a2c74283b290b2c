"""What the check says of the shipped content with something changed."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.content.articles import SourceText
from bot.content.linting import review
from tests.content.folders import copy_content

DAY = date(2026, 7, 15)


def say_of(folder: Path, on: date = DAY, texts: Mapping[str, SourceText] | None = None) -> list[str]:
    """Every line of the check of a folder, but for notices."""
    return [line for line in all_lines(folder, on, texts) if "提示：" not in line]


def all_lines(folder: Path, on: date = DAY, texts: Mapping[str, SourceText] | None = None) -> list[str]:
    """Every line of the check of a folder."""
    return [str(finding) for finding in review(folder, on, texts).findings]


def new_lines(folder: Path, changes: Mapping[str, bytes], texts: Mapping[str, SourceText] | None = None) -> list[str]:
    """What the changes add to what the check says of the shipped content."""
    copy = copy_content(folder)
    before = {line.partition(": ")[2] for line in say_of(copy, texts=texts)}
    for name, raw in changes.items():
        (copy / name).write_bytes(raw)
    return [line for line in say_of(copy, texts=texts) if line.partition(": ")[2] not in before]
