"""Who may speak now: so many messages of one conversation, so many in all, and so many in work at once.

The figures are of this process, in memory: a shared budget would be one more write for each message, and what is to be
kept from harm here is this process. With several replicas a limit counts for each of them.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from bot.channels.base import Turns
from bot.messages import InboundMessage, Reply
from bot.sessions.base import SessionKey
from bot.turns import Overloaded, Pack, SentTooFast

MINUTE = 60.0
BURST = 2
"""So many times a minute's messages may come at once, by who was quiet before."""
MOST_REMEMBERED = 100_000
"""Of so many conversations it is remembered how fast they speak, about 50 MB; then the longest silent is forgotten."""
RECENT = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let in; 0 for no limit."""

    per_minute: int = 30
    """Messages of one conversation in the long run."""
    per_second: int = 500
    """Messages of all conversations."""
    at_once: int = 2_000
    """Messages in work."""


class Refusals(Protocol):
    """What is counted of those that were not let in."""

    def count_error(self, kind: str) -> None:
        """One more of the kind."""


@dataclass(slots=True)
class _Bucket:
    """How much is left of an allowance that fills up again with time, and the last that was let in."""

    left: float
    at: float
    let_in: tuple[str, ...] = ()
    told: str = ""
    """The message that was answered with the sentence; those after it are passed over until it is quiet again."""

    def fill(self, now: float, most: float, rate: float) -> None:
        self.left = min(most, self.left + max(0.0, now - self.at) * rate)
        self.at = now

    def take(self) -> bool:
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Admission:
    """Counts what comes in through all doors of this process."""

    def __init__(self, limits: Limits, refusals: Refusals, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._refusals = refusals
        self._clock = clock
        self._all = _Bucket(float(limits.per_second), clock())
        self._buckets: OrderedDict[SessionKey, _Bucket] = OrderedDict()
        self._in_work = 0

    @property
    def remembered(self) -> int:
        """Of how many conversations it is remembered how fast they speak."""
        return len(self._buckets)

    def begin(self, message: InboundMessage) -> bool:
        """Let the message in; False when it is to be passed over in silence. Raises SentTooFast and Overloaded.

        What was let in is to be ended. A repeated delivery of a message that was let in counts nothing.
        """
        key, now = SessionKey(message.channel, message.conversation), self._clock()
        bucket = self._bucket_of(key, now)
        if message.message_id not in bucket.let_in and not self._spend(bucket, message.message_id):
            return False
        self._require_room(message.message_id, bucket, now)
        bucket.let_in = (*bucket.let_in[1 - RECENT :], message.message_id)
        self._in_work += 1
        return True

    def end(self) -> None:
        """One that was let in is answered."""
        self._in_work -= 1

    def _spend(self, bucket: _Bucket, message_id: str) -> bool:
        if not self._limits.per_minute or bucket.take():
            bucket.told = ""
            return True
        self._refusals.count_error("sent_too_fast")
        if bucket.told in {"", message_id}:
            bucket.told = message_id
            raise SentTooFast
        return False

    def _require_room(self, message_id: str, bucket: _Bucket, now: float) -> None:
        limits = self._limits
        self._all.fill(now, float(limits.per_second), float(limits.per_second))
        is_full = bool(limits.at_once) and self._in_work >= limits.at_once
        is_repeated = message_id in bucket.let_in
        if is_full or (limits.per_second and not is_repeated and not self._all.take()):
            self._refusals.count_error("overloaded")
            raise Overloaded

    def _bucket_of(self, key: SessionKey, now: float) -> _Bucket:
        rate = self._limits.per_minute / MINUTE
        most = float(BURST * self._limits.per_minute)
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        self._buckets.move_to_end(key)
        bucket.fill(now, most, rate)
        self._forget(now)
        return bucket

    def _forget(self, now: float) -> None:
        """Who was quiet for so long that the allowance is whole again need not be remembered."""
        for key in list(islice(self._buckets, 2)):
            if now - self._buckets[key].at > BURST * MINUTE or len(self._buckets) > MOST_REMEMBERED:
                del self._buckets[key]


class AdmittedTurns:
    """Turns of those messages that are let in."""

    def __init__(self, turns: Turns, admission: Admission) -> None:
        self._turns = turns
        self._admission = admission

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The reply; raises nothing but TurnFailed.

        Who goes on sending too fast reads the sentence once where each message sent is a call to the platform.
        """
        if not self._admission.begin(message):
            if pack is None:
                raise SentTooFast
            return Reply(())
        try:
            return await self._turns.handle(message, pack)
        finally:
            self._admission.end()
