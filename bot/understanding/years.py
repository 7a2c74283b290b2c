"""Choices by the year of an event: 去年升规的, 2025年首次纳入规上, 还没升规."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.understanding.dates import find_dates
from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Fact
from bot.understanding.not_knowing import is_unknown
from bot.understanding.numerals import parse_numeral
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question
from bot.understanding.topics import Topic

_VALUES = ("this_year", "last_year", "earlier")
_NEVER = "never"
_YEAR = re.compile(
    r"(?P<now>今年|本年|当年)|(?P<last>去年|上年|上一年)"
    r"|(?P<long>大?前年|好几年|几年前|早就|早已|早几年|多年前|一直是|往年)"
    r"|(?<!\d)(?P<full>(?:20)?\d\d)年(?!前|以前|之前|多|的时间)"
    r"|(?P<ago>\d{1,2}|[一二两三四五六七八九十])年多?(?:以前|之前|前)"
)
_OF_AWARDS = re.compile(r"奖|补贴|政策|措施|条款|支持|资助")
_NOT_DONE = re.compile(r"没|未|不到|不够|不足|规下|规模以下")


def is_of_years(question: Question) -> bool:
    """Whether the options of a question are this year, last year and earlier."""
    return set(_VALUES) <= {choice.value for choice in question.choices}


def year_value(text: str, today: date) -> str | None:
    """The option for the one year that the text names; None for none or several."""
    years = {_year(match, today) for match in _YEAR.finditer(text)}
    if not years:
        spans = (mention.value for mention in find_dates(text, today))
        years = {span.first.year for span in spans if span is not None and span.first is not None}
    ages = {min(today.year - year, 2) for year in years if year <= today.year}
    return _VALUES[ages.pop()] if len(years) == len(ages) == 1 else None


def _year(match: re.Match[str], today: date) -> int:
    if match["full"]:
        return int(match["full"]) if len(match["full"]) == 4 else today.year // 100 * 100 + int(match["full"])
    if match["ago"]:
        return today.year - (2 if match["ago"] == "两" else int(parse_numeral(match["ago"]) or 0))
    return today.year - (0 if match["now"] else 1 if match["last"] else 2)


def read_year(text: str, question: Question, today: date, lexicon: Lexicon) -> str | None:
    """The option that a text chooses by the year of what was done, or by its never having been done."""
    value = year_value(text, today)
    if _NOT_DONE.search(text):
        is_never = value is None and polarity_of(text, lexicon) is Polarity.NO
        return _NEVER if is_never and any(c.value == _NEVER for c in question.choices) else None
    return None if has_any(text, lexicon.words.planning) else value


def stated_years(topics: Sequence[Topic], lexicon: Lexicon, today: date) -> Iterator[tuple[int, Fact]]:
    """Facts of when something was done that a text states, each with the number of its clause."""
    questions = lexicon.questions_that(is_of_years)
    for i, topic in enumerate(topics):
        for question in questions if _tells_of_own(topic, lexicon) else ():
            value = read_year(topic.text, question, today, lexicon) if question.id in topic.names else None
            if value is not None:
                yield i, Fact(question.id, value, topic.text)


def _tells_of_own(topic: Topic, lexicon: Lexicon) -> bool:
    """Whether a clause states what was done, and not for what an award is given."""
    return topic.is_stated and _OF_AWARDS.search(topic.text) is None and not is_unknown(topic.text, lexicon)
