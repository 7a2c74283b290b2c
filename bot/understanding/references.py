"""What a command refers to: the day that is asked about, the item of the result."""

import re
from datetime import date

from bot.understanding.dates import find_dates
from bot.understanding.numerals import parse_numeral
from bot.understanding.text import Message

_NUMBERED = re.compile(r"第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|个|项|页|款)")
_AT_THE_HEAD = re.compile(r"(\d{1,2})(?=(?:为什么|为啥|咋|怎么|啥|什么|凭|依据|是)[\u4e00-\u9fff])")
_AS_OF = re.compile(r"(?:按|以|照|假设|如果|要是|换成)(?:照|到|是|在)?[^,。]{0,2}$")
_AS_OF_AFTER = re.compile(
    r"^(?:这天|当天|那天|的日期|为准|那时)?(?:来)?(?:算|看|测|为准|计算|查|匹配|的话能|申报|申请)"
)


def day_meant(message: Message, today: date) -> date | None:
    """The day that the conditions are asked for (按明年3月1日算)."""
    for clause in message.clauses:
        for mention in find_dates(clause.text, today):
            before, after = clause.text[: mention.start], clause.text[mention.end :]
            if mention.exact is not None and _AS_OF.search(before) and (_AS_OF_AFTER.match(after)):
                return mention.exact
    return None


def number_meant(message: Message) -> int | None:
    """The number of the item that is meant (第三条, 2为什么不行)."""
    written = _NUMBERED.search(message.plain) or _AT_THE_HEAD.match(message.plain)
    number = None if written is None else parse_numeral(written[1])
    return None if number is None else int(number)
