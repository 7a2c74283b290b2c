"""Which card a member was sent last: a click on another one answers nothing, and one that was passed over is closed."""

from dataclasses import dataclass

from bot.channels.naming import name_of
from bot.channels.trees import dump_json, read_object, string_at
from bot.sessions.base import Board

SECONDS = 72 * 3600.0
"""So long a card can be changed; an older one is told by its question alone."""


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card by its task id; with its `code` it can be changed once, without one it was clicked or is on its way."""

    task_id: str
    code: str = ""


async def read_newest(board: Board, member: str) -> SentCard | None:
    """The card that was sent last; None when none is known."""
    kept = read_object(await board.read_note(f"wecom-card:{name_of(member)}") or b"")
    return SentCard(string_at(kept, "task"), string_at(kept, "code")) if kept else None


async def write_newest(board: Board, member: str, card: SentCard) -> None:
    """Keep which card was sent last."""
    kept = dump_json({"task": card.task_id, "code": card.code})
    await board.write_note(f"wecom-card:{name_of(member)}", kept, SECONDS)
