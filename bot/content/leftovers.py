"""Files in the content folder that nothing reads, because of their name or their place."""

from collections.abc import Collection
from pathlib import Path

from bot.content.files import content_files
from bot.content.problems import Problem
from bot.rendering.templates import template_name
from bot.rendering.views import VIEWS


def find_leftovers(folder: Path, kinds: Collection[str], read: Collection[str]) -> list[Problem]:
    """A problem for each file that is not among those read; hidden files and README files may stand there."""
    known = {*read, *(f"templates/{kind}/{template_name(view)}" for kind in kinds for view in VIEWS)}
    found = (path for path in content_files(folder) if not path.name.upper().startswith("README"))
    names = sorted(path.relative_to(folder).as_posix() for path in found)
    return [Problem(name, 1, 1, "", *_say(name)) for name in names if name not in known]


def _say(name: str) -> tuple[str, str]:
    if name.startswith("templates/"):
        return "没有用到的模板", ""
    if name.startswith("knowledge/clauses/"):
        return "没有用到的文件", "条款文件的名字要以 .yaml 结尾，直接放在 knowledge/clauses/ 里"
    return "没有用到的文件", "看看文件名有没有写错；用不着的移到别处"
