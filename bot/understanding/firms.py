"""Whether a message speaks of two firms at once, so that nobody can tell whose each statement is."""

import re

from bot.understanding.text import Message

_NAMED = re.compile(r"(?<![a-z])[a-z](?=公司|企业|厂)|[甲乙丙丁](?=公司|企业)|第[一二两三](?=家|个公司)")
_ONE_OF = re.compile(
    r"(?:其中|另外?)?一家(?!企业|公司|做|从事|专|以|是做)|(?<![\u4e00-\u9fff])一个(?=[有没是不在])|(?<=公司)一个(?=[有没是不在])|(?<=[有是没])一个(?=[没不]有?$|[有是没]的?$)"
)


def speaks_of_two(message: Message) -> bool:
    """A公司在亦庄，B公司在海淀; 一家在亦庄一家在海淀."""
    return len(set(_NAMED.findall(message.plain))) > 1 or len(_ONE_OF.findall(message.plain)) > 1
