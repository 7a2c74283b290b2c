"""Turns that go on while the platform waits for so long and no longer."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass

from bot.channels.base import Turns
from bot.messages import InboundMessage, Reply
from bot.sessions.base import Parcel
from bot.turns import Pack, TurnFailed

PAUSES = (0.1, 0.3, 0.9)
"""Before a turn that failed for the moment is tried again."""
AGAIN_SECONDS = 30.0
LONGEST = 3600.0
"""For so long the platform takes an answer at the message's `response_url`, and a person waits for one."""
MOST_OF_ONE = 3
"""More messages than these of one person are never in work at once: the platform's own limit."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a message: the reply, or the sentence that says why there is none.

    `is_first` tells that the message was not answered before; `is_temporary` that another try may do better.
    """

    reply: Reply
    is_done: bool = True
    is_first: bool = False
    is_temporary: bool = False


class Work:
    """The turns in work; one message is never in work twice."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._tasks: dict[tuple[str, str], asyncio.Task[Turn]] = {}
        self._busy: Counter[str] = Counter()
        self._group: asyncio.TaskGroup | None = None
        self._is_running = asyncio.Event()

    async def run(self, drain: float) -> None:
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
        """What comes of the message within the time; None when it takes longer. It goes on in either case."""
        await self._is_running.wait()
        task = self._task(message, pack)
        if task is None:
            return None
        done, _ = await asyncio.wait({task}, timeout=seconds)
        return task.result() if done else None

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

    def _task(self, message: InboundMessage, pack: Pack | None) -> "asyncio.Task[Turn] | None":
        name = (message.conversation, message.message_id)
        if name in self._tasks or self._group is None:
            return self._tasks.get(name)
        if self._busy[message.conversation] >= MOST_OF_ONE:
            return None
        self._busy[message.conversation] += 1
        task = self._tasks[name] = self._group.create_task(self._do(message, pack))
        task.add_done_callback(lambda _: self._end(name))
        return task

    def _end(self, name: tuple[str, str]) -> None:
        del self._tasks[name]
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
                    return Turn(error.reply, is_done=False, is_temporary=error.is_temporary)
                await asyncio.sleep(pause)
        raise AssertionError
