"""Names in content that point at something else, and what was probably meant."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from rapidfuzz import process

from bot.content.yaml_source import TreePath, YamlSource

Found = TypeVar("Found")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name; empty when none is near."""
    alike = [each for each in known if 2 * len(each) >= len(name)]  # a short word stands by chance in a long one
    near = process.extractOne(name, alike, score_cutoff=70)
    return f"是不是想写 {near[0]}" if near else ""


def lookup(source: YamlSource, table: Mapping[str, Found], name: str, path: TreePath, what: str) -> Found | None:
    """What stands under the name; when nothing does, that is reported, unless the whole table could not be read."""
    if (found := table.get(name)) is None and table:
        source.report(path, f"没有{what} {name}", did_you_mean(name, table))
    return found
