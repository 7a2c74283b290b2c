"""Levels that a text names: of the 专精特新 ladder, or of something else (国家级实验室, 省部级论坛)."""

import re
from dataclasses import replace

from bot.understanding.lexicon import Lexicon
from bot.understanding.options import hits_of
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.relevance import content_of
from bot.understanding.text import Clause, Message

_BODY = re.compile(r"实验室|中心|孵化器|众创空间|平台|基地|工作站|研究院|园区|科技园|项目|课题|[科技进步]奖|大赛|比赛")
_GIVEN = re.compile(
    r"(?:那边|这边|部门)?(?:[给所]?[评批发颁授认定]{1,2}(?:给|下来)?[了过]?)?的?(?:[那这一]?[个种级档类家块张本批]|这[些样]|[那这])?的?"
)
_OF_A_TITLE = re.compile(
    r"的?(?:企业|中小|公司|单位|称号|资质|荣誉|头衔|认定|证|牌|批文|文件|红头|公示|公告|名单|官网|复[核审]|审|续|评|批|发|颁|授|拿|获|取得|通过|报|申|升|够|级|档|层|规模|往上|以上|上头|下|没|不|未|算|有|是|吧|呢|啊|title|award|cert|sme|enterprise)"
)
"""What may stand behind a level alone for it to be the step of the ladder: 国家级的称号, 市里发的牌子."""
_MERE_STEP = re.compile(r"(?:是|算|属于|还是|都是)?(?:国家|省|市|部|北京市)级的?")
_OF_SIZE = re.compile(
    r"(?:我们|咱们?|公司|也?就|是|才|只有|一共|总共|一|个|家|的)*(?:(?:不到|大概)?\d+[多来几]?(?:个|号)?(?:员工|人)|小(?:微|型)?(?:公司|企业)|小厂)+(?:的|吧|啊)?"
)
"""小公司，8个人: how big a company is tells nothing of its titles."""
_OTHERS_LACK = re.compile(
    r"(?:别的|其[他它])的?(?:就|都|也)*没有?了?[的啊吧]*$|没有?(?:什么)?(?:别的|其[他它])的?了?[啊吧]*$"
)
_OF_THAT_KIND = re.compile(r"(?:[评批发颁给]的?|认定的?|的)?[那这]一?(?:[种类款]|张证书?|块牌子?)")
"""北京市评的那种 is 北京市那个."""


def of_titles(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without a company's size, the rest (别的没了), and the level of what it has (市级实验室)."""
    kept = list[Clause]()
    is_of_body = False
    clauses = tuple(replace(clause, text=_OF_THAT_KIND.sub("那个", clause.text)) for clause in message.clauses)
    for clause in clauses:
        goes_on = is_of_body and _MERE_STEP.fullmatch(clause.text) is not None
        is_of_body = goes_on or _is_of_body(clause.text, question, lexicon)
        if not is_of_body and not _tells_no_title(clause.text):
            kept.append(clause)
    if tuple(kept) == message.clauses:
        return message
    return replace(message, clauses=tuple(kept), plain=",".join(clause.text for clause in kept))


def _is_of_body(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a clause tells of a body or thing of some level, and of no title."""
    has_body = _BODY.search(text) is not None and not has_any(text, question.cues)
    return has_body or _is_level_of_another(text, question, lexicon)


def _tells_no_title(text: str) -> bool:
    return _OF_SIZE.fullmatch(text) is not None or _OTHERS_LACK.match(text) is not None


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
