"""Answers of the AI bot that are not given whole at once: those in work, and the further pages of long ones."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

import structlog

from bot.channels.trees import EMPTY, Tree, dump_json, number_at, read_object
from bot.channels.wecom.bot_payloads import CHANNEL
from bot.channels.wecom.bot_records import Case, dump_case, read_case
from bot.channels.wecom.bot_replies import LARGEST_TEXT, Answer
from bot.channels.wecom.pages import Remainder, Remainders
from bot.errors import SessionError
from bot.sessions.base import Board

KEPT = 900.0
MOST_HERE = 1000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of the answer to an earlier message, whose pages have at most so many bytes, and what is left then."""

    case: Case
    page: int
    most: int
    rest: Remainder


class Streams:
    """What every replica must know of answers that are under way; every method may raise StoreUnavailable."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._rests = Remainders(board, CHANNEL)
        self._here: dict[str, Case] = {}

    def is_kept_here(self, stream: str) -> bool:
        """Whether this process told that the answer is still in work."""
        return stream in self._here

    async def keep(self, stream: str, case: Case) -> None:
        """Remember what the answer of this name is to; here even if the store can't be used."""
        while len(self._here) >= MOST_HERE:
            del self._here[next(iter(self._here))]
        self._here[stream] = case
        await self._board.write_note(f"wecom_bot:stream:{stream}", dump_json(dump_case(case)), KEPT)

    async def find(self, stream: str) -> Case | None:
        """What the answer of this name is to."""
        if stream in self._here:
            return self._here[stream]
        return read_case(read_object(await self._board.read_note(f"wecom_bot:stream:{stream}") or b"") or EMPTY)

    async def finish(self, stream: str) -> None:
        """Remember that the whole answer was given."""
        self._here.pop(stream, None)
        await self._board.write_note(f"wecom_bot:told:{stream}", b"1", KEPT)

    async def is_finished(self, stream: str) -> bool:
        """Whether the whole answer was given."""
        return await self._board.read_note(f"wecom_bot:told:{stream}") is not None

    async def forget(self, case: Case) -> None:
        """Remember nothing of what was said before in the conversation."""
        self._here = {name: kept for name, kept in self._here.items() if kept.place != case.place}
        await self._rests.drop(case.message.conversation)

    async def keep_unread(self, case: Case) -> None:
        """Remember that nothing of the answer was read yet."""
        await self._rests.keep(case.message.conversation, Remainder(_dump_rest(case, LARGEST_TEXT)))

    async def keep_rest(self, case: Case, answer: Answer, most: int = LARGEST_TEXT) -> None:
        """Remember that the answer goes on after its first page, or that nothing is left of an earlier one."""
        if answer.goes_on(0):
            rest = Remainder(_dump_rest(case, most), {case.message.message_id: 0})
            await self._rests.keep(case.message.conversation, rest)
        else:
            await self._rests.drop(case.message.conversation)

    async def find_page(self, case: Case) -> FoundPage | None:
        """The page that this message gets of the answer that goes on; None where none does."""
        rest = await self._rests.find(case.message.conversation)
        before = read_case(rest.of) if rest else None
        if rest is None or before is None:
            return None
        page = rest.page_for(case.message.message_id)
        return FoundPage(before, page, number_at(rest.of, "most"), rest.with_served(case.message.message_id, page))

    async def turn_page(self, found: FoundPage) -> None:
        """Remember that the page was given."""
        await self._rests.keep(found.case.message.conversation, found.rest)


async def tried(job: Awaitable[None], seconds: float) -> bool:
    """Whether the job was done within the time; that the store can't be used is logged, not raised."""
    try:
        async with asyncio.timeout(seconds):
            await job
    except (SessionError, TimeoutError) as error:
        _log.warning("wecom_bot_not_kept", error=type(error).__name__)
        return False
    return True


def _dump_rest(case: Case, most: int) -> Tree:
    return {**dump_case(case), "most": most}
