"""What WeCom's error codes mean for the one who called; decided by the number only, its words may change."""

from bot.channels.platform_errors import NO_ANSWER_LABEL, OTHER_LABEL, Kind

BUSY = -1
NO_ANSWER = -2
"""Not of the platform: nothing came back, or nothing that is an answer."""
STALE_TOKEN = frozenset({40014, 42001})
UNTRUSTED_ADDRESS = 60020
NO_CALLBACK_ADDRESS = 43012
WRONG_AGENT = frozenset({40056, 301002})
"""No app, or that of another secret."""
UNKNOWN_REQUEST, STREAM_OVER = 846605, 846608
"""An answer of the AI bot comes too late for what it answers, or for its stream."""

_KINDS: dict[Kind, frozenset[int]] = {
    Kind.RETRY: frozenset({BUSY, NO_ANSWER}),
    Kind.RATE: frozenset({45009, 45033, 45035}),
    Kind.STALE: STALE_TOKEN,
    Kind.CONFIG: WRONG_AGENT | {40001, 40013, 40091, NO_CALLBACK_ADDRESS, 48002, UNTRUSTED_ADDRESS, 93000, 93004},
    Kind.RECEIVER: frozenset({40003, 40031, 60111, 81013, 82001}),
    Kind.EXPIRED: frozenset({60140, UNKNOWN_REQUEST, STREAM_OVER}),
    Kind.LIMIT: frozenset({95001, 95014, 95016, 95018, 95019}),
    Kind.REPEATED: frozenset({95033}),
    Kind.BUG: frozenset({40008, 40033, 40058, 44004, 45002, *range(42014, 42052)}),
}
_KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes}


def kind_of(code: int) -> Kind:
    """What is to be done about the code; PERMANENT for one that stands in no table."""
    return _KIND_OF.get(code, Kind.PERMANENT)


def label_of(code: int) -> str:
    """The code as a label of the figures, of which there are no more than codes in the table."""
    if code == NO_ANSWER:
        return NO_ANSWER_LABEL
    return str(code) if code in _KIND_OF else OTHER_LABEL
