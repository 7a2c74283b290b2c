"""Words that sound the same: a typed 通洲 or tongzhou is 通州. Only the very same sound counts, tones aside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import eq

from pypinyin import lazy_pinyin

_LATIN = re.compile(r"[a-z]+(?:[ '\-]?[a-z]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LOOSE = re.compile(r"[zcs]h|(?<=[aei])ng|(?<=o)ng")
_SMALL = frozenset("是不有没无未的了在我你就都还也")
SHORTEST, LONGEST = 2, 12
LONGEST_SYLLABLE = 6
ENDINGS = ("", "shi", "qu")


@lru_cache(maxsize=8_192)
def sound_of(word: str) -> str:
    """The pinyin of a word, without tones and spaces."""
    return "".join(lazy_pinyin(word))


def loose_sound(sound: str) -> str:
    """A sound as those say it who don't tell zh from z, ch from c, sh from s, and -ng from -n."""
    return _LOOSE.sub(lambda m: m[0][0], sound)


def sound_index(words: Iterable[str]) -> Mapping[str, str]:
    """Chinese words of two characters or more by their sound; where two sound alike, neither is there."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for word in words:
        if len(word) >= SHORTEST and _CHINESE.fullmatch(word):
            sound = sound_of(word)
            twice |= {sound} if found.setdefault(sound, word) != word else set()
    return {sound: word for sound, word in found.items() if sound not in twice}


def word_of_sound(text: str, index: Mapping[str, str]) -> str | None:
    """The indexed word that the whole of a short text sounds like, typed in characters or in pinyin."""
    if _LATIN.fullmatch(text):
        sound = re.sub(r"[ '\-]", "", text)
        return next((index[s] for ending in ENDINGS if (s := sound.removesuffix(ending)) in index), None)
    if not SHORTEST <= len(text) <= LONGEST or not _CHINESE.fullmatch(text):
        return None
    word = index.get(sound_of(text))
    return word if word is not None and len(word) == len(text) else None


def respelled(run: str, index: Mapping[str, str], known: Sequence[bool]) -> str:
    """A run of characters in which what sounds just like an indexed word, and shares half of it, is that word.

    `known` tells of each character whether it stands in a word that is known as it is.
    """
    syllables, at, parts = lazy_pinyin(run), 0, []
    while at < len(run):
        word = _word_at(run, at, syllables, index, known)
        parts.append(run[at] if word is None else word)
        at += 1 if word is None else len(word)
    return "".join(parts)


def _word_at(
    run: str, at: int, syllables: Sequence[str], index: Mapping[str, str], known: Sequence[bool]
) -> str | None:
    for size in range(min(LONGEST, len(run) - at), SHORTEST, -1):
        if all(known[at : at + size]):
            continue
        word = index.get("".join(syllables[at : at + size]))
        typed = run[at : at + size]
        if word is not None and len(word) == size and 2 * sum(map(eq, word, typed)) >= size and _may_be(word, typed):
            return word
    return None


def _may_be(word: str, typed: str) -> bool:
    """Whether no small word of its own is taken for a part of another: 是转精特新 is no 市专精特新."""
    return all(mine == other or mine not in _SMALL for mine, other in zip(typed, word, strict=True))


def syllables_of(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The Latin word as syllables that are known, the longest first; empty when it can't be parted into them."""
    for size in range(min(LONGEST_SYLLABLE, len(word)), 0, -1):
        if word[:size] in known:
            rest = syllables_of(word[size:], known)
            if rest or size == len(word):
                return (word[:size], *rest)
    return ()
