"""What is wrong with the content, each with its place, said so that staff can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import ContentError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where (file, line and column from 1, path in the file), what, and a hint how to mend it."""

    file: str
    line: int
    column: int
    path: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: "
        where = f"{self.path}: " if self.path else ""
        return place + where + self.what + (f"；{self.hint}" if self.hint else "")


class Weight(StrEnum):
    """What a finding does: a mistake refuses the content, a reminder fails a strict check, a notice only tells."""

    MISTAKE = ""
    REMINDER = "提醒"
    NOTICE = "提示"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What the check says of content that reads well."""

    problem: Problem
    weight: Weight

    def __str__(self) -> str:
        if self.weight is Weight.MISTAKE:
            return str(self.problem)
        file, line, column, rest = str(self.problem).split(":", 3)
        return f"{file}:{line}:{column}: {self.weight.value}：{rest.strip()}"


class ContentProblems(ContentError):
    """Raised with all the problems of the content at once, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
