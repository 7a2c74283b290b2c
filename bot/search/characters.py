"""Text as search sees it: normalised units, their neighbours, and how they sound."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

LONGEST_QUERY = 200
LONGEST_LABEL = 24
"""The labels of the content, with which texts are compared again and again, are shorter."""
_RUN = re.compile(r"[㐀-鿿a-z0-9.%+]+")
_UNIT = re.compile(r"[㐀-鿿]|[a-z]+|\d+(?:\.\d+)?%?")
_PIECE = re.compile(r"[㐀-鿿]|[a-z]+|[^㐀-鿿a-z]+")


def normalised(text: str) -> str:
    """The text in one width and case, without invisible characters."""
    return _normalised_label(text) if len(text) <= LONGEST_LABEL else _normalised(text)


def _normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isprintable():  # as nearly all texts are
        return folded
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc") or c in "\n\t")


_normalised_label = lru_cache(maxsize=8_192)(_normalised)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """The units of each stretch without a break: a Chinese character, a Latin word or a number."""
    for run in _RUN.findall(text):
        if units := tuple(_UNIT.findall(run)):
            yield units


def pieces_of(text: str) -> list[str]:
    """The text cut into Chinese characters, Latin words and what stands between; joined they are the text again."""
    return _PIECE.findall(text)


def terms_of(text: str) -> Iterator[str]:
    """Every unit of the text, and every two neighbours."""
    for units in runs(text):
        yield from units
        yield from [joined(one, other) for one, other in pairwise(units)]


def joined(one: str, other: str) -> str:
    """The term of two neighbours; a space keeps it apart from a single unit."""
    return f"{one} {other}"


@lru_cache(maxsize=20_000)
def sound_of(unit: str) -> str:
    """How a Chinese character sounds, without tone; another unit is its own sound."""
    return str(lazy_pinyin(unit, style=Style.NORMAL)[0]) if unit >= "㐀" else unit
