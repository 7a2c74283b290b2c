"""What of an answer did not fit into the response to a callback: kept as a pointer, and given on the user's word."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages import Reply
from bot.rendering.splitting import split_text
from bot.sessions.base import Board

PAGE_BYTES = 2048
SECONDS = 12 * 3600.0
MORE = "继续"

_MARK_BYTES = 96


@dataclass(frozen=True, slots=True)
class Remainder:
    """The message whose answer has further pages, and which of them each later message got."""

    of: str
    served: Mapping[str, int] = field(default_factory=dict)

    def page_for(self, message_id: str) -> int:
        """The page for a message: the one that it had, or the next."""
        return self.served.get(message_id, max(self.served.values(), default=0) + 1)

    def with_served(self, message_id: str, page: int) -> "Remainder":
        """The remainder after the message got the page."""
        return Remainder(self.of, {**self.served, message_id: page})


def pages_of(reply: Reply) -> tuple[str, ...]:
    """All messages of the reply as texts of which each fits; every one but the last says how to go on."""
    whole = "\n\n".join(message.text.strip("\n") for message in reply.messages if message.text.strip())
    if len(whole.encode()) <= PAGE_BYTES:
        return (whole,)
    pieces = split_text(whole, PAGE_BYTES - _MARK_BYTES)
    last = len(pieces)
    marked = (f"{piece}\n\n（{number}/{last}，回复“{MORE}”看后面）" for number, piece in enumerate(pieces[:-1], 1))
    return (*marked, pieces[-1])


async def read_remainder(board: Board, name: str) -> Remainder | None:
    """What is left of the last answer; None when nothing is."""
    kept = await board.read_note(name)
    if not kept:
        return None
    read = json.loads(kept)
    return Remainder(read["of"], read["served"])


async def write_remainder(board: Board, name: str, remainder: Remainder | None) -> None:
    """Keep it, or that nothing is left."""
    kept = b"" if remainder is None else json.dumps({"of": remainder.of, "served": {**remainder.served}}).encode()
    await board.write_note(name, kept, SECONDS)
