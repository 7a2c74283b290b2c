"""Answers of the AI bot that are not given whole at once: those in work, and the further pages of long ones."""

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.channels.trees import EMPTY, dump_json, read_object
from bot.channels.wecom.bot_records import Case, dump_case, read_case
from bot.channels.wecom.bot_replies import LARGEST_TEXT
from bot.errors import SessionError
from bot.sessions.base import Board

KEPT = 900.0
PAGES_KEPT = timedelta(minutes=30)
MOST_HERE = 1000

_log = structlog.get_logger(__name__)
_GO_ON = re.compile(r"\s*继续[看吧呗读]?[。.!！~～]*\s*")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of the answer to an earlier message, whose pages have at most so many bytes."""

    case: Case
    page: int
    most: int


class Streams:
    """What every replica must know of answers that are under way; every method may raise StoreUnavailable."""

    def __init__(self, board: Board) -> None:
        self._board = board
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
        return _case_in(await self._board.read_note(f"wecom_bot:stream:{stream}"))

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
        await self._board.write_note(_pages_of(case), b"", 1.0)

    async def keep_pages(self, case: Case, page: int, reader: str = "", most: int = LARGEST_TEXT) -> None:
        """Remember that the answer to the case has been given up to this page, the last one to the message `reader`."""
        kept = {"case": dump_case(case), "page": page, "reader": reader, "most": most}
        await self._board.write_note(_pages_of(case), dump_json(kept), PAGES_KEPT.total_seconds())

    async def find_page(self, case: Case) -> FoundPage | None:
        """The page that this message gets of the answer that goes on; None where none does."""
        kept = read_object(await self._board.read_note(_pages_of(case)) or b"") or EMPTY
        before, page, most = _case(kept.get("case")), kept.get("page"), kept.get("most")
        if before is None or not isinstance(page, int) or not isinstance(most, int):
            return None
        return FoundPage(before, page if kept.get("reader") == case.message.message_id else page + 1, most)


async def tried(job: Awaitable[None], seconds: float) -> bool:
    """Whether the job was done within the time; that the store can't be used is logged, not raised."""
    try:
        async with asyncio.timeout(seconds):
            await job
    except (SessionError, TimeoutError) as error:
        _log.warning("wecom_bot_not_kept", error=type(error).__name__)
        return False
    return True


def _pages_of(case: Case) -> str:
    return f"wecom_bot:pages:{case.message.conversation}"


def _case_in(note: bytes | None) -> Case | None:
    return None if note is None else _case(read_object(note))


def _case(kept: object) -> Case | None:
    try:
        return read_case(kept) if isinstance(kept, dict) else None
    except (KeyError, ValueError):
        return None


def is_go_on(text: str) -> bool:
    """Whether the text only asks for the next page."""
    return _GO_ON.fullmatch(text) is not None
