"""Answers to the question of the ladder that name no step of it: other titles, a paper that is missing, a step that
lapsed, who gave a plate."""

import re
from dataclasses import replace
from enum import Enum

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import Answer, Lack, Outcome
from bot.understanding.options import hits_of
from bot.understanding.own_titles import names_anothers_level
from bot.understanding.polarity import Polarity, has_any, is_question, polarity_of
from bot.understanding.questions import Question
from bot.understanding.relevance import names_another
from bot.understanding.standing import is_of_title, is_under_review
from bot.understanding.text import Message, split_message
from bot.understanding.tiers import APPLIED, LOST, read_tier

_PAPER = (
    r"(?:认定|评审|批准|公示|公告)?(?:通知书?|文件|批文|批复|公告|公示名单|证明|证书|原件|扫描件|红头文件?|纸质[件的]?)"
)
_LACK = (
    r"(?:没有?|没(?:找到|收到|拿到|发|下来|给|看到)|找不[到着]|丢了|弄丢了|缺|不在(?:手上|我这)?|拿不出来?"
    r"|还没(?:发|下来|到|拿到|收到|给|有))"
)
_NO_PAPER = re.compile(
    rf"(?:我们|我|公司|手[上里]|但是?|不过|就是|只是|那个?|专精特新的?|连|也|都|还)*(?:{_LACK}(?:见|那份|那个|什么)?{_PAPER}|{_PAPER}(?:也|都|还|倒|暂时|一直|我们|我)*{_LACK})(?:了|啊|呢|的|过)*"
)
_ONLY = re.compile(r"(?:我们|公司)?(?:(?:就|只|仅|光|倒|不过|但)是?(?:有|拿过?了?|是)|就一[个张项块])")
_BUT_FOR = re.compile(
    r"(?:除了?|除开|除去)(?P<but>[^,]{2,12}?)(?:以外|之外|外)?[,]?(?:就|别的|其他的?|其它的?|啥|什么|都|也|一概|再)*(?:没有?|无)"
)
_UNDER_WAY = re.compile(r"正在|在复[核审]|重新[申报认评]|补(?:交|办|报)")
_NONE_FIRST = re.compile(r"(?:都|也|一个都?|一级都?|啥都?|什么都?)?(?:没有?|无)(?:评过?|啊|呢|的|了)*")
_LOWER = re.compile(
    r"(?:区|县|镇|街道|园区|开发区|经开区|亦庄)(?:级|里|上)?(?:的|给|发|批|评|认定|自己)+(?:的|那个|牌子|称号|荣誉|认定)*|区级|县级|园区级"
)
_BY_BUREAU = re.compile(
    r"(?:市|北京市?)?(?:经信[局委]|工信[局委部]|主管部门|政府)[^,]{0,6}(?:牌|证|匾|发|给|批|认定|称号|资质)|^(?:有|挂了?|拿了?|给了?)*(?:一?[个块])?(?:牌子|牌匾|匾)(?:的|了|有|在)*$"
)
_TITLE = re.compile(
    r"[\u4e00-\u9fffa-z\d]{2,}(?:企业|单位|称号|认证|体系|试点|种子|工厂|奖)(?:的|了|吧)*$|(?:科委|科技局|发改委?|商务局|市场监管局|人社局|税务局?|文旅局|知识产权局)[^,]{0,6}(?:给|发|批|评|认定)"
)
_OF_NATURE = re.compile(
    r"(?:国有|民营|私营|外资|合资|一般|普通|小微|小型|微型|中型|大型|中小|初创|创业|集体|个体|软件|制造|科技|互联网|生产|规模|什么|哪类|这家?|我们|咱们?|本)企业|有限|公司$"
)


class Untold(Enum):
    """Why a title that is named tells nothing that is kept."""

    UNDECIDED = "undecided"
    NOT_ASKED = "not_asked"


def untold_title(text: str, lexicon: Lexicon) -> Untold | None:
    """Why a text that tells of a title, and of nothing else, gives nothing to record; None for any other text."""
    message = split_message(text)
    if any(is_question(clause, lexicon) for clause in message.clauses):
        return None
    named = lexicon.named_in(message.plain)
    if named and all(_is_title(lexicon.questions[name]) for name in named):
        is_open = has_any(message.plain, lexicon.words.pending) or is_under_review(message.plain, lexicon)
        return Untold.UNDECIDED if is_open else None
    return Untold.NOT_ASKED if not named and has_any(message.plain, lexicon.words.other_titles) else None


def _is_title(question: Question) -> bool:
    return is_of_title(question) or question.id == "specialized_tier"


