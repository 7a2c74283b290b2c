"""A question that is skipped by its name: 跳过登记, 入表这题先不答."""

import re

from bot.understanding.lexicon import Lexicon

_PASSES = r"(?:跳过去?|跳|略过|绕过|先不[答填说管]|不[答填]了?|先?空着|先?放着)"
_LEADS = r"(?:我们|我|那|就|先|请|帮我|麻烦|要|想|把|直接|关于)*"
_SKIPPED = re.compile(
    rf"(?:{_LEADS}{_PASSES}(?P<after>〓)的?(?:这|那)?一?[题个道问项步]?(?:问题)?|"
    rf"{_LEADS}(?P<before>〓)的?(?:这|那)?一?[题个道问项步]?(?:问题)?{_LEADS}{_PASSES})(?:吧|了|啊|呀|好了|哈|,)*"
)


def skipped_in(text: str, pending: str, lexicon: Lexicon) -> str:
    """The attribute whose question a clause asks to skip, the pending one if its words mean that too; else empty."""
    for hit in lexicon.cue_index.find(text):
        if _SKIPPED.fullmatch(text[: hit.start] + "〓" + text[hit.end :]):
            return pending if pending in hit.meaning else hit.meaning[0]
    return ""
