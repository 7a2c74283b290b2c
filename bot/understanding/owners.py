"""Whose company a clause speaks of: the user's own, or another one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.attributed import without_attributed
from bot.understanding.lexicon import Lexicon
from bot.understanding.text import Clause

_THIS_ONE = re.compile(r"这家|本家|甲公司|乙公司|丙公司")
_SOMEBODY = re.compile(r"[\u4e00-\u9fff]总(?:的|那|他们|家|公司|企业)")
_SPOKEN_TO = re.compile(
    r"(?:给|跟|和|与|对|向|为|被|帮|由|通过|经由?|经过|委托|卖给|同|让|请|问|替)(?:我们)?(?:的|老|新|一?个|一?家)?$"
)
_COUNTED = re.compile(r"(?:老|新|个|的|家|位)$")
_THEY_DO = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:的?(?:公司|企业|单位|那家|那边))?(?:也|都|还|就|早|刚|已经?|去年|今年)*"
    r"(?:是|在|有|没|叫|注册|做|买|拿|入了?|登|交|花|评|得|投|卖)"
)
_OURS = re.compile(
    r"(?:我们|咱们|我司|咱|自己|我公司|我家|本公司|我单位|本单位|我)(?:公司|企业|单位|家)?(?:旗下|下属|下面|名下)?(?:的|有|一?[个家位])*"
)


_ON_BEHALF = re.compile(r"(?:帮|替|代)(?:着|别的?)?$")
_INSIDE = re.compile(r"(?<=集团)内|(?<=[母子]公司)内")
_ONLY_THEY = re.compile(r"(?:只有|就|是|仅)(?!在)[\u4e00-\u9fff]{1,6}(?:那家|那边|分公司|子公司|母公司|那个公司)")
_BUT_WE = re.compile(
    r"(?<=[过了有是])(?:我们|我司|咱们?|我公司|本公司|俺们?)(?:自己|自家|这边|公司|本部|单体)*(?:还|倒|却|就|都|也|从)*(?:没|未|不|零|啥|一[个次回单]没)"
)
"""集团放过我们没放: from here on it is about us."""
_ASKED_US = re.compile(
    r"^(?:也|倒|有|好多|不少|其他|的)*(?:别人|人家|同行|客户|他们|对方|别家|朋友|高校|学校)[\u4e00-\u9fff]{0,4}(?:问|找|跟|向|管|朝)(?:我们|我司|咱们?|我)[\u4e00-\u9fff]{0,2}(?:要|买|求|讨)"
)
"""别人问我们要过 is neither about us nor does it turn to others."""
_BELOW = re.compile(r"子公司|孙公司|下[面属](?:的)?(?:子?公司|企业)|旗下|分公司|(?:控股|参股)的?公司")
_ABOVE = re.compile(r"^(?:但是?|不过|可是?|而)?(?:我们|咱们?|我司)?(?:作为)?(?:母公司|总公司|总部|集团)(?!公司)")
"""Beside what a subsidiary did this is the one that speaks: 子公司入过，母公司没有."""
_AT_THE_HEAD = 4
"""Up to here a word for somebody else is what a clause is about."""


def own_clauses(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """The clauses that speak of the user's own company: not of a parent, a friend, another year's employer."""
    own: list[Clause] = []
    is_others, sentence = False, -1
    is_parent = _is_said_by_parent(clauses)
    for clause in without_attributed(clauses, lexicon):
        if clause.sentence != sentence:
            is_others, sentence = False, clause.sentence
        if _ASKED_US.search(clause.text):
            continue
        is_ours = is_parent and _is_of_parent(clause.text)
        is_others = not is_ours and _turns_to_others(clause.text, lexicon, before=is_others)
        if not is_others:
            own.append(clause)
        elif (turn := _BUT_WE.search(clause.text)) is not None:
            own.append(replace(clause, text=clause.text[turn.start() :]))
    return own


def _is_said_by_parent(clauses: Sequence[Clause]) -> bool:
    """Whether a subsidiary is spoken of before its parent: it is the parent that answers."""
    at = next((i for i, clause in enumerate(clauses) if _BELOW.search(clause.text)), None)
    return at is not None and not any(_ABOVE.match(clause.text) for clause in clauses[:at])


def _is_of_parent(text: str) -> bool:
    return _ABOVE.match(text) is not None and _BELOW.search(text) is None


def _turns_to_others(text: str, lexicon: Lexicon, *, before: bool) -> bool:
    """Whether somebody else is spoken of from this clause on."""
    ours = _found(text, lexicon.words.own)
    if _ONLY_THEY.search(text) and ours < 0:
        return True
    theirs = 0 if _SOMEBODY.match(text) else _found(text, lexicon.words.others)
    if 0 <= ours <= theirs:
        return _possesses(text, ours, theirs)
    if 0 <= theirs <= _AT_THE_HEAD and not _is_object(text, theirs):
        return True
    return before and ours < 0 and _THIS_ONE.match(text) is None


def _found(text: str, words: Sequence[str]) -> int:
    return min((text.find(word) for word in words if word in text), default=-1)


def _is_object(text: str, at: int) -> bool:
    """给客户, 跟集团, 只给合作伙伴: somebody else is spoken to, not spoken of."""
    if _ON_BEHALF.search(text[:at]):
        return False
    if _INSIDE.search(text, at):
        return True
    if _SPOKEN_TO.search(text[:at]):
        return True
    return _COUNTED.search(text[:at]) is not None and _THEY_DO.search(text, at) is None


def _possesses(text: str, ours: int, theirs: int) -> bool:
    """我们母公司, 我们集团: the other one, not us."""
    return _OURS.fullmatch(text, ours, theirs) is not None