def read_ladder(message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The step that is held now, none, the steps to choose from, or why what was named is no step."""
    kept = tuple(clause for clause in message.clauses if not is_no_paper(clause.text))
    if not kept and message.clauses:
        return Answer(Outcome.ASK, lack=Lack.NO_PAPER)
    if len(kept) < len(message.clauses):
        message = replace(message, clauses=kept, plain=",".join(clause.text for clause in kept))
    answer = read_tier(message, question, lexicon)
    is_open = answer.outcome is Outcome.ASK and not answer.is_hedged
    return _of_no_step(answer, message, question, lexicon) if is_open else answer


def is_no_paper(text: str) -> bool:
    """Whether a clause says no more than that a notice or certificate is not at hand."""
    return _NO_PAPER.fullmatch(text) is not None


def leaves_nothing_else(text: str) -> bool:
    """Whether a clause says that what it names is all there is: 只有高新, 除了高新啥都没有."""
    return _ONLY.match(text) is not None or excepted(text) is not None


def excepted(text: str) -> str | None:
    """What a clause says to be all that there is: 高新 of 除了高新啥都没有."""
    found = _BUT_FOR.search(text)
    return None if found is None else found["but"]


def _of_no_step(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer where a text names a step no more, only another title, or only who gave one."""
    if (left := _left_of_lost(message, question, lexicon)) is not None:
        return left
    if _has_only_others(message, lexicon):
        return Answer(Outcome.VALUE, question.choices[0].value)
    if _is_level_of_another(message, question):
        return answer if _names_the_ladder(message, question) else Answer(Outcome.ASK, lack=Lack.OTHER_TITLE)
    is_named = answer.candidates or _names_a_step(message, question, lexicon)
    return answer if is_named or _asks(message, lexicon) else _of_title(answer, message, question, lexicon)


def _of_title(answer: Answer, message: Message, question: Question, lexicon: Lexicon) -> Answer:
    """The answer of a text that names no step: it may name another title, or who gave one."""
    if _is_of_other_title(message, question, lexicon):
        return Answer(Outcome.ASK, lack=Lack.OTHER_TITLE)
    if any(_BY_BUREAU.search(clause.text) and _affirms(clause.text, lexicon) for clause in message.clauses):
        return Answer(Outcome.ASK, candidates=tuple(choice.value for choice in question.choices[1:]))
    return answer


def _asks(message: Message, lexicon: Lexicon) -> bool:
    """Whether a clause asks; 除了高新啥都没有 only looks like it."""
    return any(is_question(clause, lexicon) and excepted(clause.text) is None for clause in message.clauses)


def _affirms(text: str, lexicon: Lexicon) -> bool:
    return polarity_of(text, lexicon) is not Polarity.NO


def _left_of_lost(message: Message, question: Question, lexicon: Lexicon) -> Answer | None:
    """What may be left of a step that lapsed: none below the lowest one, else the steps below it to choose from."""
    order = [choice.value for choice in question.choices]
    hits = (hit for clause in message.clauses for hit, _ in hits_of(clause.text, question, lexicon))
    highest = max((order.index(hit.meaning) for hit in hits), default=0)
    own = (clause.text for clause in message.clauses if not names_another(clause.text, question, lexicon))
    if not highest or not _is_lost(",".join(own), lexicon):
        return None
    below = tuple(order[:highest])
    return Answer(Outcome.VALUE, below[0]) if len(below) == 1 else Answer(Outcome.ASK, candidates=below)


def _is_lost(plain: str, lexicon: Lexicon) -> bool:
    """Whether a text says that a title of one's own lapsed, and nothing of having it back."""
    is_sought = APPLIED.search(plain) or _UNDER_WAY.search(plain) or has_any(plain, lexicon.words.pending)
    return LOST.search(plain) is not None and not is_sought and not has_any(plain, lexicon.words.others)


def _has_only_others(message: Message, lexicon: Lexicon) -> bool:
    """Whether a text says that other titles are all there is: 没有，只有科小; 除了高新啥都没有; 只有高新."""
    titles = lexicon.words.other_titles
    if not message.clauses or _asks(message, lexicon):
        return False
    if (but := excepted(message.plain)) is not None:
        return has_any(but, titles)
    *before, last = (clause.text for clause in message.clauses)
    is_only = _ONLY.match(last) is not None and has_any(last, titles) and _affirms(last, lexicon)
    return is_only and all(map(_NONE_FIRST.fullmatch, before))


def _is_level_of_another(message: Message, question: Question) -> bool:
    return any(names_anothers_level(clause.text, question) for clause in message.clauses)


def _names_the_ladder(message: Message, question: Question) -> bool:
    return has_any(message.plain, question.cues)


def _names_a_step(message: Message, question: Question, lexicon: Lexicon) -> bool:
    return any(hits_of(clause.text, question, lexicon) for clause in message.clauses)


def _is_of_other_title(message: Message, question: Question, lexicon: Lexicon) -> bool:
    """Whether a text names a title that is no step of the ladder, known or not."""
    if _names_the_ladder(message, question) and not _LOWER.search(message.plain):
        return False
    return any(_is_other_title(clause.text, lexicon) for clause in message.clauses)


def _is_other_title(text: str, lexicon: Lexicon) -> bool:
    if has_any(text, lexicon.words.other_titles) or _LOWER.search(text):
        return True
    return _TITLE.search(text) is not None and _OF_NATURE.search(text) is None
