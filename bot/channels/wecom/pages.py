"""An answer in pages: one is given at a time, the next on the user's word, from a pointer to the stored reply."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.channels.naming import name_of
from bot.channels.trees import Tree, dump_json, object_at, read_object
from bot.messages import Reply
from bot.rendering.splitting import split_text
from bot.sessions.base import Board

SECONDS = 12 * 3600.0
MARK_BYTES = 80
"""At most so much does a page say of itself."""

_MORE = re.compile(
    r"继续|更多|接着|(?:继续|接着|往下|再)[看说发讲读]|往下|下一[条页]|(?:后面|剩下|还有)的?(?:呢|内容)?|还有呢"
)


def paginate(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The texts one below the other, in as few pages as their size allows; a text is cut only where it must be."""
    pages: list[str] = []
    for piece in (piece for text in texts for piece in split_text(text, most)):
        longer = f"{pages[-1]}\n\n{piece}" if pages else ""
        if pages and len(longer.encode()) <= most:
            pages[-1] = longer
        else:
            pages.append(piece)
    return tuple(pages)


def mark_page(pages: Sequence[str], number: int) -> str:
    """The page, which says how to go on where another one follows."""
    last = len(pages)
    mark = f"\n\n（{number + 1}/{last}，回复“继续”看后面）" if number + 1 < last else ""
    return pages[number] + mark


def wants_more(text: str) -> bool:
    """Whether the text asks for the rest of what was being said, and for nothing else."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("“”\"'。.!！~～ ")
    return _MORE.fullmatch(plain.rstrip("吧呗啊呀")) is not None


def offers(reply: Reply, text: str) -> bool:
    """Whether the reply itself says what the word does (“更多”看下一页): then it is for the dialog."""
    return any(f"“{text.strip()}”" in message.text for message in reply.messages)


@dataclass(frozen=True, slots=True)
class Remainder:
    """An answer that is not read to its end: what its door finds it by, and which page each message got."""

    of: Tree
    served: Mapping[str, int] = field(default_factory=dict)

    def page_for(self, message_id: str) -> int:
        """The page for a message: the one that it had, or the next."""
        return self.served.get(message_id, max(self.served.values(), default=-1) + 1)

    def with_served(self, message_id: str, page: int) -> "Remainder":
        """The remainder after the message got the page."""
        return Remainder(self.of, {**self.served, message_id: page})


class Remainders:
    """What is left of the last answer in each conversation, under a name from which nobody can be known."""

    def __init__(self, board: Board, door: str) -> None:
        self._board = board
        self._door = door

    async def find(self, conversation: str) -> Remainder | None:
        """What is left; None when nothing is."""
        kept = read_object(await self._board.read_note(self._name(conversation)) or b"")
        if kept is None:
            return None
        served = object_at(kept, "served")
        return Remainder(object_at(kept, "of"), {name: at for name, at in served.items() if isinstance(at, int)})

    async def keep(self, conversation: str, remainder: Remainder) -> None:
        """Take the place of what was left before."""
        kept = dump_json({"of": remainder.of, "served": remainder.served})
        await self._board.write_note(self._name(conversation), kept, SECONDS)

    async def drop(self, conversation: str) -> None:
        """Let nothing be left."""
        if await self._board.read_note(self._name(conversation)):
            await self._board.write_note(self._name(conversation), b"", 1.0)

    def _name(self, conversation: str) -> str:
        return f"{self._door}-rest:{name_of(conversation)}"
