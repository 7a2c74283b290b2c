"""What somebody asks and answers in one breath: 小巨人？是; 数据买过没？买过一点."""

import re
from dataclasses import replace

from bot.policy.attributes import AttributeType
from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import is_question
from bot.understanding.text import Clause
from bot.understanding.word_index import Hit

_FRAME = re.compile(
    r"(?:你们?|您|我们?|咱们?|公司|问|说|是不是|有没有|是否|有无|是|有|过|了|没有?|不|吗|么|吧|呢|啊|的|[登入卖进开签投买办做搞评拿]|这个?|那个?)*"
)
_AFFIRMS = re.compile(r"(?:我们|咱们?|公司|那|倒)*(?:是[的滴]?|对[的啊]?|有[的过]?|嗯+|是有|有一个)(?:啊|呀|呢|哦|哈)*")
_WAS_DONE = re.compile(
    r"(?:我们|咱们?|也|倒|就|都)*(?:[登入卖买办做搞弄评拿签投进开]过|有过)(?:一?[点些]|[一两几][次回单笔]|的|呢|啊)*"
    r"|(?:我们|是|今年|去年|前年|上个?月|刚|才|早)*(?:[登入卖买办做搞评签投])(?:的|了|过)(?:呢|啊)?"
    r"|(?:早|已经?|刚|都)?(?:通过|过|拿到|办|做|评上|认定)(?:了|啦)(?:啊|呢)?"
)
_DENIES = re.compile(
    r"(?:我们|咱们?|公司|那|倒|也|都|还|从来?)*(?:没有?过?|不是|暂?无|没[登入卖买办做搞弄评拿签投进开]过?)(?:的|呢|啊|哦)*"
)
_SOME = re.compile(r"一?[点些]")
_TITLES = frozenset({AttributeType.BOOL, AttributeType.ORDERED})


def answered_oneself(asked: Clause, answer: Clause, lexicon: Lexicon) -> Clause | None:
    """What the two clauses tell together, where the first only asks for what it names and the second says yes or no."""
    if not is_question(asked, lexicon) or is_question(answer, lexicon):
        return None
    if (hit := _only_name(asked.text, lexicon)) is None:
        return None
    if _WAS_DONE.fullmatch(answer.text) or _DENIES.fullmatch(answer.text):
        named = hit.word[:-1] if hit.word[-1] in answer.text else hit.word
        return replace(answer, text=named + _SOME.sub("", answer.text))
    if not _AFFIRMS.fullmatch(answer.text):
        return None
    return replace(answer, text=f"是{hit.word}" if _is_title(hit, lexicon) else f"{hit.word}有")


def _only_name(text: str, lexicon: Lexicon) -> Hit[tuple[str, ...]] | None:
    """The one cue of a question that has nothing else in it."""
    hits = lexicon.cue_index.find(text)
    if len(hits) != 1:
        return None
    is_alone = _FRAME.fullmatch(text[: hits[0].start] + text[hits[0].end :]) is not None
    return hits[0] if is_alone else None


def _is_title(hit: Hit[tuple[str, ...]], lexicon: Lexicon) -> bool:
    """Whether the cue is that of a title, not of a first time."""
    questions = [lexicon.questions[name] for name in hit.meaning]
    return all(each.attribute_type in _TITLES and not each.asks_first for each in questions)
