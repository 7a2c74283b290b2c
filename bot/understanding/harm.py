"""Answers about what is bad news: a penalty, a listing, a crime."""

import re

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import Polarity, has_any, polarity_of
from bot.understanding.questions import Question

_OF_HARM = re.compile(
    r"处罚|罚款|失信|犯罪|违法|违规|黑名单|刑事|事故|诉讼|欠税|异常名录|不良记录|被罚|安全生产|纠纷|拖欠|逾期|造假|投诉"
)
_STILL_LISTED = re.compile(r"还在(?:那个|这个)?(?:名单|榜|里)|没(?:有|能)?移[出除]|还?挂着(?:呢|在)|没摘帽")
NOT_US = re.compile(r"(?:那|这|但)?(?:不是|并非)(?:我们|我司|本公司|咱们?|俺们)(?:公司|单位)?(?:的|被罚的)?")


def is_of_harm(question: Question) -> bool:
    """Whether yes to the question is bad news: a penalty, a listing, a crime."""
    return _OF_HARM.search(question.prompt) is not None


def harm_of(text: str, lexicon: Lexicon) -> Polarity:
    """有失信 is YES, 干净 NO; what was taken back since, or was done by a person, is left open."""
    if has_any(text, lexicon.words.clean):
        return Polarity.NO
    if _STILL_LISTED.search(text):
        return Polarity.YES
    polarity = polarity_of(text, lexicon)
    is_open = has_any(text, lexicon.words.lifted) or has_any(text, lexicon.words.persons)
    return Polarity.HEDGED if polarity is Polarity.YES and is_open else polarity
