"""Turns that must be answered within seconds: a failing one is tried again meanwhile, a slow one goes on by itself."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass

import structlog

from bot.channels.base import Turns
from bot.messages import InboundMessage, Reply
from bot.sessions.base import Parcel
from bot.turns import UNAVAILABLE, Pack, TurnFailed

PAUSES = (0.1, 0.3, 0.9, 1.8)
"""Before a turn that failed for the moment is tried again: in all less than the platform waits."""
DRAIN_SECONDS = 5.0
AGAIN_SECONDS = 30.0
LONGEST = 3600.0
"""For so long the platform takes an answer at the message's `response_url`, and a person waits for one."""
MOST_UNDER_WAY = 1000
"""So many turns may wait for a store that hangs; who writes then is asked to write again."""

_Name = tuple[str, str]
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a message: the reply, or the sentence that says why there is none, with the failure.

    `is_first` tells that the message was not answered before.
    """

    reply: Reply
    failure: TurnFailed | None = None
    is_first: bool = False

    @property
    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self.failure is None

    @property
    def is_temporary(self) -> bool:
        """Whether another try may do better."""
        return self.failure is not None and self.failure.is_temporary


class PatientTurns:
    """Takes turns with an eye on the clock; one message is never in work twice.

    Of one person no more than `most_of_one` messages are in work at once; None: no matter how many.
    """

    def __init__(self, turns: Turns, most_of_one: int | None = None) -> None:
        self._turns = turns
        self._most_of_one = most_of_one
        self._tasks: dict[_Name, asyncio.Task[Turn]] = {}
        self._late: set[_Name] = set()
        self._busy: Counter[str] = Counter()
        self._group: asyncio.TaskGroup | None = None
        self._is_running = asyncio.Event()

    async def run(self, drain: float = DRAIN_SECONDS) -> None:
        """Let turns go on until cancelled; those in work then have so many seconds to end."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            self._is_running.set()
            try:
                await asyncio.Event().wait()
            finally:
                self._is_running.clear()
                self._group = None
                if self._tasks:
                    await asyncio.wait([*self._tasks.values()], timeout=drain)

    async def take(self, message: InboundMessage, pack: Pack | None, seconds: float) -> Turn | None:
        """What comes of the message within the time; None when it takes longer, and then it goes on.

        None as well where too much of one person is in work; then it has not begun.
        """
        await self._is_running.wait()
        name = (message.conversation, message.message_id)
        if name not in self._tasks and len(self._tasks) >= MOST_UNDER_WAY:
            failure = TurnFailed(UNAVAILABLE, is_temporary=True)
            return Turn(failure.reply, failure)
        task = self._tasks.get(name) or self._begin(name, message, pack)
        if task is None:
            return None
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done:
            return task.result()
        if name not in self._late:
            self._late.add(name)
            _log.warning("turn_slow", channel=message.channel)
        return None

    async def take_again(self, message: InboundMessage, pack: Pack | None, age: float) -> Turn | None:
        """What comes of a message that is so many seconds old; None while another try may do better."""
        turn = await self.take(message, pack, AGAIN_SECONDS)
        return None if turn is None or (turn.is_temporary and age < LONGEST) else turn

    def start(self, job: Coroutine[object, object, None]) -> None:
        """Do something beside, which raises nothing."""
        if self._group is None:
            job.close()
        else:
            self._group.create_task(job)

    def _begin(self, name: _Name, message: InboundMessage, pack: Pack | None) -> asyncio.Task[Turn] | None:
        is_busy = self._most_of_one is not None and self._busy[message.conversation] >= self._most_of_one
        if self._group is None or is_busy:
            return None
        self._busy[message.conversation] += 1
        task = self._tasks[name] = self._group.create_task(self._do(message, pack))
        task.add_done_callback(lambda done: self._end(name, done))
        return task

    def _end(self, name: _Name, task: asyncio.Task[Turn]) -> None:
        del self._tasks[name]
        if name in self._late and not task.cancelled() and not task.result().is_done:
            _log.error("turn_failed_late")
        self._late.discard(name)
        self._busy[name[0]] -= 1
        if not self._busy[name[0]]:
            del self._busy[name[0]]

    async def _do(self, message: InboundMessage, pack: Pack | None) -> Turn:
        packed: Reply | None = None

        def note(reply: Reply) -> tuple[Parcel, ...]:
            nonlocal packed
            packed = reply
            return pack(reply) if pack else ()

        for pause in (*PAUSES, None):
            try:
                reply = await self._turns.handle(message, note)
                return Turn(reply, is_first=reply is packed)  # that of an earlier delivery is not packed again
            except TurnFailed as error:
                if pause is None or not error.is_temporary:
                    return Turn(error.reply, error)
                await asyncio.sleep(pause)
        raise AssertionError
