"""What happened at the platform: the calls, and what the bot did wrong."""

from collections import deque
from dataclasses import dataclass

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request with its answer, or one frame."""

    at: int
    path: str
    request: str
    status: int
    response: str


class Journal:
    """The calls in order, the oldest dropped, and every violation."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.calls: deque[Call] = deque(maxlen=KEPT)

    def blame(self, where: str, what: str) -> None:
        """Note that the bot did something wrong."""
        self.violations.append(f"{where}：{what}")

    def calls_of(self, path: str) -> list[Call]:
        """The calls of one path."""
        return [call for call in self.calls if call.path == path]
