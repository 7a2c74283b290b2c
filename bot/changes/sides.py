"""A side of a comparison as loaded content; what belongs to another version of the program is left out."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.changes.revisions import Side, is_content
from bot.content.loading import load_content, shipped_content, version_of
from bot.content.problems import ContentProblems
from bot.dialog.flows import Guide
from bot.errors import RequestError

TEMPLATES, NOTICES = "templates", "dialogs/notices.yaml"
OF_PROGRAM = (f"{TEMPLATES}/", NOTICES)
"""What the program fills in or says by itself: a version of it knows its own only."""


@dataclass(frozen=True, slots=True)
class LoadedSide:
    """One side as loaded; `note` says what of it could not be read, empty when all could."""

    side: Side
    version: str
    guide: Guide
    note: str = ""


def load_side(side: Side, aside: Path) -> LoadedSide:
    """The content of a side; RequestError with its problems when knowledge or dialogs have some."""
    try:
        bundle = load_content(side.folder)
        return LoadedSide(side, bundle.version, bundle.guide)
    except ContentProblems as error:
        problems = [problem for problem in error.problems if not problem.file.startswith(OF_PROGRAM)]
        if problems or not (side.folder / TEMPLATES).is_dir():
            hint = "" if is_content(Path(side.name)) else "（很早的版本，可能要用当时的程序才能读）"
            raise RequestError(f"{side.name} 的内容有问题，读不进来{hint}：\n{error}") from None
    folder = _with_our_own(side.folder, aside)
    note = f"{side.name} 的模板或固定答复现在的程序读不了，只比知识和其余对话"
    try:
        return LoadedSide(side, version_of(side.folder), load_content(folder).guide, note)
    except ContentProblems as error:
        raise RequestError(f"{side.name} 的内容有问题，读不进来：\n{error}") from None


def _with_our_own(folder: Path, aside: Path) -> Path:
    """A copy with the templates and the fixed replies of this program."""
    copy = Path(aside) / f"copy-{len(tuple(aside.iterdir()))}"
    for part in ("dialogs", "knowledge"):
        shutil.copytree(folder / part, copy / part)
    shutil.copytree(shipped_content() / TEMPLATES, copy / TEMPLATES)
    shutil.copy(shipped_content() / NOTICES, copy / NOTICES)
    return copy
