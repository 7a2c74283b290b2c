"""The guides for staff as something to play: their edits, their commands and what comes out, in the order they stand.

A block says in its first line what it is for: `新建 FILE`; `找到 FILE`, words that stand there once; `改成 FILE`,
put in their place; `加在下面 FILE`, below them; `加在末尾 FILE`; or `sh`, what to run, and `text` after it: lines
of what comes out, in that order, with … for whatever stands there. Lines with › are typed in.
"""

import re
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.changes.repositories import WHO
from tests.commands import Done, run

TYPED = "› "
_BLOCK = re.compile(r"^```(\w+)(?: (\S+) (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a guide: its language, what is to be done with it, in which file, and its text."""

    language: str
    deed: str
    file: str
    text: str


def blocks_of(guide: Path) -> tuple[Block, ...]:
    """The fenced blocks of a guide."""
    return tuple(Block(*found) for found in _BLOCK.findall(guide.read_text(encoding="utf-8")))


@dataclass(slots=True)
class Player:
    """Does what a guide says, in a folder; `commands` are those that were run."""

    folder: Path
    found: str = ""
    commands: list[str] = field(default_factory=list)

    def play(self, blocks: tuple[Block, ...]) -> None:
        """All blocks in order; an edit that fits nowhere or an answer that does not come fails the test."""
        for block, after in zip(blocks, (*blocks[1:], None), strict=True):
            shown = after.text.splitlines() if after is not None and after.language == "text" else []
            if block.language == "sh":
                self._run_all(block.text.splitlines(), shown)
            elif block.deed:
                self.edit(block)

    def edit(self, block: Block) -> None:
        """The edit of one block."""
        path = self.folder / block.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        match block.deed:
            case "找到":
                self.found = block.text if block.text in text else block.text.rstrip("\n")
                assert text.count(self.found) == 1, f"{block.file} has {text.count(self.found)} of: {self.found}"
            case "改成":
                path.write_text(text.replace(self.found.rstrip("\n"), block.text.rstrip("\n")), encoding="utf-8")
                self.found = block.text
            case "加在下面":
                path.write_text(text.replace(self.found, self.found + block.text), encoding="utf-8")
            case "加在末尾":
                path.write_text(text + block.text, encoding="utf-8")
            case "新建":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            case _:
                raise AssertionError(f"no such deed: {block.deed}")

    def _run_all(self, commands: list[str], shown: list[str]) -> None:
        for number, command in enumerate(commands, 1):
            last = shown if number == len(commands) else []
            typed = [line.removeprefix(TYPED) for line in last if line.startswith(TYPED)]
            done = self._run(command, "".join(f"{line}\n" for line in typed))
            self.commands.append(command)
            assert missing_from(done.out + done.err, last) is None, f"{command}\n{done.out}{done.err}"

    def _run(self, command: str, typed: str) -> Done:
        program, *words = shlex.split(command)
        if program == "policybot":
            return run(*words, text=typed)
        done = subprocess.run(
            [program, *WHO, *words] if program == "git" else [program, *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def missing_from(output: str, wanted: list[str]) -> str | None:
    """The first wanted line that the output does not have after the one before it; None when all are there."""
    lines = iter(output.splitlines())
    for line in wanted:
        pattern = ".*".join(re.escape(part) for part in line.strip().split("…"))
        if line.strip("… ") and not any(re.search(pattern, said) for said in lines):
            return line
    return None


def source_text(clauses: Path) -> str:
    """A text by article that holds all that the clauses of a file quote: it stands for the document in the tests."""
    articles: dict[str, list[str]] = {}
    for clause in re.split(r"^  - article: ", clauses.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        article, _, rest = clause.partition("\n")
        articles.setdefault(article, []).append(rest)
    return "".join(f"## {article}\n{''.join(texts)}\n" for article, texts in articles.items())
