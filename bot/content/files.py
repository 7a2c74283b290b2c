"""The files of the content folder: which they are, what state they are in, and the version that they make up."""

import hashlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

PARTS = ("dialogs", "knowledge", "templates")

MAX_BYTES = 5_000_000
"""No file of the content is larger; of one that is, no more is read than shows it."""

FileState = tuple[str, int, int, int, int]
"""Name, times of change of the bytes and of the entry, inode, and a checksum: times may be as coarse as two seconds."""
Survey = tuple[FileState, ...]


def content_files(folder: Path) -> Iterator[Path]:
    """Every file of the content, through links to folders too; hidden files and those that editors leave aside."""
    for part in PARTS:
        met: set[str] = set()
        for place, below, names in os.walk(folder / part, followlinks=True):
            real = os.path.realpath(place)
            below[:] = [] if real in met else sorted(name for name in below if not is_aside(name))
            met.add(real)
            yield from (Path(place, name) for name in sorted(names) if not is_aside(name))


def is_aside(name: str) -> bool:
    """Whether a file is hidden, or the copy or the mark that an editor or a file server puts beside the one edited."""
    return name.startswith((".", "~$", "#")) or name.endswith(("~", ".swp"))


def survey_files(folder: Path) -> Survey:
    """The state of every file: equal surveys, equal files. A file that is just vanishing is left out."""
    return tuple(state for path in content_files(folder) if (state := _state_of(folder, path)) is not None)


def version_of(folder: Path) -> str:
    """Twelve hex digits that change whenever a file of the content does, and are the same for the same files."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in content_files(folder)):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + _raw(path) + b"\0")
    return digest.hexdigest()[:12]


def read_start(path: Path) -> bytes:
    """The bytes of a file, of a larger one just enough to show that; OSError for a pipe, which would never end."""
    if not path.is_file():
        raise OSError(f"{path} is no regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _state_of(folder: Path, path: Path) -> FileState | None:
    try:
        found = path.stat()
    except OSError:
        return None
    name = path.relative_to(folder).as_posix()
    return name, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, zlib.crc32(_raw(path))


def _raw(path: Path) -> bytes:
    """The bytes of a file; of one that can't be read something that no content file holds, for loading tells of it."""
    try:
        return read_start(path)
    except OSError:
        return b"\0unreadable"
