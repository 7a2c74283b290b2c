"""Which clauses of a text are about the company's own titles, and not about its size, its laboratory or its people."""

import re
from dataclasses import replace

from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.text import Clause, Message

_BODY = re.compile(
    r"实验室|中心|孵化器|众创空间|平台|基地|工作站|研究院|园区|科技园|项目|课题|[科技进步]奖|大赛|比赛"
    r"|劳模|非遗|文明|绿色|标杆|场景|新品|新产品|产品是|单项冠军|首台套|首版次|老字号|百强|信用|诚信|先进(?!制造)|博士|院士|协会|商会"
    r"|高新区|开发区|车间|智能工厂|灯塔|专利|软著|教授|专家|人才|工匠|冠军|文物|遗产|大师|保护单位|龙头|专项|工程|计划|基金"
)
_MERE_STEP = re.compile(r"(?:是|算|属于|还是|都是)?(?:国家|省|市|部|北京市)级的?")
_LEVEL = re.compile(r"(?:国家|省|市|部|区)级")
_OF_SIZE = re.compile(
    r"(?:我们|咱们?|公司|也?就|是|才|只有|一共|总共|一|个|家|的)*(?:(?:不到|大概)?\d+[多来几]?(?:个|号)?(?:员工|人)|小(?:微|型)?(?:公司|企业)|小厂)+(?:的|吧|啊)?"
)
"""小公司，8个人: how big a company is tells nothing of its titles."""
_OTHERS_LACK = re.compile(
    r"(?:别的|其[他它])的?(?:就|都|也)*没有?了?[的啊吧]*$|没有?(?:什么)?(?:别的|其[他它])的?了?[啊吧]*$"
)


def names_anothers_level(text: str, question: Question) -> bool:
    """Whether a clause tells the level of something else than the company: 技术中心是市级的, 市级劳模."""
    return _LEVEL.search(text) is not None and _BODY.search(text) is not None and not has_any(text, question.cues)


def of_titles(message: Message, question: Question) -> Message:
    """The message without a company's size, the rest (别的没了), and the level of what it has (市级实验室)."""
    kept = list[Clause]()
    is_of_body = False
    for clause in message.clauses:
        has_body = _BODY.search(clause.text) is not None and not has_any(clause.text, question.cues)
        is_of_body = has_body or (is_of_body and _MERE_STEP.fullmatch(clause.text) is not None)
        if not is_of_body and not _OF_SIZE.fullmatch(clause.text) and not _OTHERS_LACK.match(clause.text):
            kept.append(clause)
    if len(kept) == len(message.clauses):
        return message
    return replace(message, clauses=tuple(kept), plain=",".join(clause.text for clause in kept))
