"""What a message tells around the one thing that it asks: 做元宇宙体验馆，政府给几成 asks of the 体验馆."""

from collections.abc import Iterable

from bot.dialog.asked import Asked, pieces_of
from bot.dialog.flows import Guide
from bot.search.characters import normalised


def with_surroundings(asked: Asked, text: str, told: Iterable[str], guide: Guide) -> str:
    """The thing asked with the stretches of the text that tell what it is about; `told` speaks of the enterprise."""
    said = [normalised(each) for each in told]
    stated = [piece.text for piece in pieces_of(text, guide) if not piece.is_question]
    others = [each for each in stated if each not in asked.text and not _is_among(each, said)]
    return ",".join((*others, asked.text))


def _is_among(stretch: str, said: Iterable[str]) -> bool:
    return any(stretch in each or each in stretch for each in said)
