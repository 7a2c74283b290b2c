"""What WeCom's error codes mean for the one who called; decided by the number only, its words may change."""

from enum import StrEnum


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
    """The card can't be changed any more."""
    LIMIT = "limit"
    """The person or the session may not be written to now (customer service)."""
    REPEATED = "repeated"
    """The platform has had this message already (customer service)."""
    BUG = "bug"
    """The call itself is wrong: ours to mend."""
    PERMANENT = "permanent"
    """Refused for good."""


BUSY = -1
NO_ANSWER = -2
"""Not of the platform: nothing came back, or nothing that is an answer."""
STALE_TOKEN = frozenset({40014, 42001})
UNTRUSTED_ADDRESS = 60020
NO_CALLBACK_ADDRESS = 43012
WRONG_AGENT = frozenset({40056, 301002})
"""No app, or that of another secret."""

_KINDS: dict[Kind, frozenset[int]] = {
    Kind.RETRY: frozenset({BUSY, NO_ANSWER}),
    Kind.RATE: frozenset({45009, 45033, 45035}),
    Kind.STALE: STALE_TOKEN,
    Kind.CONFIG: WRONG_AGENT | {40001, 40013, 40091, NO_CALLBACK_ADDRESS, 48002, UNTRUSTED_ADDRESS, 93000, 93004},
    Kind.RECEIVER: frozenset({40003, 40031, 60111, 81013, 82001}),
    Kind.EXPIRED: frozenset({60140}),
    Kind.LIMIT: frozenset({95001, 95014, 95016, 95018, 95019}),
    Kind.REPEATED: frozenset({95033}),
    Kind.BUG: frozenset({40008, 40033, 40058, 44004, 45002, *range(42014, 42052)}),
}
_KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes}


def kind_of(code: int) -> Kind:
    """What is to be done about the code; PERMANENT for one that stands in no table."""
    return _KIND_OF.get(code, Kind.PERMANENT)
