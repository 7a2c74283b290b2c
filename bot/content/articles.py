"""The documents that staff keep beside the content, by article: a file a document, a part `## article` each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.content.figure_reading import FigureKey, keys_of, plain_characters

_HEADING = re.compile(r"##\s+(\S.*?)\s*")
_FIELD = re.compile(r"(?:title|section|policy):\s*(.*)")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Article:
    """One article: `heading` is its title and what stands over it, `body` its sentences."""

    id: str
    heading: str
    body: str

    @cached_property
    def plain(self) -> str:
        """The whole without spaces and marks, as phrases are compared."""
        return bare(self.heading + "\n" + self.body)

    @cached_property
    def keys(self) -> frozenset[FigureKey]:
        """All its figures, those of the heading included."""
        return keys_of(self.heading, self.body)


@dataclass(frozen=True)
class SourceText:
    """One document by article."""

    id: str
    title: str
    articles: Mapping[str, Article] = field(default_factory=dict)

    @cached_property
    def keys(self) -> frozenset[FigureKey]:
        """The figures of its title and of all its articles."""
        return keys_of(self.title).union(*(article.keys for article in self.articles.values()))


def bare(text: str) -> str:
    """The text as phrases are compared: half width, lower case, without spaces and punctuation; % and + count."""
    kept = plain_characters(text).lower().replace("%", "百分号").replace("+", "加号")
    return _MARKS.sub(_point, kept)


def _point(found: re.Match[str]) -> str:
    """Between two digits a point or a colon is part of the figure."""
    text, at = found.string, found.start()
    after = text[found.end() : found.end() + 1]
    is_inside = found[0] in (".", ":") and at > 0 and text[at - 1].isdigit() and after.isdigit()
    return found[0] if is_inside else ""


def read_source_texts(folder: Path) -> Mapping[str, SourceText]:
    """Every document of the folder by its id, which is the name of its file."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.md"))}


def _read(path: Path) -> SourceText:
    head, *parts = re.split(r"^(?=## )", path.read_text(encoding="utf-8-sig", errors="replace"), flags=re.MULTILINE)
    title = next((line.removeprefix("# ").strip() for line in head.splitlines() if line.startswith("# ")), path.stem)
    articles = (_article(part) for part in parts)
    return SourceText(path.stem, title, {article.id: article for article in articles})


def _article(part: str) -> Article:
    first, *lines = part.splitlines()
    named = _HEADING.fullmatch(first.rstrip())
    fields = [found[1].strip() for line in lines if (found := _FIELD.fullmatch(line.strip()))]
    body = "\n".join(line for line in lines if not _FIELD.fullmatch(line.strip())).strip()
    return Article(named[1] if named else first.removeprefix("##").strip(), "\n".join(fields), body)
