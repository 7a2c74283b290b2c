"""Whether a clause answers a question: it is bare (没有过, 早办了), or it speaks of the question's own subject."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.understanding.completion import tells_how_far
from bot.understanding.harm import is_of_harm, speaks_of_record
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import has_any
from bot.understanding.questions import AnswerType, Question
from bot.understanding.rhetoric import rhetorical
from bot.understanding.text import Clause, Message

_CLAIMS = (AnswerType.YES_NO, AnswerType.ORDERED, AnswerType.DATE)
_WRITTEN = re.compile(r"[\u4e00-\u9fffa-z]+")
_DATED = re.compile(r"\d+|[零一二两三四五六七八九十]+(?=[年月日号天次回个批单份笔])")
_BUT = re.compile(r"但是?|不过|只是|可是?|然而")
_NOTHING_SUCH = re.compile(r"没有?(?:这|那|什么|任何|相关|此|该|啥)|没(?:有?建|建过)")
_ON_LIST = re.compile(
    r"(?:名单|榜|名录|目录|公示)[^,]{0,4}?(?:没有?|无|有|找不到|查不到|看不到|找到|查到)[^,]{0,3}(?:我们|咱|我司|本公司|本单位|此?名)"
    r"|(?:没有?|未|不|从不|上了?|在|进了?|登了?)[^,]{0,2}榜|榜上|查无"
)
"""名单里没有我们, 没上榜: whichever list it is that the question is about."""
_COMMON = 9
"""What so many questions ask with is no word of a single one."""
_EVERYWHERE = re.compile(r"[贵司您你是否已了的过近年或和]|公|经")
_FIRST_SENTENCE = re.compile(r"^[^?？。（(]*")
_WHAT_IS = re.compile(
    r"是(?:一?个)?(?:啥|什么)(?:意思|东西|玩意儿?|概念)?|(?:什么|啥)(?:意思|东西|玩意儿?|概念)|(?:什么|啥|何)(?:叫|是|为)|(?:怎么|咋)(?:理解|解释)"
)


def clauses_about(clauses: Sequence[Clause], question: Question, lexicon: Lexicon) -> list[Clause]:
    """The clauses that can answer the question; of a general question that names no subject all of them."""
    if question.attribute is None:
        return list(clauses)
    found: list[Clause] = []
    for clause in clauses:
        is_limited = (
            bool(found)
            and (_BUT.match(clause.text) or has_any(clause.text, lexicon.words.lifted))
            and not names_another(clause.text, question, lexicon)
        )
        if is_limited or is_about(clause.text, question, lexicon):
            found.append(clause)
    return found


def without_digressions(message: Message, question: Question, lexicon: Lexicon) -> Message:
    """The message without what is said of another thing right after asking of it: 入表是啥，没弄过; 是高新吗？是的."""
    kept: list[Clause] = []
    is_of_other = False
    for clause in message.clauses:
        if clause.is_asked or _WHAT_IS.search(clause.text):
            rest = _WHAT_IS.sub("", clause.text)
            is_of_other = bool(content_of(rest, lexicon)) and not is_about(rest, question, lexicon)
        elif is_of_other and is_bare(clause.text, lexicon):
            continue
        kept.append(clause)
    if len(kept) == len(message.clauses):
        return message
    return replace(message, clauses=tuple(kept), plain=",".join(clause.text for clause in kept))


def is_about(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text is bare or on the question's subject, and not by name on that of another."""
    if names_another(text, question, lexicon):
        return False
    if not question.asks_first and rhetorical(text) is not None:
        return True
    if names_subject(text, question) or (not question.asks_first and _tells_of_such(text)):
        return True
    return _tells_state(text, question, lexicon) or _is_bare_or_own(text, question, lexicon)


