"""What a text speaks of that is not what was asked: 没贷款, 没参展 answer no question about a title."""

import re

from bot.understanding.amounts import find_amounts
from bot.understanding.lexicon import Lexicon
from bot.understanding.questions import Question
from bot.understanding.relevance import content_of

_NAMED = re.compile(
    r"买|采购|保险|保费|罚|公示|资质|称号|论坛|展会|参展|峰会|评审|上市|挂[的了过]?牌|评上|贷款|融资|房租|工资|社保|电话|打不通|没人接|招聘|成立|搬家|评估|审计|专利|软著|公证|存证|等保|年检|测评|培训|投标|(?:交|缴|纳|报|欠|逃|漏|补)过?税|亏损|盈利|分红|官司|诉讼"
    r"|(?:开|干|经营|营业)了?(?:快|有|都)*[一二两三四五六七八九十几\d]{1,3}[多来]?年"
)
"""What nobody answers with unless it is asked about: 没买保险, 罚过一次, 开了八年了."""
_COUNTS = re.compile(r"第[一二三四五\d]|头[一次回]|首[次回]")


def is_of_other_matter(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a text names something that has no place in the question; of a first time, or tells a sum."""
    if question.asks_first and _COUNTS.search(text):
        return False
    own = _own_words(question) + _words_of_kin(question, lexicon)
    if any(word not in own for word in _NAMED.findall(text)) or _has_word_of_another(text, own, lexicon):
        return True
    return question.asks_first and (_is_of_another(text, question, lexicon) or has_sum(text))


def has_sum(text: str) -> bool:
    """Whether the text names a sum with its unit."""
    return any(mention.has_unit for mention in find_amounts(text))


def _own_words(question: Question) -> str:
    """All that is said in asking and answering the question."""
    options = (word for choice in question.choices for word in (choice.label, *choice.words))
    asked = question.prompt.partition("？")[0]
    return "，".join((asked, *question.cues, *question.yes_words, *question.no_words, *options))


def _words_of_kin(question: Question, lexicon: Lexicon) -> str:
    """The words for the other attributes of the same thing: for the first listing those for its sum."""
    thing = f"{question.id.removeprefix('first_').split('_')[0]}_"
    return "，".join(cue for name, other in lexicon.questions.items() if name.startswith(thing) for cue in other.cues)


def _is_of_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text names attributes, in words of more than one character, and not the one asked about."""
    named = {name for hit in lexicon.cue_index.find(text) if len(hit.word) > 1 for name in hit.meaning}
    return bool(named) and question.id not in named


def _has_word_of_another(text: str, own: str, lexicon: Lexicon) -> bool:
    """Whether it has a piece of the words for other attributes in it, and none of the question's: 没出海, 没质押."""
    pairs = {piece[i : i + 2] for piece in content_of(text, lexicon) for i in range(len(piece) - 1)}
    return bool(pairs & lexicon.cue_index.pairs) and not any(pair in own for pair in pairs)
