"""The shipped content, loaded once for all tests that only read it."""

from functools import cache

from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content


@cache
def shipped_bundle() -> Bundle:
    """The bundle of the shipped content."""
    return load_content(shipped_content())
