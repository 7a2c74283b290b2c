"""The enterprises for which two contents are compared: those of staff's cases, and saved profiles."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.batch.jsonl import day_of
from bot.cases.files import Place, place_in, read_files
from bot.cases.given import value_as_written
from bot.content.cells import parse_day
from bot.content.names import did_you_mean
from bot.content.yaml_source import Tree, YamlSource, read_yaml
from bot.errors import RequestError
from bot.policy.attributes import Attribute, Profile, Value

Attributes = Mapping[str, Attribute]
CASES = "tests/cases"


@dataclass(frozen=True, slots=True)
class Subject:
    """An enterprise on a day, with its facts as they are written, and where they stand."""

    name: str
    on: date
    facts: Mapping[str, object]

    def profile(self, attributes: Attributes) -> Profile:
        """What a content can read of the facts; what it has no attribute or value for is unknown to it."""
        return Profile(dict(self._values(attributes)))

    def _values(self, attributes: Attributes) -> Iterator[tuple[str, Value]]:
        for name, written in self.facts.items():
            if written is None or (attribute := attributes.get(name)) is None:
                continue
            try:
                yield name, value_as_written(attribute, written)
            except ValueError:
                continue


@dataclass(frozen=True, slots=True)
class Subjects:
    """All that are compared: of cases, of saved profiles, and how many cases could not be read."""

    cases: tuple[Subject, ...] = ()
    profiles: tuple[Subject, ...] = ()
    unreadable: int = 0


def subjects_of_cases(sources: Iterable[YamlSource]) -> tuple[tuple[Subject, ...], int]:
    """The facts of every case; what must come of them does not matter here. And how many could not be read."""
    found: list[Subject | None] = []
    unreadable = 0
    for source in sources:
        unreadable += bool(source.problems)
        for index, tree in enumerate(source.tree if isinstance(source.tree, list) else ()):
            if not isinstance(tree, dict) or "turns" not in tree:  # that would be a conversation
                found.append(_subject_of(tree, place_in(source, (index,))))
    return tuple(filter(None, found)), unreadable + found.count(None)


def _subject_of(tree: Tree, place: Place) -> Subject | None:
    """The facts of a case; None where it does not read well."""
    given = tree.get("given") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(given, dict | None):
        return None
    try:
        return Subject(f"{place}「{tree.get('name')}」", parse_day(tree.get("on")), given or {})
    except ValueError:
        return None


def case_files(named: Iterable[Path], folders: Iterable[Path]) -> tuple[YamlSource, ...]:
    """The files that were named, else those of the first folder that has cases."""
    if paths := tuple(named):
        return read_files(paths)
    for folder in folders:
        if found := sorted((folder / CASES).rglob("*.yaml")):
            return tuple(read_yaml(folder, path.relative_to(folder).as_posix()) for path in found)
    return ()


def read_profiles(path: Path, known: Attributes) -> tuple[Subject, ...]:
    """Profiles in the format of `match`, one JSON object a line, of a file or `-`; RequestError names bad lines."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"读不了 {path}：请看看文件名对不对、是不是 UTF-8 编码") from None
    lines, file = text.split("\n"), "标准输入" if str(path) == "-" else path.name
    subjects, problems = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                subjects.append(_profile(f"{file}:{number}", line, known))
            except RequestError as error:
                problems.append(f"{path}:{number}:1: {error}")
    if problems:
        raise RequestError("\n".join(problems))
    return tuple(subjects)


def _profile(name: str, line: str, known: Attributes) -> Subject:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        raise RequestError("这一行不是 JSON") from None
    if not isinstance(case, dict) or not isinstance(facts := case.get("profile"), dict):
        raise RequestError('应写成 {"as_of": "2026-07-15", "profile": {"region": "经开区"}}')
    for attribute in facts:
        if attribute not in known:
            hint = did_you_mean(attribute, known)
            raise RequestError(f"没有属性 {attribute}{f'；{hint}' if hint else ''}")
    return Subject(name, day_of(case), facts)
