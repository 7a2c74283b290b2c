"""What 首登记 and 首入表 stand for while the awards for them are asked about: the award, not the first time."""

import re
from dataclasses import replace

from bot.understanding.questions import AnswerType, Question
from bot.understanding.text import Message, split_message

_WHAT = r"(?P<what>登记|入表|交易|开放)"
_FIGURE = r"\d|[一二两三四五六七八九十百]+[百千万]"
_GIVEN = r"(?:核定|认定|评定|批|奖|补|拿|领|给|发|得)[到了]*"
_NOT_OF_AWARD = r"(?!的?(?:奖|补贴|补助|钱)|(?:也|都|就|还)?(?:是|不是|不算)|过|证|(?:拿|给)了)"
_FIRST = re.compile(rf"首[次个]?{_WHAT}{_NOT_OF_AWARD}")
_BARE = re.compile(
    rf"(?<![首再次数产据]){_WHAT}的?(?=(?:{_GIVEN})?(?:{_FIGURE})|没有?(?:拿|批|给|核定|认定|评|得|领|$))"
)
_SAID_SO = re.compile(rf"首[次个]?{_WHAT}(?=(?:核定|评定|奖|补)了?(?:{_FIGURE}))")


def of_awards(message: Message, question: Question | None) -> Message:
    """The message with the awards called by their full name: all of them while one is asked about."""
    patterns = (_FIRST, _BARE) if question is not None and _asks_of_award(question) else (_SAID_SO,)
    plain = message.plain
    for pattern in patterns:
        plain = pattern.sub(lambda found: f"首{found['what']}奖励", plain)
    return message if plain == message.plain else replace(split_message(plain), raw=message.raw)


def _asks_of_award(question: Question) -> bool:
    is_of_type = question.type in (AnswerType.AMOUNT, AnswerType.DATE)
    return is_of_type and any("市" in cue and "奖励" in cue for cue in question.cues)
