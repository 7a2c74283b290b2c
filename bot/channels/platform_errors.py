"""What platforms are asked and don't do: one vocabulary for all of them, counted where the calls are made."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from bot.metrics import Metrics

NO_ANSWER_LABEL = "no_answer"
OTHER_LABEL = "other"
"""A code that stands in no table: what a platform writes never becomes a label by itself."""


class Kind(StrEnum):
    """What is to be done about a call that failed."""

    RETRY = "retry"
    """The platform is busy, can't be reached or answers nothing that can be read: later again."""
    RATE = "rate"
    """Too many calls: again after a minute at least."""
    STALE = "stale"
    """The token is not taken, nor is a new one."""
    CONFIG = "config"
    """Something in the admin console or the settings is to be put right; then the same call works."""
    RECEIVER = "receiver"
    """Nobody there who may be written to."""
    EXPIRED = "expired"
    """The card or the answer can't be changed any more."""
    LIMIT = "limit"
    """The person or the session may not be written to now (customer service)."""
    REPEATED = "repeated"
    """The platform has had this message already (customer service)."""
    BUG = "bug"
    """The call itself is wrong: ours to mend."""
    PERMANENT = "permanent"
    """Refused for good."""


CountError = Callable[[str, str, Kind], None]
"""Is told the name of the call, the code as a label, and what is to be done about it."""


def uncounted(call: str, code: str, kind: Kind) -> None:
    """Count nothing."""
    del call, code, kind


def count_errors(metrics: Metrics, platform: str) -> CountError:
    """What counts the calls that the platform does not do; until there is one, each kind is shown as 0."""
    metrics.expect_platform_errors(platform, Kind)
    return partial(metrics.count_platform_error, platform)
