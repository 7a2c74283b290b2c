"""Levels that a text names: of the 专精特新 ladder, or of something else (国家级实验室, 省部级论坛)."""

import re
from dataclasses import replace

from bot.understanding.lexicon import Lexicon
from bot.understanding.options import hits_of
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.relevance import content_of
from bot.understanding.text import Message

_GIVEN = re.compile(
    r"(?:那边|这边|部门)?(?:[给所]?[评批发颁授认定]{1,2}(?:给|下来)?[了过]?)?的?(?:[那这一]?[个种级档类家块张本批]|这[些样]|[那这])?的?"
)
_OF_A_TITLE = re.compile(
    r"的?(?:企业|中小|公司|单位|称号|资质|荣誉|头衔|认定|证|牌|批文|文件|红头|公示|公告|名单|官网|复[核审]|审|续|评|批|发|颁|授|拿|获|取得|通过|报|申|升|够|级|档|层|规模|往上|以上|上头|下|没|不|未|算|有|是|吧|呢|啊|title|award|cert|sme|enterprise)"
)
"""What may stand behind a level alone for it to be the step of the ladder: 国家级的称号, 市里发的牌子."""
_OF_THAT_KIND = re.compile(r"(?:[评批发颁给]的?|认定的?|的)?[那这]一?(?:[种类款]|张证书?|块牌子?)")
"""北京市评的那种 is 北京市那个."""


def without_other_levels(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without the clauses on the level of something else; 北京市评的那种 is put as 北京市那个."""
    clauses = (replace(clause, text=_OF_THAT_KIND.sub("那个", clause.text)) for clause in message.clauses)
    kept = tuple(clause for clause in clauses if not _is_level_of_another(clause.text, question, lexicon))
    if kept == message.clauses:
        return message
    return replace(message, clauses=kept, plain=",".join(clause.text for clause in kept))


def _is_level_of_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the levels that a clause names are those of other things: 省部级论坛, 工信部的单项冠军."""
    if has_any(text, question.cues):
        return False
    steps = [hit for hit, _ in hits_of(text, question, lexicon)]
    return bool(steps) and all(_names_a_thing(text[hit.end :], lexicon) for hit in steps)


def _names_a_thing(after: str, lexicon: Lexicon) -> bool:
    """Whether a noun that is no word for a title follows right behind: 论坛, but not 的称号, 去年批的."""
    given = _GIVEN.match(after)
    rest = after[given.end() if given else 0 :]
    named = content_of(rest, lexicon)
    return bool(named) and rest.startswith(named[0]) and not _OF_A_TITLE.match(rest)
