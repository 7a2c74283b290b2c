"""Whether a message speaks of two firms at once, so that nobody can tell whose each statement is."""

import re

from bot.understanding.text import Message

_NAMED = re.compile(r"(?<![a-z])[a-z](?=公司|企业|厂)|[甲乙丙丁](?=公司|企业)|第[一二两三](?=家|个公司)")
_ONE_OF = re.compile(r"(?:其中|另外?)?一家(?!企业|公司|做|从事|专|以|是做)")

_OF_BOTH = re.compile(r"[两俩几2][个家]?(?:公司|企业)[^。]{0,6}一[个家][有没是不在][^。]{0,8}一[个家][有没是不在]")


def speaks_of_two(message: Message) -> bool:
    """A公司在亦庄，B公司在海淀; 一家在亦庄一家在海淀."""
    if _OF_BOTH.search(message.plain):
        return True
    return len(set(_NAMED.findall(message.plain))) > 1 or len(_ONE_OF.findall(message.plain)) > 1
