"""Sends what waits: in order for each lane, again after a failure, and never twice what was settled."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol, assert_never

import structlog

from bot.observing import Sending
from bot.sessions.base import Outbox, Parcel, StoredParcel, StoreUnavailable

AT_ONCE = 64
CLAIM_SECONDS = 60.0
SEND_SECONDS = 45.0
POLL_SECONDS = 1.0
LONGEST_WAIT = 60.0
LONGEST_AGE = 6 * 3600.0
FINISH_SECONDS = 5.0
SETTLE_ATTEMPTS = 5

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Not now: it is tried again after so many seconds, or after those of the back-off."""

    why: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: trying again would change nothing."""

    why: str


Outcome = Sent | PutOff | Refused


class Sender(Protocol):
    """Makes the calls of one door."""

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Make the call, the attempts counted from 0; it raises nothing, a network that fails is PutOff."""


class SendingFigures(Protocol):
    """What is counted of the sending."""

    def count_sending(self, sending: Sending) -> None:
        """One more attempt has ended."""

    def count_store_error(self, part: str) -> None:
        """The store could not be used by this part of the program."""


class Dispatcher:
    """Lets the senders of this process work off the outbox, beside those of other processes."""

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[str, Sender],
        figures: SendingFigures,
        clock: Callable[[], float],
        *,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._outbox = outbox
        self._senders = senders
        self._figures = figures
        self._clock = clock
        self._poll = poll
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send what is due until cancelled; what is under way by then has some seconds to end."""
        if not self._senders:
            return
        try:
            while True:
                await self._take_up()
        finally:
            await self._finish()

    async def _take_up(self) -> None:
        """Start what is due; return when there may be more to do."""
        free = AT_ONCE - len(self._under_way)
        claimed = await self._claim(free) if free else ()
        for stored in claimed:
            task = asyncio.create_task(self._deliver(stored), name="delivery")
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        if not claimed:
            await self._outbox.wait(self._poll)

    async def _claim(self, limit: int) -> tuple[StoredParcel, ...]:
        try:
            return await self._outbox.claim(self._senders.keys(), limit, CLAIM_SECONDS)
        except StoreUnavailable as error:
            self._figures.count_store_error("outbox")
            _log.error("outbox_unavailable", what=str(error))
            await asyncio.sleep(self._poll)
            return ()

    async def _deliver(self, stored: StoredParcel) -> None:
        start = perf_counter()
        outcome = await self._send(stored)
        seconds = perf_counter() - start
        for attempt in range(SETTLE_ATTEMPTS):
            try:
                await self._settle(stored, outcome)
            except StoreUnavailable:  # the claim ends by itself, and the platform knows the parcel again
                await asyncio.sleep(self._poll * attempt)
            else:
                parcel, kind = stored.parcel, type(outcome).__name__
                self._figures.count_sending(Sending(parcel.id, parcel.door, kind, stored.attempts, seconds))
                return
        _log.error("outbox_unsettled", door=stored.parcel.door)

    async def _send(self, stored: StoredParcel) -> Outcome:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._senders[stored.parcel.door].send(stored.parcel, stored.attempts)
        except TimeoutError:
            return PutOff("no answer in time")
        except Exception as error:  # noqa: BLE001 - a mistake in one sender must not stop the others
            return Refused(type(error).__name__)

    async def _settle(self, stored: StoredParcel, outcome: Outcome) -> None:
        door, parcel_id = stored.parcel.door, stored.parcel.id
        match outcome:
            case Sent():
                await self._outbox.done(parcel_id)
            case PutOff(why=why) if self._clock() - stored.at > LONGEST_AGE:
                _log.error("outbox_gave_up", door=door, why=why, attempts=stored.attempts + 1)
                await self._outbox.bury(parcel_id, why)
            case PutOff(why=why, seconds=seconds):
                wait = back_off(stored.attempts) if seconds is None else seconds
                _log.warning("outbox_put_off", door=door, why=why, attempts=stored.attempts + 1, seconds=round(wait, 1))
                await self._outbox.put_off(parcel_id, wait, why)
            case Refused(why=why):
                _log.error("outbox_refused", door=door, why=why)
                await self._outbox.bury(parcel_id, why)
            case _ as unreachable:
                assert_never(unreachable)

    async def _finish(self) -> None:
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def back_off(attempts: int) -> float:
    """Seconds until the next attempt: doubled each time up to a minute, and spread, so that not all come at once."""
    longest = min(LONGEST_WAIT, 2.0 ** min(attempts, 16))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
