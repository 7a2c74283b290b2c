"""A long text cut into messages that keep within a channel's limit in bytes, at places where a reader would pause."""

import re
from collections.abc import Sequence

BREAKS = tuple(
    re.compile(one) for one in (r"(?<=\n\n)", r"(?<=\n)(?![ \n])", r"(?<=\n)", "(?<=。)", "(?<=；)", "(?<=，)")
)
"""Where a text may be cut, the best places first: a line that is indented stays with the one above it if it can."""


def split_text(text: str, max_bytes: int) -> tuple[str, ...]:
    """The pieces, each at most `max_bytes` in UTF-8, cut between paragraphs, else items, lines, sentences."""
    return tuple(piece for piece in (p.strip("\n") for p in _pieces(text, max_bytes, BREAKS)) if piece)


def _pieces(text: str, max_bytes: int, breaks: Sequence[re.Pattern[str]]) -> list[str]:
    if len(text.encode()) <= max_bytes:
        return [text]
    finer = breaks[1:]
    pieces: list[str] = []
    for part in breaks[0].split(text) if breaks else text:
        if pieces and len((pieces[-1] + part).encode()) <= max_bytes:
            pieces[-1] += part
        elif len(part.encode()) <= max_bytes:
            pieces.append(part)
        else:
            pieces.extend(_pieces(part, max_bytes, finer))
    return pieces
