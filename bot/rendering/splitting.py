"""A long text cut into messages that keep within a channel's limit in bytes, at places where a reader would pause."""

from collections.abc import Sequence

BREAKS = ("\n\n", "\n", "。", "；", "，", "")


def split_text(text: str, max_bytes: int) -> tuple[str, ...]:
    """The pieces, each at most `max_bytes` in UTF-8, cut between paragraphs if they fit, else lines, else sentences."""
    return tuple(piece for piece in (p.strip("\n") for p in _pieces(text, max_bytes, BREAKS)) if piece)


def _pieces(text: str, max_bytes: int, breaks: Sequence[str]) -> list[str]:
    if len(text.encode()) <= max_bytes:
        return [text]
    mark, *finer = breaks
    parts = [part + mark for part in text.split(mark)] if mark else list(text)
    if mark:
        parts[-1] = parts[-1].removesuffix(mark)
    pieces: list[str] = []
    for part in parts:
        if pieces and len((pieces[-1] + part).encode()) <= max_bytes:
            pieces[-1] += part
        elif len(part.encode()) <= max_bytes:
            pieces.append(part)
        else:
            pieces.extend(_pieces(part, max_bytes, finer))
    return pieces
