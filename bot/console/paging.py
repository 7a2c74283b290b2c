"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import TypeVar

from bot.console.views import Paging

PAGE_SIZE = 20
T = TypeVar("T")


def page_of(found: Sequence[T], wanted: str) -> tuple[Sequence[T], Paging]:
    """What stands on the page that is wanted, or the nearest that there is, and where that is."""
    most = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(1, int(wanted) if is_number(wanted) else 1), most)
    paging = Paging(number, most, number - 1, number + 1 if number < most else 0)
    return found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], paging


def is_number(text: str) -> bool:
    """Whether it may be the number of a page."""
    return text.isascii() and text.isdecimal() and len(text) < 7
