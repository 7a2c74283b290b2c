"""What was said or thought before and is not so: 前面说没登过，其实登过一次; 财务说没买，其实买了."""

import re
from typing import NamedTuple

from bot.understanding.text import Message, split_message

_SAY = r"(?:说|讲|填|写|报|记|选|答|点|打|输|告诉)"
_OWN = (
    rf"[^,。?!]{{0,6}}?(?:(?:刚刚|刚才|刚|前面|之前|先前|方才|上面|前头|前边)[^,。?!]{{0,3}}{_SAY}|我{_SAY}过|(?:{_SAY}|弄|搞|算)成(?!立|功|本))"
    rf"|[^,。?!]{{1,10}}(?:{_SAY}|弄|搞|算)成(?!立|功|本)"
)
_OTHERS = (
    r"(?:财务|会计|出纳|同事|老板|领导|法务|行政|人事|他们|代理|中介|别人|有人|前任|上一任)[^,。?!]{0,3}(?:说|讲|以为|觉得|告诉)"
    r"|(?:我|我们|大家)?(?:还|一直|原先|原本|本来)?以为"
)
_SAID = re.compile(rf"(?:^|(?<=[,，。]))(?:(?P<own>{_OWN})|{_OTHERS})")
_IN_FACT = re.compile(
    r"[,，。]?(?:但是?|不过|可是?|结果|而)?(?:(?:其实|实际上?|实则|事实上|真实|正确)(?:的|数字?|金额|情况)*[,，]?|应为|应该是(?!不是))"
)
_WRONG = re.compile(
    rf"(?:^|(?<=[,，。]))[^,。?!]{{0,6}}?(?:刚刚|刚才|刚|前面|之前|先前|方才|上面|前头|前边)[^,。?!]{{0,3}}{_SAY}的(?P<what>[^,。?!]{{1,12}}?)"
    r"(?:不对|(?<!没)错了|有误|不准|搞错了|不是(?=[,，。]|$))(?![吧吗么嘛])(?:[,，。]+|$)"
)
"""前面选的小巨人不对: what was said is not so, whatever follows."""


class Retraction(NamedTuple):
    """What was said, what is so instead, what the message says before both; `is_own`: the speaker said it to us."""

    said: str
    fact: str
    kept: str
    is_own: bool


def retraction_in(message: Message) -> Retraction | None:
    """What the message takes back, and what it says instead; None where it takes back nothing."""
    said = _SAID.search(message.plain)
    marks = list(_IN_FACT.finditer(message.plain, said.end())) if said is not None else []
    if said is None or not marks:
        return _found_wrong(message.plain)
    plain, mark = message.plain, marks[-1]
    fact = plain[mark.end() :].strip(",，。 ")
    return Retraction(plain[: mark.start()], fact, plain[: said.start()], said["own"] is not None) if fact else None


def _found_wrong(plain: str) -> Retraction | None:
    """What was said before that the text calls wrong, and what follows, be it nothing."""
    wrong = _WRONG.search(plain)
    if wrong is None:
        return None
    return Retraction(wrong["what"], plain[wrong.end() :].strip(",，。 "), plain[: wrong.start()], True)


def without_retracted(message: Message) -> Message:
    """The message without what it takes back."""
    taken_back = retraction_in(message)
    return message if taken_back is None else split_message(f"{taken_back.kept}{taken_back.fact}")
