"""What DingTalk did not do, as it is counted: its own words become a label only where they stand in a table."""

from typing import assert_never
from urllib.parse import urlsplit

from bot.channels.dingtalk.api import CARD_PATH, GROUP_PATH, REGISTER_PATH, SINGLE_PATH, TOKEN_PATH
from bot.channels.dingtalk.calls import Answer
from bot.channels.dingtalk.gateway import OPEN_PATH
from bot.channels.dingtalk.outcomes import CODES, is_token_stale, judge_card
from bot.channels.platform_errors import NO_ANSWER_LABEL, OTHER_LABEL, CountError, Kind
from bot.channels.trees import strings_at
from bot.outbox import PutOff, Refused, Sent

_PATHS = (TOKEN_PATH, SINGLE_PATH, GROUP_PATH, CARD_PATH, REGISTER_PATH, OPEN_PATH)
_CREDENTIALS = frozenset({TOKEN_PATH, OPEN_PATH})
"""Calls that say who the robot is: what is refused there is to be put right in the settings."""


_STAFF_LISTS = {"flowControlledStaffIdList": Kind.RATE, "invalidStaffIdList": Kind.RECEIVER}
"""Where an answer names people who get nothing, and what that is."""


def count_answer(count: CountError, url: str, answer: Answer) -> None:
    """Count what came back from this address, unless it is that the call was done."""
    call = call_of(url)
    if (kind := kind_of(call, answer)) is not None:
        count(call, label_of(answer), kind)


def call_of(url: str) -> str:
    """The name of what was called; an address that a message brought is a webhook, of which nothing is shown."""
    path = urlsplit(url).path
    return next((known for known in _PATHS if path.endswith(known)), "webhook")


def kind_of(call: str, answer: Answer) -> Kind | None:
    """What is to be done about the answer; None where all is well."""
    if (named := _kind_of_staff(answer)) is not None:
        return named
    if is_token_stale(answer) and call not in _CREDENTIALS:
        return Kind.RETRY  # with another token, at once
    match judge_card(answer):
        case PutOff(seconds=seconds):
            return Kind.RETRY if seconds is None else Kind.RATE
        case Refused():
            return Kind.CONFIG if call in _CREDENTIALS else Kind.PERMANENT
        case Sent():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _kind_of_staff(answer: Answer) -> Kind | None:
    """What is said of those whom the answer lists."""
    return next((kind for name, kind in _STAFF_LISTS.items() if strings_at(answer.body, name)), None)


def label_of(answer: Answer) -> str:
    """The code of the answer as a label; where it stands in no table, what sort of answer it is."""
    code = answer.code.casefold()
    if not answer.status:
        return NO_ANSWER_LABEL
    if answer.is_ban:
        return "banned"
    if code in CODES:
        return code
    return OTHER_LABEL if answer.status < 400 else f"http_{answer.status // 100}xx"
