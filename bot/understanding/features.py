"""A text as a classifier sees it: its characters and sounds, alone and beside their neighbours.

The sounds stand in for the characters where somebody wrote a wrong one, an old one, or pinyin: 从头开始, 從頭開始,
从头凯始 and congtou kaishi have most of them in common.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from bot.understanding.sounds import syllables_of

LONGEST = 120
"""So many characters of a text are looked at from its beginning, and as many from its end."""
_TOKEN = re.compile(r"[\u3400-\u9fff]|[a-z]+|\d+(?:\.\d+)?%?|[?!,]|[^\s\w]")
WRITTEN, HEARD = (1, 2), (2, 3)
"""How many neighbouring characters, and how many sounds, are taken together; chosen by measurement."""
NUMBER, START, END, SOUND = "0", "^", "$", "~"


@lru_cache(maxsize=64)
def features_of(plain: str) -> frozenset[str]:
    """The features of a normalised text; every number is the same one."""
    tokens = _TOKEN.findall(plain if len(plain) <= 2 * LONGEST else f"{plain[:LONGEST]} {plain[-LONGEST:]}")
    written = [START, *(NUMBER if token[0].isdigit() else token for token in tokens), END]
    heard = [START, *(sound for token in written[1:-1] for sound in _sounds_of(token)), END]
    return frozenset((*_runs(written, WRITTEN, ""), *_runs(heard, HEARD, SOUND)))


def _runs(units: Sequence[str], sizes: Sequence[int], mark: str) -> Iterator[str]:
    for size in sizes:
        yield from [f"{mark}{' '.join(units[at : at + size])}" for at in range(len(units) - size + 1)]


@lru_cache(maxsize=20_000)
def _sounds_of(token: str) -> tuple[str, ...]:
    """The syllable of a character, those of a word in pinyin; whatever else there is as it stands."""
    if "\u3400" <= token <= "\u9fff":
        return tuple(lazy_pinyin(token))
    return syllables_of(token, _known_syllables()) or (token,)


@cache
def _known_syllables() -> frozenset[str]:
    """Every syllable of Mandarin, without its tone."""
    marked = {syllable for several in pinyin_dict.values() for syllable in several.split(",")}
    plain = {"".join(c for c in unicodedata.normalize("NFD", syllable) if "a" <= c <= "z") for syllable in marked}
    return frozenset(syllable for syllable in plain if len(syllable) > 1 or syllable in "aeo") - {""}
