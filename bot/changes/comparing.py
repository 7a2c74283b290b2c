"""Two contents laid side by side: what is added, removed and altered, field by field, and other files that differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.changes.entries import Entry, Part, entries_of
from bot.content.files import content_files
from bot.dialog.flows import Guide

TOLD = ("knowledge/", "dialogs/flow.yaml", "dialogs/questions.yaml")
"""Files whose content is told entry by entry; of the others it is told that they differ."""
UNTOLD = ("knowledge/places.yaml",)


class Edit(StrEnum):
    """What became of an entry or a file."""

    ADDED = "added"
    REMOVED = "removed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry: its lines that are gone, and those that have come."""

    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that is not as it was; `fields` tell of an altered one what is different."""

    edit: Edit
    part: Part
    id: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs and is not told entry by entry."""

    edit: Edit
    file: str


def compare_contents(old: Guide, new: Guide) -> tuple[Change, ...]:
    """Every entry that is added, removed or altered, by part in the order of the new content."""
    before, after = entries_of(old), entries_of(new)
    order = list(Part)
    changes = (*_of_new(before, after), *_removed(before, after))
    return tuple(sorted(changes, key=lambda change: order.index(change.part)))


def _of_new(before: Mapping[tuple[Part, str], Entry], after: Mapping[tuple[Part, str], Entry]) -> Iterator[Change]:
    for key, entry in after.items():
        if key not in before:
            yield Change(Edit.ADDED, entry.part, entry.id, entry.name)
        elif fields := _altered(before[key], entry):
            yield Change(Edit.ALTERED, entry.part, entry.id, entry.name, fields)


def _removed(before: Mapping[tuple[Part, str], Entry], after: Mapping[tuple[Part, str], Entry]) -> Iterator[Change]:
    for key, entry in before.items():
        if key not in after:
            yield Change(Edit.REMOVED, entry.part, entry.id, entry.name)


def _altered(old: Entry, new: Entry) -> tuple[FieldChange, ...]:
    names = [*new.fields, *(name for name in old.fields if name not in new.fields)]
    pairs = ((name, old.fields.get(name, ()), new.fields.get(name, ())) for name in names)
    return tuple(FieldChange(name, *_without_common(was, now)) for name, was, now in pairs if was != now)


def _without_common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that are on one side only; all of them when only their order differs."""
    gone, come = tuple(line for line in old if line not in new), tuple(line for line in new if line not in old)
    return (gone, come) if gone or come else (old, new)


def compare_files(old: Path, new: Path) -> tuple[FileChange, ...]:
    """The files that differ, beside those whose content is told entry by entry."""
    before, after = _files(old), _files(new)
    found = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after or name not in before:
            found.append(FileChange(Edit.REMOVED if name in before else Edit.ADDED, name))
        elif before[name] != after[name]:
            found.append(FileChange(Edit.ALTERED, name))
    return tuple(change for change in found if not _is_told(change.file))


def _is_told(name: str) -> bool:
    return name.startswith(TOLD) and name not in UNTOLD


def _files(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in content_files(folder)}
