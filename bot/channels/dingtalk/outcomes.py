"""What an answer of the platform means for a call: made, to be made again, or refused for good."""

from bot.channels.dingtalk.calls import Answer
from bot.channels.trees import object_at, objects_at, strings_at
from bot.outbox import Outcome, PutOff, Refused, Sent

BLOCK_SECONDS = 600.0
"""How long a custom robot that says too much is shut out (D:0702)."""
FLOW_SECONDS = 60.0
_TOO_FAST = frozenset({"410100", "130101"})  # one webhook is used too often (D:0717; the second is hearsay)
_LATER = frozenset({"-1", "90002", "90018"})  # busy, limits of all calls together
_SLOW = ("throttl", "qpslimit", "toomany", "flowcontrol", "requestlimit")
_TOKEN_CODES = frozenset({"40014", "42001", "88", "invalidauthentication", "unauthorized"})
CODES = _TOO_FAST | _LATER | _TOKEN_CODES
"""The codes that are known, in small letters."""


def judge(answer: Answer) -> Outcome:
    """What the status, the code and the form of an answer say; who is not reached stands elsewhere."""
    code = answer.code.casefold()
    if not answer.status:
        return PutOff(answer.why)
    if answer.is_ban:
        return PutOff("shut out", answer.pause)
    if answer.is_fine:
        return Sent()
    if code in _TOO_FAST:
        return PutOff(f"code {code}", BLOCK_SECONDS)
    if code in _LATER or answer.status == 429 or any(word in code for word in _SLOW):
        return PutOff(f"code {code}", FLOW_SECONDS)
    if answer.status >= 500:
        return PutOff(f"status {answer.status}")
    return Refused(f"status {answer.status} code {code[:80]}")


def judge_single(answer: Answer, staff: str) -> Outcome:
    """What became of a message to one person: HTTP 200 is not delivery (D:0714)."""
    if staff in strings_at(answer.body, "flowControlledStaffIdList"):
        return PutOff("flow control", FLOW_SECONDS)
    if staff in strings_at(answer.body, "invalidStaffIdList"):
        return Refused("no such member")
    return judge(answer)


def judge_card(answer: Answer) -> Outcome:
    """What became of a card: each space has a result of its own (D:0783)."""
    if "alreadyexist" in answer.code.casefold():  # it was made by an attempt whose answer was lost
        return Sent()
    outcome = judge(answer)
    result = object_at(answer.body, "result")
    failed = [one for one in objects_at(result, "deliverResults") if one.get("success") is not True]
    if isinstance(outcome, Sent) and failed:
        return Refused("card not delivered")  # the platform's sentence may name a person
    return outcome


def is_token_stale(answer: Answer) -> bool:
    """Whether another token is wanted."""
    return answer.status == 401 or answer.code.casefold() in _TOKEN_CODES
