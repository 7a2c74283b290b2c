"""Where a title or a recognition stands: held, only applied for, lost, or never had.

市级的材料递上去了 names a step that nobody has granted yet. No list has all the ways to say that something is handed
in, under review or out for publication, or that it went: a classifier that is sure of it keeps a step from being
recorded.
"""

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Lexicon
from bot.understanding.meaning import UNKNOWN, Answer, Outcome
from bot.understanding.polarity import has_any
from bot.understanding.questions import Question
from bot.understanding.text import Message

NOT_HELD = ("applied", "lost")
OPEN, NEVER, UNSURE = 0.7, 0.75, 0.85
"""How sure of a clause that what it names is not held, of a text that nothing ever was, that nobody knows."""
_DECIDED = re.compile(r"高新技术企业|高新企业|资质|称号")
_TAKEN_AWAY = re.compile(r"(?:被|让|给|遭|叫)[^,]{0,6}(?:撤|取消|收回|收走|收了|摘|吊销|注销)(?!过|没)")
_NAME_ON_PAPER = re.compile(
    r"更名|改了?名|换了?名|名[称字]变更|变更(?:了?公司|了?企业)?(?:名[称字]|证书?)|[老旧]名[字称]?|(?:原来|以前|原先)的?(?:公司)?名"
    r"|(?:证书?|牌子?|名[称字])(?:上|上面)?(?:的?名[称字])?(?:还|也|都|仍|倒|暂时|一直)*(?:没有?|未)(?:来得及|顾上|去)?(?:变|换|改)"
    r"|^(?:但是?|不过|只是|就是|可是?)?(?:还|也|暂时)*(?:没有?|未)(?:来得及|去)?(?:变更|换新?证|改过?来)[了呢]?$"
)
_IN_HAND = re.compile(r"(?:我们|高新|高企)?的?证书?(?:都|还|也|是|倒)*(?:在|有)(?:的|呢|着|手上?|手里|有效期内?)?")
_NO_LONGER_VALID = re.compile(r"取消|撤|失效|作废|过期|到期|没了|注销|没通过|不认|收回|吊销|没批|不算")
_SUCCEEDED = re.compile(
    r"(?:申报|申请|参评|复核)[^没未,]{0,2}(?:成功|通过|下来)|[没未](?:过期|到期|失效)|有效期[内里]|[还仍]有效"
    r"|(?:快要?|即将|马上|就要|眼看|明年|下个?月|年底)(?:就|才|要|也)*(?:到期|过期|失效)(?!没)"
)


def is_of_title(question: Question) -> bool:
    """Whether the question asks for a title that somebody awards on application."""
    return _DECIDED.search(question.prompt) is not None


def is_not_held(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause sounds as if what it names is under review, or is held no more."""
    return _SUCCEEDED.search(text) is None and _chance_of(NOT_HELD, text, lexicon) >= OPEN


def is_not_granted(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause sounds as if what it names is not held, or was never given: 小巨人报了没中."""
    return _SUCCEEDED.search(text) is None and _chance_of((*NOT_HELD, "never"), text, lexicon) >= OPEN


def is_in_hand(text: str, question: Question) -> bool:
    """Whether a clause says no more than that the certificate that is asked about is there: 证在, 证书还在的."""
    return _IN_HAND.fullmatch(text) is not None and (is_of_title(question) or "证" in question.prompt)


def is_of_name_on_paper(text: str, question: Question) -> bool:
    """Whether a clause only says that a certificate still has the former name, which tells nothing of the title."""
    if not is_of_title(question) and "证" not in question.prompt:
        return False
    return _NAME_ON_PAPER.search(text) is not None and _NO_LONGER_VALID.search(text) is None


def is_taken_away(text: str, question: Question) -> bool:
    """Whether a clause says that the title asked about was taken away: 让税务给撤了."""
    return is_of_title(question) and _TAKEN_AWAY.search(text) is not None


def is_under_review(text: str, lexicon: Lexicon) -> bool:
    """Whether a clause sounds as if a title is applied for, and nothing decided."""
    return lexicon.standings.chances(text).get("applied", 0.0) >= OPEN


def is_asked_for(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the title that a question asks about sounds as if it were applied for; what is planned is no."""
    return is_of_title(question) and not has_any(text, lexicon.words.planning) and is_under_review(text, lexicon)


def heard_standing(message: Message, nothing: str, lexicon: Lexicon) -> Answer | None:
    """The value for no title where the whole text sounds like none at all, UNKNOWN where it sounds like not knowing."""
    name, chance = lexicon.standings.likeliest(message.plain)
    if name == "never" and chance >= NEVER:
        return Answer(Outcome.VALUE, nothing)
    return UNKNOWN if name == "unknown" and chance >= UNSURE else None


def _chance_of(names: Sequence[str], text: str, lexicon: Lexicon) -> float:
    chances = lexicon.standings.chances(text)
    return sum(chances.get(name, 0.0) for name in names)
