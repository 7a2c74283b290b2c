"""Claims that somebody else decides: reviewed, recognised. Doing the thing, or waiting, is neither yes nor no."""

import re

from bot.policy.attributes import AttributeType
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question

_DECIDED = re.compile(r"评审|认定|评上|通过|过审|过了|批了|批下来|获批|入选|拿到|下来了|有证|发证")
_RECOGNISED = re.compile(r"认定")
_NOT_YET = re.compile(r"(?:还没|尚未|还未|暂未|还不)(?:有)?(?:通过|评|批|下来|认定|拿到|过|出|定|公布|入选|获)")
_UNFINISHED = re.compile(r"还没|尚未|还未|暂未|没(?:有)?(?:建|做|弄|搞)(?:好|成|完)|在建|建设中")
_APPLIED = re.compile(r"(?:申报|申请|报|提交|交|送审)(?:了|过|上去)+(?![\u4e00-\u9fff]*(?:通过|批|认定))")
_NO_WORD = re.compile(r"[没无未不否非]")
_DENIED = re.compile(
    r"没有?(?:通过|过|评上|入选|批|获批|得到|拿到)|未(?:通过|获|能)|被(?:否|拒|刷|驳)|落选|落榜|不通过|不予"
)

_OF_MONEY = re.compile(r"领|补贴|奖|钱|资金|支持|返还|到账|券|利息|贷|保费|处罚|罚|失信|犯罪")
"""奖金没拿到, 没领过补贴: what was got is told, and nothing of a review."""


def is_review(question: Question) -> bool:
    """Whether the question is one that a review or a recognition decides."""
    attribute = question.attribute
    if attribute is None or attribute.type is not AttributeType.BOOL:
        return False
    return "评审" in attribute.label or "认定" in attribute.label


def wants_recognition(question: Question) -> bool:
    """Whether having passed is not enough: it must be recognised as well."""
    return is_review(question) and question.attribute is not None and "评审" not in question.attribute.label


def review_of(text: str, question: Question, lexicon: Lexicon) -> Polarity:
    """YES for passed, NO for refused or nothing there to review, HEDGED before or during the review."""
    if _is_open(text, lexicon):
        return Polarity.HEDGED
    if _DENIED.search(text) or has_any(text, lexicon.words.failed):
        return Polarity.NO
    if names_thing(text, question) and _UNFINISHED.search(text):
        return Polarity.HEDGED
    polarity = polarity_of(text, lexicon)
    if polarity is not Polarity.YES:
        return Polarity.SILENT if polarity is Polarity.NO and not _NO_WORD.search(text) else polarity
    return Polarity.YES if _is_decided(text, question) else Polarity.SILENT


def _is_open(text: str, lexicon: Lexicon) -> bool:
    words = (*lexicon.words.unreviewed, *lexicon.words.pending)
    return bool(_NOT_YET.search(text) or _APPLIED.search(text)) or has_any(text, words)


def _is_decided(text: str, question: Question) -> bool:
    """Whether a clause that affirms tells of the decision, not just of the thing."""
    if not names_thing(text, question):
        return True
    return bool((_RECOGNISED if wants_recognition(question) else _DECIDED).search(text))


def names_thing(text: str, question: Question) -> bool:
    """Whether the text names the thing itself, as telling that one has or makes it would."""
    return has_any(text, question.cues)


def speaks_of_review(text: str, lexicon: Lexicon) -> bool:
    """Whether the text says anything of a review at all, or that there is nothing to review."""
    words = (*lexicon.words.unreviewed, *lexicon.words.pending)
    if has_any(text, words) or _OF_MONEY.search(text) is not None:
        return has_any(text, words)
    return bool(_DECIDED.search(text)) or polarity_of(text, lexicon) is Polarity.NO
