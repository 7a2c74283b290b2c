"""The two sides of a comparison: a content folder as it is, or a revision of a git repository, unpacked aside."""

import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from bot.content.loading import PARTS
from bot.errors import RequestError

SAVED = (*PARTS, "tests/cases")
"""What is read of a revision: the content, and the cases that belong to it."""
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the name under which it was given, where it is from, and the folder where its content can be read."""

    name: str
    origin: str
    folder: Path


def is_content(folder: Path) -> bool:
    """Whether a folder holds content."""
    return all((folder / part).is_dir() for part in PARTS)


def base_folder(old: str, new: str, content: Path) -> Path:
    """The folder in whose repository a revision is looked up: the other side, else here, else the content in use."""
    named = [Path(text) for text in (new, old) if is_content(Path(text))]
    return next(folder for folder in (*named, Path(), content) if is_content(folder) or folder == content)


def open_side(text: str, base: Path, aside: Path) -> Side:
    """The content folder of that name, or the revision of that name unpacked into a folder aside."""
    folder = Path(text)
    if is_content(folder):
        return Side(text, f"文件夹 {folder.resolve()}", folder)
    commit = _commit(text, base)
    _unpack(commit, base, aside)
    if not is_content(aside):
        missing = [part for part in PARTS if not (aside / part).is_dir()]
        raise RequestError(f"版本 {text} 里没有 {'、'.join(missing)}，那时还不是完整的内容")
    return Side(text, f"git 版本 {commit[:10]}，在 {base.resolve()}", aside)


def _commit(text: str, base: Path) -> str:
    """The commit of a name; RequestError says what is wrong: no git, no repository, or no such revision."""
    missing = [part for part in PARTS if not (Path(text) / part).is_dir()]
    what = f"文件夹 {text} 里没有 {'、'.join(missing)}" if Path(text).is_dir() else f"没有 {text} 这个文件夹"
    asked = _git(("rev-parse", "--is-inside-work-tree"), base)
    if b"safe.directory" in asked.stderr:
        raise RequestError(
            f"git 不读{_shown(base)}里的版本，因为它属于另一个用户；用那个用户运行，或设置 git 的 safe.directory"
        )
    if asked.stdout.strip() != b"true":
        raise RequestError(f"{what}；也不能当作 git 版本，因为{_shown(base)}不在 git 仓库里")
    found = _git(("rev-parse", "--verify", "--quiet", f"{text}^{{commit}}"), base) if not text.startswith("-") else None
    if found is None or found.returncode:
        raise RequestError(f"{what}；git 仓库里也没有 {text} 这个版本，用 git log --oneline 看看有哪些")
    return found.stdout.decode().strip()


def _unpack(commit: str, base: Path, aside: Path) -> None:
    """The saved folders of a commit as files; the checkout is not touched."""
    listed = _git(("ls-tree", "--name-only", "-d", "-z", commit, "--", *SAVED), base).stdout.decode().split("\0")
    names = [name for name in listed if name]
    if not names:
        return
    archive = _git(("archive", "--format=tar", commit, "--", *names), base)
    if archive.returncode:
        raise RequestError(f"git 读不出这个版本：{archive.stderr.decode('utf-8', 'replace').strip()}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content is not None:
                _write(aside, member.name, content.read())


def _write(folder: Path, name: str, raw: bytes) -> None:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:  # git itself keeps no such name
        raise RequestError(f"这个版本里有不能用的文件名：{name}")
    path = folder / parts
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _git(words: Sequence[str], base: Path) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise RequestError("这台机器上没有 git，只能比较两个内容文件夹")
    command = [program, "-C", str(base), *words]
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        raise RequestError("git 太久没有回答，请再试一次") from None


def _shown(folder: Path) -> str:
    return "当前文件夹" if folder == Path() else f" {folder} "
