"""What an operator is told of the content: which version is in use, and whether a newer one was refused."""

from dataclasses import dataclass
from datetime import datetime

from bot.content.problems import Problem


@dataclass(frozen=True, slots=True)
class Refused:
    """Content that stands in the folder and was not taken: its version, what is wrong with it, and since when."""

    version: str
    problems: tuple[Problem, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class ContentStatus:
    """The version in use and since when; `refused` is None when that is what stands in the folder."""

    version: str
    since: datetime
    refused: Refused | None = None
