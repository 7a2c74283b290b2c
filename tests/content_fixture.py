"""The shipped content, loaded once for all tests that only read it."""

from functools import cache

from bot.cases.files import FOLDERS
from bot.cases.running import Suite, read_suite
from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content


@cache
def shipped_bundle() -> Bundle:
    """The bundle of the shipped content."""
    return load_content(shipped_content())


@cache
def shipped_suite() -> Suite:
    """Staff's cases and conversations, read with the shipped content."""
    return read_suite([shipped_content() / folder for folder in FOLDERS], shipped_bundle().guide)
