"""What every part of the simulated WeCom shares: who is who, how long things take, and what was noticed."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.base import Clock

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The company, its app, its customer service account and its AI bot, with their secrets."""

    corp_id: str = "ww00000000000000ab"
    agent_id: int = 1000002
    token: str = "Tk9mCbot2026vector"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    secret: str = "app-secret-of-the-simulator"
    kf_secret: str = "kf-secret-of-the-simulator"
    open_kfid: str = "wk0000000001"
    bot_token: str = "BotTk2026simulator"
    bot_aes_key: str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
    bot_id: str = "AIBOT1"
    bot_secret: str = "bot-secret-of-the-simulator"
    bot_name: str = "政策小助手"


@dataclass(slots=True)
class Timing:
    """How long the platform waits, in real seconds, and how often it tries; tests make it short."""

    answer: float = 5.0
    verification: float = 1.0
    retries: int = 3
    retry_pause: float = 0.0
    poll: float = 0.05
    patience: float = 10.0
    acknowledge: float = 0.0
    fresh_retries: bool = True
    """A retry has a new timestamp, nonce and signature; False: the same again. Not documented, so play both."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API, as it came in."""

    path: str
    query: Mapping[str, str]
    raw: bytes
    body: Json
    at: float
    app: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One call and what was said to it."""

    call: Call
    answer: Json


class Refused(Exception):
    """Raised when the platform answers a call with an errcode; `is_wrong`: the bot should never have sent that."""

    def __init__(self, errcode: int, errmsg: str, *, is_wrong: bool = True) -> None:
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg
        self.is_wrong = is_wrong


@dataclass(slots=True)
class Platform:
    """The state that all doors share."""

    accounts: Accounts = field(default_factory=Accounts)
    timing: Timing = field(default_factory=Timing)
    clock: Clock = field(default_factory=Clock)
    bot_url: str = ""
    url: str = ""
    has_callback: bool = True
    is_trusted_ip: bool = True
    has_encrypted_ids: bool = False
    violations: list[str] = field(default_factory=list)
    calls: list[Answered] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def violated(self, sentence: str) -> None:
        """Note what the bot did wrongly."""
        self.violations.append(sentence)
        self.note(f"违规：{sentence}")

    def note(self, line: str) -> None:
        """Keep a line for the developer's page."""
        self.log.append(f"{time.strftime('%H:%M:%S', time.localtime(self.clock.now()))} {line}")

    def number(self) -> int:
        """One that was not given before."""
        return next(self._numbers)

    def seconds(self) -> int:
        """The time as callbacks say it."""
        return int(self.clock.now())


class OneUse:
    """Codes that work once; whoever did not hear the answer, and asks again the same, did nothing wrong."""

    def __init__(self) -> None:
        self._used: dict[str, Json] = {}

    def use(self, code: str, body: Json, refused: Refused) -> None:
        """Note the use of a code; the second raises what it is refused with."""
        if code in self._used:
            raise Refused(refused.errcode, refused.errmsg, is_wrong=self._used[code] != body)
        self._used[code] = body


class Window:
    """How many things one key did within the last so many seconds."""

    def __init__(self, clock: Clock, limits: Mapping[int, int]) -> None:
        self._clock = clock
        self._limits = limits
        self._times: dict[str, list[float]] = {}

    def admits(self, key: str) -> bool:
        """Whether one more is within every limit; if so it is counted."""
        now = self._clock.now()
        times = [at for at in self._times.get(key, []) if at > now - max(self._limits)]
        is_free = all(sum(at > now - span for at in times) < most for span, most in self._limits.items())
        self._times[key] = [*times, now] if is_free else times
        return is_free
