"""The long connection kept open: by one replica only, opened again after a loss, never in a fight with another one."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import assert_never

import structlog

from bot.channels.platform_errors import Kind
from bot.channels.wecom.bot_lease import Lease
from bot.channels.wecom.bot_pace import Pace
from bot.channels.wecom.bot_socket import BotSocket, Frame, FrameRefused, SocketLost
from bot.channels.wecom.error_codes import kind_of
from bot.errors import SessionError
from bot.sessions.base import Board

REPLACED = "wecom_bot:replaced"
"""As long as this note stands, no replica opens a connection."""
REPLACED_TIMES = "wecom_bot:replaced_times"

Take = Callable[[Frame], None]
Alert = Callable[[str], None]
Opening = Callable[[], Awaitable[BotSocket]]
"""A new connection, not yet subscribed; raises SocketLost."""
Meanwhile = Callable[[], Coroutine[object, object, None]]

_log = structlog.get_logger(__name__)


class End(StrEnum):
    """Why a connection ended."""

    LOST = "lost"
    REFUSED = "refused"
    """For what an operator must put right: the bot's id, its secret, its mode."""
    BUSY = "busy"
    """The platform has been asked too often, or has no time."""
    REPLACED = "replaced"
    """By another one that the platform knows under the same bot."""
    NOT_OURS = "not_ours"
    """The lease is lost."""


class _Ended(Exception):
    """No error: it ends the tasks of one connection."""

    def __init__(self, end: End) -> None:
        super().__init__(end)
        self.end = end


@dataclass(frozen=True, slots=True)
class Account:
    """As which bot to connect."""

    bot_id: str
    secret: str


class BotConnection:
    """Keeps one connection as long as the lease is ours."""

    def __init__(self, opening: Opening, account: Account, board: Board, lease: Lease, pace: Pace) -> None:
        self._opening = opening
        self._account = account
        self._board = board
        self._lease = lease
        self._pace = pace
        self._pause = pace.first_pause
        self._socket: BotSocket | None = None

    @property
    def socket(self) -> BotSocket | None:
        """The connection that frames can be sent over now; None where there is none."""
        socket = self._socket
        return socket if socket is not None and socket.is_open and self._lease.is_held else None

    async def run(self, take: Take, alert: Alert, meanwhile: Meanwhile) -> None:
        """Connect, and connect again, until cancelled.

        `take` is told every frame and must not wait; `alert` what an operator must look at; `meanwhile` is what goes on
        as long as there is a connection, and ends a moment before it.
        """
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lease.run())
            while True:
                await self._lease.wait_held()
                if await self._leaves_alone():
                    await self._pace.sleep(self._pace.spread(self._pace.longest_pause))
                else:
                    end = await self._live(take, meanwhile)
                    _end_if_cancelled()
                    await self._rest(end, alert)

    async def _live(self, take: Take, meanwhile: Meanwhile) -> End:
        start = monotonic()
        try:
            socket = await self._opening()
        except SocketLost as error:
            _log.warning("wecom_bot_unreachable", why=error.why)
            return End.LOST
        try:
            return await self._serve(socket, take, meanwhile)
        finally:
            self._socket = None
            await socket.close()
            if monotonic() - start >= self._pace.steady:
                self._pause = self._pace.first_pause

    async def _serve(self, socket: BotSocket, take: Take, meanwhile: Meanwhile) -> End:
        end = End.LOST
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen(socket, take))
                group.create_task(self._watch())
                await socket.ask("aibot_subscribe", {"bot_id": self._account.bot_id, "secret": self._account.secret})
                self._socket = socket
                _log.info("wecom_bot_connected")
                await _beside(group.create_task(meanwhile()), socket.beat())
        except* SocketLost as lost:
            _log.warning("wecom_bot_lost", why=str(lost.exceptions[0]))
        except* FrameRefused as refused:
            first = next(one for one in refused.exceptions if isinstance(one, FrameRefused))
            _log.error("wecom_bot_refused", why=str(first))
            end = End.BUSY if kind_of(first.code) in {Kind.RATE, Kind.RETRY} else End.REFUSED
        except* _Ended as ended:
            end = next(one.end for one in ended.exceptions if isinstance(one, _Ended))
        return end

    @staticmethod
    async def _listen(socket: BotSocket, take: Take) -> None:
        async for frame in socket.listen():
            if frame.kind == "disconnected_event":
                raise _Ended(End.REPLACED)
            take(frame)
        raise SocketLost("closed")

    async def _watch(self) -> None:
        await self._lease.wait_lost()
        raise _Ended(End.NOT_OURS)

    async def _rest(self, end: End, alert: Alert) -> None:
        """Wait as long as is right after such an end."""
        match end:
            case End.LOST:
                if self._pause >= self._pace.longest_pause:
                    # it may be the way from here that is broken: another replica's may not
                    await self._lease.step_aside(self._pause)
                await self._pace.sleep(self._pace.spread(self._pause))
                self._pause = min(self._pause * 2, self._pace.longest_pause)
            case End.BUSY:
                await self._pace.sleep(self._pace.busy)
            case End.REFUSED:
                alert("wecom_bot_refused")
                await self._pace.sleep(self._pace.spread(self._pace.refused))
            case End.REPLACED:
                await self._give_way(alert)
            case End.NOT_OURS:
                _log.info("wecom_bot_stands_by")
            case _ as unreachable:
                assert_never(unreachable)

    async def _give_way(self, alert: Alert) -> None:
        """Leave the other connection alone: another replica's, or that of a program that knows nothing of the lease."""
        if not await self._lease.renew():
            _log.info("wecom_bot_stands_by")
            return
        alert("wecom_bot_replaced")
        pause = self._pace.replaced
        try:
            before = int(await self._board.read_note(REPLACED_TIMES) or b"0")
            pause = min(pause * 2**before, self._pace.longest_replaced)
            await self._board.write_note(REPLACED_TIMES, b"%d" % min(before + 1, 10), 2 * pause + self._pace.replaced)
            await self._board.write_note(REPLACED, b"1", pause)
        except SessionError:
            await self._pace.sleep(pause)
        _log.error("wecom_bot_replaced", again_after=pause)

    async def _leaves_alone(self) -> bool:
        try:
            return await self._board.read_note(REPLACED) is not None
        except SessionError:
            return True  # without the store nobody knows who else is connected


def _end_if_cancelled() -> None:
    """A group whose tasks fail just when it is cancelled tells of the failure only; the wish to end still holds."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _beside(task: asyncio.Task[None], main: Awaitable[None]) -> None:
    """Wait for the main thing; when it ends, the task ends before anything else does."""
    try:
        await main
    finally:
        task.cancel()
        await asyncio.wait({task})
