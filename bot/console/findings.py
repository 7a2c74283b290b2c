"""What the check found, as the pages have it, looked for once for each state of the files."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.console.views import FindingLine
from bot.content.files import version_of
from bot.content.linting import review
from bot.content.pauses import small_pauses
from bot.content.problems import Finding, Weight

Findings = tuple[Finding, ...]
_WEIGHTS = {Weight.MISTAKE: "要改", Weight.REMINDER: "请看一看", Weight.NOTICE: "知道就好"}


@dataclass(frozen=True, slots=True)
class _State:
    version: str
    day: date


class Checker:
    """Checks a content folder as `policybot check` does, one check at a time, in a thread beside the turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._checking = asyncio.Lock()
        self._last: tuple[_State, Findings] | None = None

    async def check(self, day: date) -> Findings:
        """All there is to say of what the folder holds now."""
        async with self._checking:
            state = _State(await asyncio.to_thread(version_of, self._folder), day)
            if self._last is None or self._last[0] != state:
                with small_pauses():
                    found = await asyncio.to_thread(review, self._folder, day)
                self._last = state, found.findings  # without the bundle, which would be kept twice
            return self._last[1]


def finding_line(finding: Finding) -> FindingLine:
    """A finding in the words of the page."""
    problem = finding.problem
    place = f"{problem.file} 第 {problem.line} 行" + (f"，{problem.path}" if problem.path else "")
    return FindingLine(place, _WEIGHTS[finding.weight], problem.what, problem.hint)
