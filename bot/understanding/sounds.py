"""Words that sound the same: a typed 通洲 or tongzhou is 通州. Only the very same sound counts, tones aside."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pypinyin import lazy_pinyin

_LATIN = re.compile(r"[a-z]+(?:[ '\-]?[a-z]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
SHORTEST, LONGEST = 2, 12


@lru_cache(maxsize=8_192)
def sound_of(word: str) -> str:
    """The pinyin of a word, without tones and spaces."""
    return "".join(lazy_pinyin(word))


def sound_index(words: Iterable[str]) -> Mapping[str, str]:
    """Chinese words of two characters or more by their sound; where two sound alike, neither is there."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for word in words:
        if len(word) >= SHORTEST and _CHINESE.fullmatch(word):
            sound = sound_of(word)
            twice |= {sound} if found.setdefault(sound, word) != word else set()
    return {sound: word for sound, word in found.items() if sound not in twice}


def find_by_sound(text: str, index: Mapping[str, str]) -> str | None:
    """The indexed word that a short text, or a run of its characters, sounds like; None when none does."""
    for latin in _LATIN.findall(text):
        sound = re.sub(r"[ '\-]", "", latin)
        for ending in ("", "shi", "qu"):
            if (word := index.get(sound.removesuffix(ending) if ending else sound)) is not None:
                return word
    for run in _CHINESE.findall(text):
        if len(run) <= LONGEST and (word := _in_run(run, index)) is not None:
            return word
    return None


def _in_run(run: str, index: Mapping[str, str]) -> str | None:
    syllables = lazy_pinyin(run)
    for size in range(len(run), SHORTEST - 1, -1):
        for at in range(len(run) - size + 1):
            if (word := index.get("".join(syllables[at : at + size]))) is not None:
                return word
    return None
