"""One call to the platform, whatever comes back: a refusal, a page instead of JSON, or nothing at all."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.answers import read_answer
from bot.channels.trees import EMPTY, Tree, number_at, string_at

CALL_SECONDS = 10.0
MOST_CALLS = 8_000
SPAN_SECONDS = 20.0
"""After 10,000 calls in so many seconds an address is shut out (D:0012); the rest is left for others and late calls."""
BAN_SECONDS = 300.0
"""How long it is shut out."""
FIRST_PAUSE = 15.0
"""After a page instead of an answer, which need not be a ban; doubled with each one that follows."""
LONGEST_ANSWER = 256 * 1024
TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 - the name of the header


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` 0 and `why` where the network failed, an empty `body` where it was no JSON object.

    `pause` is how many seconds no call is to be made any more.
    """

    status: int
    body: Tree = field(default_factory=lambda: EMPTY)
    why: str = ""
    pause: float = 0.0

    @property
    def is_json(self) -> bool:
        """Whether it can be read."""
        return self.body is not EMPTY

    @property
    def code(self) -> str:
        """What the platform calls the error; empty where there is none."""
        named = string_at(self.body, "errcode") or string_at(self.body, "code")
        return "" if named in {"0", "200"} else named

    @property
    def is_ban(self) -> bool:
        """Whether the address of this machine is banned for some minutes: a page, or a bare status (D:0012)."""
        if not self.status or self.status >= 500:
            return False
        return not self.is_json or number_at(self.body, "status") == 1111

    @property
    def is_fine(self) -> bool:
        """Whether the call was taken."""
        return 200 <= self.status < 300 and self.is_json and not self.code and not self.is_ban


Note = Callable[[str, Answer], None]
"""Is told the address of each call and what came back."""


def _ignore(url: str, answer: Answer) -> None:
    del url, answer


class Caller:
    """Makes the calls, each with a time-out, following no redirection; it raises nothing for what goes wrong.

    While this machine is shut out it makes none: calling on would only make it longer. In a burst each call waits until
    it may be made.
    """

    def __init__(
        self,
        client: ClientSession,
        seconds: float = CALL_SECONDS,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        note: Note = _ignore,
    ) -> None:
        self._client = client
        self._timeout = ClientTimeout(total=seconds)
        self._clock = clock
        self._note = note
        self._sleep = sleep
        self._made: deque[float] = deque(maxlen=MOST_CALLS)
        self._shut_until = 0.0
        self._pages = 0

    async def call(
        self, method: str, url: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """What comes back for a JSON body."""
        await self._wait_for_room()
        if self._clock() < self._shut_until:
            return Answer(0, why="banned")
        self._made.append(self._clock())
        answer = await self._call(method, url, body, headers)
        self._note(url, answer)
        if not answer.is_ban:
            self._pages = self._pages if not answer.is_json else 0
            return answer
        pause = BAN_SECONDS if answer.is_json else min(BAN_SECONDS, FIRST_PAUSE * 2.0**self._pages)
        self._shut_until, self._pages = self._clock() + pause, min(self._pages + 1, 8)
        return replace(answer, pause=pause)

    async def _wait_for_room(self) -> None:
        # a longer wait than the span is no wait: the clock was put back
        while (
            len(self._made) == MOST_CALLS and 0 < (wait := self._made[0] + SPAN_SECONDS - self._clock()) <= SPAN_SECONDS
        ):
            await self._sleep(wait)

    async def _call(
        self, method: str, url: str, body: Mapping[str, object], headers: Mapping[str, str] | None
    ) -> Answer:
        wanted = {"Accept": "application/json", **(headers or {})}
        try:
            async with self._client.request(
                method, url, json=body, headers=wanted, timeout=self._timeout, allow_redirects=False
            ) as response:
                return Answer(response.status, await read_answer(response, LONGEST_ANSWER))
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            return Answer(0, why=type(error).__name__)
