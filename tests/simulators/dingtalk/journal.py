"""What happened at the platform: the calls, and what the bot did wrong."""

from collections import deque
from dataclasses import dataclass

from tests.simulators.dingtalk.clock import Clock

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

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.violations: list[str] = []
        self.calls: deque[Call] = deque(maxlen=KEPT)

    def blame(self, where: str, what: str) -> None:
        """Note that the bot did something wrong."""
        self.violations.append(f"{where}：{what}")

    def note(self, path: str, request: str, status: int, response: str) -> None:
        """Note a call, or a frame with its ACK."""
        self.calls.append(Call(self._clock.now(), path, request, status, response))

    def calls_of(self, path: str) -> list[Call]:
        """The calls of one path."""
        return [call for call in self.calls if call.path == path]
