"""Where the cases and conversations stand: the files of folders, each as a YAML tree with its places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.problems import Problem
from bot.content.yaml_source import TreePath, YamlSource, read_yaml
from bot.errors import RequestError

FOLDERS = ("tests/cases", "tests/conversations")
NO_TESTS = "找不到用例：内容文件夹和当前文件夹里都没有 tests/cases 和 tests/conversations；请写上用例文件或文件夹"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: file, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def problem(self, path: str, what: str, hint: str = "") -> Problem:
        """What is wrong at this place."""
        return Problem(self.file, self.line, self.column, path, what, hint)


def place_in(source: YamlSource, path: TreePath) -> Place:
    """The place of a path in a file."""
    return Place(source.file, *source.place(path))


def default_folders(content: Path) -> tuple[Path, ...]:
    """The folders of tests of the content, else those of the current folder; RequestError when there are none."""
    for base in (content, Path()):
        found = tuple(base / name for name in FOLDERS if (base / name).is_dir())
        if found:
            return found
    raise RequestError(NO_TESTS)


def read_files(paths: Iterable[Path]) -> tuple[YamlSource, ...]:
    """Every file of the paths, folders with all below them; what is wrong with a file stands in its problems."""
    return tuple(_read(name) for name in dict.fromkeys(name for path in paths for name in _names(path)))


def _names(path: Path) -> Iterator[Path]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        yield from (file for file in files if not _is_aside(file.relative_to(path)))
    elif path.exists():
        yield path
    else:
        raise RequestError(f"找不到 {path}：请写用例的文件或文件夹")


def _is_aside(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.upper().startswith("README")


def _read(path: Path) -> YamlSource:
    name = _shown(path)
    if path.suffix == ".yaml":
        return read_yaml(Path(), name)
    source = YamlSource(name)
    source.report((), "没有用到的文件", "用例和对话的文件名要以 .yaml 结尾")
    return source


def _shown(path: Path) -> str:
    """The path as people know it: from the current folder where it lies below it."""
    whole, here = path.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()