def _tells_state(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text tells of a record, or how far a thing has come, where that is asked."""
    is_of_record = is_of_harm(question) and speaks_of_record(text, lexicon)
    return is_of_record or tells_how_far(text, question, lexicon)


def _is_bare_or_own(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text has no content, or some of the question's own."""
    if text in lexicon.words.yes or text in lexicon.words.no:
        return True
    pieces = content_of(text, lexicon)
    return not pieces or any(_is_own(piece, question, lexicon) for piece in pieces)


def speaks_of(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the text is bare, or has a word of the question's own; an option like 去年 may be of anything."""
    if names_another(text, question, lexicon):
        return False
    is_named = has_any(text, (*question.cues, *question.yes_words, *question.no_words))
    return is_named or _is_bare_or_own(text, question, lexicon)


def _tells_of_such(text: str) -> bool:
    """Whether the text says that there is nothing of the kind, or who is on a list."""
    return _NOTHING_SUCH.search(text) is not None or _ON_LIST.search(text) is not None


def names_another(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether the cues in the text point to claims, and none to the one asked (是高新，不是专精特新).

    A first time is that of whatever is named beside it: 第一次买科技保险 tells nothing of a first 登记.
    """
    named = lexicon.named_in(text)
    if not named or question.id in named:
        return False
    if question.asks_first and has_any(text, lexicon.words.first):
        return not any(_is_own(piece, question, lexicon) for piece in content_of(text, lexicon))
    return any(lexicon.questions[name].type in _CLAIMS for name in named)


def names_subject(text: str, question: Question) -> bool:
    """Whether a cue or a phrase of the question's own stands in the text."""
    words = [word for choice in question.choices for word in choice.words]
    return has_any(text, (*question.cues, *question.yes_words, *question.no_words, *words))


def is_bare(text: str, lexicon: Lexicon) -> bool:
    """Whether the text has nothing in it but yes, no, having done, when and how often."""
    return not content_of(text, lexicon)


def content_of(text: str, lexicon: Lexicon) -> list[str]:
    """What is left of a text without the words that any answer may have."""
    rest = _DATED.sub(" ", text)
    for hit in reversed(lexicon.bare_index.find(rest)):
        rest = rest[: hit.start] + " " + rest[hit.end :]
    return _WRITTEN.findall(rest)


def _is_own(piece: str, question: Question, lexicon: Lexicon) -> bool:
    tokens = _tokens(question, lexicon)
    if any(piece == token or (len(token) > 1 and token in piece) for token in tokens):
        return True
    pairs = frozenset[str]() if question.asks_first else _own_pairs(question.prompt, lexicon)
    return any(piece[i : i + 2] in pairs for i in range(len(piece) - 1))


def _tokens(question: Question, lexicon: Lexicon) -> frozenset[str]:
    """The verbs of the question's own phrases: 登 of 没登过, 卖 of 早卖过."""
    return lexicon.own_tokens(question, content_of)


def echoes(text: str, question: Question) -> bool:
    """Whether the text has a word of the question's prompt."""
    pairs = _pairs(question.prompt)
    return any(text[i : i + 2] in pairs and not _EVERYWHERE.search(text[i : i + 2]) for i in range(len(text) - 1))


def _own_pairs(prompt: str, lexicon: Lexicon) -> frozenset[str]:
    """The pairs of characters of a prompt without those that tell nothing of any, as so many have them: 国家, 数据."""
    common = lexicon.remembered("", (_common_pairs,), lambda: _common_pairs(lexicon))
    return lexicon.remembered(prompt, (_own_pairs,), lambda: _pairs(prompt) - common)


def _common_pairs(lexicon: Lexicon) -> frozenset[str]:
    counted = Counter(pair for each in lexicon.questions.values() for pair in _pairs(each.prompt))
    return frozenset(pair for pair, count in counted.items() if count >= _COMMON)


@lru_cache(maxsize=256)
def _pairs(prompt: str) -> frozenset[str]:
    first = _FIRST_SENTENCE.match(prompt)
    text = "" if first is None else first[0]
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
